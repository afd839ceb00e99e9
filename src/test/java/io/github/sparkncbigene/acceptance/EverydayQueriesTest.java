package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.testkit.Behaviour.SupersededVersion;
import io.github.sparkncbigene.testkit.Behaviour.UnknownIds;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type, with the identifiers they have. */
@ExtendWith(LocalSpark.class)
class EverydayQueriesTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private static DataFrameReader reader(SparkSession spark) {
        return spark.read().format("ncbi-gene").option("base_url", SERVICE.baseUrl());
    }

    private static SparkSession catalog(SparkSession spark) {
        return LocalSpark.session(
                spark,
                Map.of(
                        "spark.sql.catalog.ncbi",
                        "io.github.sparkncbigene.source.NcbiGeneCatalog",
                        "spark.sql.catalog.ncbi.base_url",
                        SERVICE.baseUrl()));
    }

    private static List<String> rows(Dataset<Row> data, String... expressions) {
        return LocalSpark.rows(data.selectExpr(expressions)).stream().sorted().toList();
    }

    @Test
    void identifiersOfAllKindsEachHaveARow(SparkSession spark) {
        SERVICE.configure(service -> service.supersededVersion(SupersededVersion.CURRENT_WITH_WARNING));
        Dataset<Row> genes = reader(spark)
                .option(
                        "accessions",
                        " NM_021803, nm_021803.4 ,NM_021803.4,NM_021803.4,NM_021803.2,NG_007524.2,WP_000000001.1")
                .load();

        assertThat(rows(genes, "accession", "symbol", "warnings[0].code", "warnings[0].requested"))
                .containsExactly(
                        "NG_007524.2|null|NOT_FOUND|null",
                        "NM_021803.2|IL21|ACCESSION_VERSION_MISMATCH|NM_021803.2",
                        "NM_021803.4|IL21|null|null",
                        "NM_021803|IL21|null|null",
                        "WP_000000001.1|null|NOT_FOUND|null",
                        "nm_021803.4|null|NOT_FOUND|null");
    }

    @Test
    void spacesAroundAnAccessionAreNotSentButStay(SparkSession spark) {
        Dataset<Row> genes = reader(spark).load();

        assertThat(rows(genes.filter("accession IN ('NM_021803.4 ', 'NM_021803.4', ' NM_0 ')"), "accession", "symbol"))
                .containsExactly(" NM_0 |null", "NM_021803.4 |IL21", "NM_021803.4|IL21");
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .containsExactlyInAnyOrder("NM_0", "NM_021803.4"));
    }

    @Test
    void keysOfAJoinMayHaveSpacesAroundThem(SparkSession spark) {
        SparkSession extended = LookupTables.extended(new NcbiGeneExtensions());
        LookupTables.registerGenes(extended, SERVICE.baseUrl());

        assertThat(LocalSpark.rows(extended.sql("""
                        SELECT v.name, g.symbol
                        FROM VALUES ('v1', 'NM_021803.4 '), ('v2', 'NM_021803.4'), ('v3', '') AS v(name, transcript)
                        LEFT JOIN genes g ON v.transcript = g.accession"""))).containsExactlyInAnyOrder("v1|IL21", "v2|IL21", "v3|null");
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .containsExactly("NM_021803.4"));
    }

    @Test
    void aFilterOnGenesDoesNotHideThemFromAJoinByAccession(SparkSession spark) {
        SparkSession extended = LookupTables.extended(new NcbiGeneExtensions());
        LookupTables.registerGenes(extended, SERVICE.baseUrl());

        for (String join : List.of("JOIN", "LEFT JOIN")) {
            assertThat(LocalSpark.rows(extended.sql("""
                            SELECT v.name, g.symbol
                            FROM VALUES ('v1', 'NM_021803.4'), ('v2', 'NM_000546.6') AS v(name, transcript)
                            """ + join + """
                             (SELECT * FROM genes WHERE gene_id = 59067) g ON v.transcript = g.accession""")))
                    .as(join)
                    .containsExactlyInAnyOrderElementsOf(
                            join.equals("JOIN") ? List.of("v1|IL21") : List.of("v1|IL21", "v2|null"));
        }
    }

    @Test
    void anEmptyListIsNoRowsAndNoRequest(SparkSession spark, @TempDir Path directory) throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.txt"), "# none yet\n\n");

        assertThat(reader(spark).option("accessions", "[]").load().collectAsList())
                .isEmpty();
        assertThat(reader(spark).load(empty.toString()).count()).isZero();
        assertThatThrownBy(() -> reader(spark).option("accessions", " ").load())
                .hasMessage(
                        "[NCBI_GENE_INVALID_OPTION] Option accessions is empty. Give it a value, or remove the option.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"human", "Human", "Homo sapiens", "homo sapiens", "9606", " 9606 "})
    void aTaxonHasSeveralNames(String taxon, SparkSession spark) {
        assertThat(rows(
                        reader(spark)
                                .option("symbols", "il21,TP53")
                                .option("taxon", taxon)
                                .load(),
                        "symbol",
                        "tax_id"))
                .containsExactly("IL21|9606", "TP53|9606");
        assertThat(reader(spark).option("taxon", taxon).load().limit(2).collectAsList())
                .hasSize(2);
        assertThat(SERVICE.requests()).hasSize(2);
        assertThat(SERVICE.requests().get(1).parameter("page_size")).contains("2");
    }

    @Test
    void aTaxonIsCountedByIds(SparkSession spark) {
        long human = reader(spark).option("taxon", "9606").load().count();

        assertThat(human).isGreaterThan(10);
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(
                        request.parameter("returned_content"))
                .contains("IDS_ONLY"));
    }

    @Test
    void aTaxonThatNcbiDoesNotKnowIsAnErrorWhereWhatIsMissingIs(SparkSession spark) {
        DataFrameReader klingon = reader(spark).option("taxon", "klingon");

        assertThat(klingon.load().collectAsList()).isEmpty();
        assertThatThrownBy(() -> klingon.option("mode", "FAILFAST").load().collectAsList())
                .hasStackTraceContaining("[NCBI_GENE_NOT_FOUND] NCBI returned nothing for taxon 'klingon', and mode is"
                        + " FAILFAST. Correct it, or read with mode PERMISSIVE to get no rows.");
        for (UnknownIds answer : List.of(UnknownIds.NAMED, UnknownIds.IN_REPORTS)) {
            SERVICE.configure(service -> service.unknownIds(answer));
            assertThatThrownBy(() -> klingon.load().collectAsList())
                    .as("%s", answer)
                    .hasStackTraceContaining("NCBI does not know taxon 'klingon', which says 'No gene was found for"
                            + " klingon', and mode is FAILFAST.");
        }
        SERVICE.configure(service -> service.unknownIds(UnknownIds.NAMED));
        assertThat(rows(
                        reader(spark)
                                .option("symbols", "IL21")
                                .option("taxon", "klingon")
                                .load(),
                        "symbol",
                        "warnings[0].unrecognized_identifier"))
                .containsExactly("IL21|klingon");
    }

    @Test
    void distinctAndPatternsAreSparks(SparkSession spark) {
        Dataset<Row> genes = reader(spark)
                .option("accessions", "NM_021803.4,NP_068575.1,NM_000546.6,NM_000000000.1")
                .load();

        assertThat(rows(genes.select("symbol").distinct(), "symbol")).containsExactly("IL21", "TP53", "null");
        assertThat(rows(genes.filter("accession LIKE 'NP%'"), "accession", "symbol"))
                .containsExactly("NP_068575.1|IL21");
        assertThatThrownBy(() ->
                        reader(spark).load().filter("accession LIKE 'NP%'").collectAsList())
                .hasMessageStartingWith("[NCBI_GENE_NO_SELECTOR]");
    }

    @Test
    void bothReportsAreJoinedByTheAccessionsOfOneFilter(SparkSession spark) {
        Dataset<Row> both = catalog(spark).sql("""
                SELECT g.symbol, g.ensembl_geneids[0] AS ensembl, p.transcript_accession
                FROM ncbi.gene g JOIN ncbi.product p ON g.accession = p.accession
                WHERE g.accession IN ('NM_021803.4', 'NM_001207006.3')""");

        assertThat(rows(both, "symbol", "transcript_accession"))
                .containsExactly("IL21|NM_001207006.3", "IL21|NM_001207006.3", "IL21|NM_021803.4", "IL21|NM_021803.4");
        assertThat(SERVICE.requests()).hasSize(2);
    }

    @Test
    void whatIsCachedIsAskedForOnce(SparkSession spark) {
        Dataset<Row> genes = reader(spark)
                .option("accessions", "NM_021803.4,NM_000546.6")
                .load()
                .cache();

        assertThat(genes.count()).isEqualTo(2);
        assertThat(rows(genes.filter("symbol = 'TP53'"), "accession")).containsExactly("NM_000546.6");
        assertThat(reader(spark)
                        .option("accessions", "NM_000546.6 NM_021803.4 NM_021803.4")
                        .option("accessions", "NM_021803.4,NM_000546.6")
                        .load()
                        .count())
                .isEqualTo(2);
        assertThat(SERVICE.requests()).hasSize(1);
        genes.unpersist(true);
    }

    @Test
    void explainSaysWhatATaxonAndAnUnlistedTableWillBe(SparkSession spark) {
        String taxon = reader(spark)
                .option("taxon", "human")
                .option("requests_per_second", "5")
                .load()
                .limit(7)
                .queryExecution()
                .executedPlan()
                .toString();
        String unlisted = reader(spark).load().queryExecution().executedPlan().toString();

        assertThat(taxon)
                .contains(
                        "ncbi-gene gene report by taxon, limit 7, wire: JSON, requests: 1 and one a page, partitions: 1,"
                                + " rate: 5/s");
        assertThat(unlisted).contains("ncbi-gene gene report by what a join will find, wire: JSON, no rate limit");
        assertThat(SERVICE.requests()).isEmpty();
    }
}
