package io.github.sparkncbigene.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testing.UnitSpark;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Look-ups on the Spark that the connector is compiled against: their rows, requests and errors. */
class NcbiGeneLookupTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = UnitSpark.session();
    }

    private static Dataset<Row> variants() {
        return spark.sql("""
                SELECT * FROM VALUES
                  ('v1', 'NM_021803.4', 59067, 'b0001', 'IL21', 'human', 7157.0F),
                  ('v2', ' NM_021803.4 ', 59067, 'b0001', 'il21', 'human', 7157.5F),
                  ('v3', 'NM_000000000.1', 7157, NULL, 'TP53', 'mouse', NULL),
                  ('v4', NULL, NULL, 'b0002', NULL, 'human', NULL)
                AS v(name, transcript, gene, tag, sym, organism, approximate)
                """);
    }

    private static NcbiGeneLookup lookup(String key) {
        return NcbiGeneLookup.of(variants(), key).option("base_url", SERVICE.baseUrl());
    }

    private static List<String> rows(Dataset<Row> data, String... columns) {
        return UnitSpark.rows(data.selectExpr(columns));
    }

    private static List<List<String>> requestedIds() {
        return SERVICE.requests().stream().map(RecordedRequest::ids).toList();
    }

    @Test
    void everyRowStaysBesideItsGeneOrNone() {
        assertThat(rows(lookup("transcript").left(), "name", "gene_id", "symbol", "warnings[0].code"))
                .containsExactly(
                        "v1|59067|IL21|null", "v2|59067|IL21|null", "v3|null|null|NOT_FOUND", "v4|null|null|null");
        assertThat(requestedIds()).singleElement().satisfies(ids -> assertThat(ids)
                .containsExactlyInAnyOrder("NM_021803.4", "NM_000000000.1"));
    }

    @ParameterizedTest
    @CsvSource({"PERMISSIVE,v1|IL21;v2|IL21;v3|null", "DROPMALFORMED,v1|IL21;v2|IL21"})
    void onlyRowsWithARecordStay(String mode, String expected) {
        assertThat(rows(lookup("transcript").option("mode", mode).inner(), "name", "symbol"))
                .containsExactly(expected.split(";"));
        assertThat(requestedIds()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "gene,gene_id,v1|IL21;v2|IL21;v3|TP53;v4|null",
        "tag,locus_tag,v1|thrL;v2|thrL;v3|null;v4|thrA",
        "approximate,gene_id,v1|TP53;v2|null;v3|null;v4|null"
    })
    void otherColumnsHoldKeysToo(String key, String on, String expected) {
        assertThat(rows(lookup(key).on(on).left(), "name", "symbol")).containsExactly(expected.split(";"));
        assertThat(requestedIds()).hasSize(1);
    }

    @Test
    void aSymbolIsLookedUpInTheTaxonOfItsRow() {
        assertThat(rows(
                        lookup("sym")
                                .on("symbol")
                                .taxonColumn("organism")
                                .prefix("ncbi_")
                                .left(),
                        "name",
                        "ncbi_symbol",
                        "ncbi_tax_id"))
                .contains("v1|IL21|9606", "v2|IL21|9606", "v4|null|null");
        assertThat(SERVICE.requests()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aSymbolIsLookedUpInOneTaxon() {
        assertThat(rows(
                        lookup("sym")
                                .on("symbol")
                                .options(Map.of("taxon", "human"))
                                .exact()
                                .left(),
                        "name",
                        "symbol"))
                .contains("v1|IL21", "v3|TP53", "v4|null");
    }

    @Test
    void aTranscriptHasItsOwnRowOnly() {
        assertThat(rows(
                        lookup("transcript")
                                .option("report", "product")
                                .on("transcript_accession")
                                .inner(),
                        "name",
                        "transcript_accession"))
                .containsExactly("v1|NM_021803.4", "v2|NM_021803.4", "v3|null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "other; accession; 'other'",
                "transcript; chromosome; 'chromosome'",
                "gene; accession; The key column 'gene' is of type INT, but the column accession is text. For GeneIDs call"
                        + " on(\"gene_id\"); else cast the column to STRING.",
                "name; symbol; taxon"
            })
    void aKeyThatCannotBeOneIsAnErrorWithoutARequest(String key, String on, String said) {
        assertThatThrownBy(() -> lookup(key).on(on).left().count())
                .hasMessageStartingWith("[")
                .hasMessageContaining(said);
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void aKeyOfAnotherTypeIsAnErrorWithTheRemedy() {
        Dataset<Row> arrays = spark.sql("SELECT array('NM_021803.4') AS transcript, 16777216F AS gene");

        assertThatThrownBy(() -> NcbiGeneLookup.of(arrays, "transcript").left())
                .hasMessage(
                        "[NCBI_GENE_CONFLICTING_OPTIONS] The key column 'transcript' is of type ARRAY<STRING>, but the"
                                + " column accession is text. Give a column of text, or cast it.");
        assertThatThrownBy(() ->
                        NcbiGeneLookup.of(arrays, "transcript").on("gene_id").left())
                .hasMessageEndingWith("GeneIDs are whole numbers or text. Give a column of these, or cast it.");
        assertThatThrownBy(() ->
                        NcbiGeneLookup.of(arrays, "gene").on("gene_id").left().count())
                .hasMessageContaining(
                        "is of type FLOAT, which holds whole numbers exactly only below 16777216, and holds"
                                + " 16777216. Read it as BIGINT or DOUBLE from its source.");
    }

    private static NcbiGeneLookup lookup(String query, String key) {
        return NcbiGeneLookup.of(spark.sql(query), key).option("base_url", SERVICE.baseUrl());
    }

    @Test
    void numbersThatAreNoGeneIdsAreNotRequested() {
        Dataset<Row> found = lookup(
                        "SELECT * FROM VALUES (0L), (-7L), (1L), (2147483647L), (2147483648L) AS v(id)", "id")
                .on("gene_id")
                .left();

        assertThat(rows(found, "id", "gene_id"))
                .containsExactlyInAnyOrder("0|null", "-7|null", "1|1", "2147483647|2147483647", "2147483648|null");
        assertThat(requestedIds()).singleElement().satisfies(ids -> assertThat(ids)
                .containsExactlyInAnyOrder("1", "2147483647"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "('59067'), (' 7157 '), ('59067.0'), ('59067.5'), ('x'), (''); 6",
                "(59067D), (7157.5D), (double('NaN')), (double('Infinity')), (7157D); 5",
                "(59067.00), (7157.00), (7157.50); 3"
            })
    void aGeneIdMayBeOfAnyTypeThatHoldsAWholeNumber(String values, int rows) {
        Dataset<Row> found = lookup("SELECT * FROM VALUES " + values + " AS v(id)", "id")
                .on("gene_id")
                .left();

        assertThat(rows(found.where("symbol IS NOT NULL"), "symbol", "cast(cast(trim(id) AS DOUBLE) AS BIGINT)"))
                .containsOnly("IL21|59067", "TP53|7157");
        assertThat(found.count()).isEqualTo(rows);
        assertThat(requestedIds()).allSatisfy(ids -> assertThat(ids).containsExactlyInAnyOrder("59067", "7157"));
    }

    @ParameterizedTest
    @CsvSource({"accession,false", "symbol,false", "symbol,true", "locus_tag,false"})
    void aRowWhoseKeyFindsNothingStaysWhateverTheMode(String on, boolean exact) {
        NcbiGeneLookup lookup = lookup("SELECT * FROM VALUES ('NM_000000000.1'), ('b0001') AS v(id)", "id")
                .on(on)
                .option("mode", "DROPMALFORMED");
        if (on.equals("symbol")) {
            lookup = lookup.option("taxon", "human");
        }

        assertThat(rows((exact ? lookup.exact() : lookup).left(), "id", "gene_id IS NULL"))
                .containsExactlyInAnyOrder("NM_000000000.1|true", "b0001|" + !on.equals("locus_tag"));
    }

    @Test
    void aTableHasRowsIfItHasTheKeysColumn() {
        NcbiGeneLookup genes = lookup("SELECT 59067 AS gene", "gene").on("gene_id");

        assertThat(rows(genes.option("table_fields", "gene-id,symbol").left(), "gene", "gene_id", "symbol"))
                .containsExactly("59067|59067|IL21");
        SERVICE.clearRequests();
        assertThatThrownBy(() -> genes.option("table_fields", "symbol").left())
                .hasMessage(
                        "[NCBI_GENE_CONFLICTING_OPTIONS] What is read of genes has no column gene_id. Look them up by"
                                + " another one, or change report or table_fields.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void columnsOfTheSameNameNeedAPrefixUnlessOneIsTheKey() {
        NcbiGeneLookup genes =
                lookup("SELECT 59067 AS gene_id, 'mine' AS Symbol", "gene_id").on("gene_id");

        assertThatThrownBy(genes::left)
                .hasMessage(
                        "[NCBI_GENE_CONFLICTING_OPTIONS] Both the data and the genes have a column symbol. Rename the"
                                + " data's, or give the genes' a prefix(\"ncbi_\").");
        assertThat(rows(genes.prefix("ncbi_").left(), "gene_id", "Symbol", "ncbi_gene_id", "ncbi_symbol"))
                .containsExactly("59067|mine|59067|IL21");
        Dataset<Row> ofKey =
                lookup("SELECT 59067 AS gene_id", "gene_id").on("gene_id").left();
        assertThat(rows(ofKey, "gene_id", "symbol")).containsExactly("59067|IL21");
        assertThat(ofKey.columns()).containsOnlyOnce("gene_id");
    }

    @Test
    void onlySymbolsHaveATaxon() {
        assertThatThrownBy(() -> lookup("transcript").taxonColumn("organism").left())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Only symbols are looked up by taxon, not accession. Drop"
                        + " taxonColumn(\"organism\").");
        assertThat(SERVICE.requests()).isEmpty();
    }
}
