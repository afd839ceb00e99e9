package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One line of Spark reads gene reports by accession. */
@ExtendWith(LocalSpark.class)
class FirstLightTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(3000).compact(true));

    private static DataFrameReader genes(SparkSession spark) {
        return spark.read().format("ncbi-gene").option("base_url", SERVICE.baseUrl());
    }

    @Test
    void readsAGeneByItsAccession(SparkSession spark) {
        Dataset<Row> genes = genes(spark).option("accessions", "NM_021803.4").load();

        assertThat(LocalSpark.rows(genes.select("accession", "symbol", "gene_id", "gene_type", "tax_id")))
                .containsExactly("NM_021803.4|IL21|59067|PROTEIN_CODING|9606");
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @Test
    void loadingAsksNobodyAndTheSchemaIsDescribed(SparkSession spark) {
        StructType schema =
                genes(spark).option("accessions", "NM_021803.4").load().schema();

        assertThat(SERVICE.requests()).isEmpty();
        assertThat(schema.fieldNames())
                .startsWith("accession", "gene_id", "symbol")
                .endsWith("gene_ontology", "warnings");
        assertThat(schema.fields())
                .allSatisfy(field -> assertThat(field.getComment().isDefined())
                        .as("%s has a comment", field.name())
                        .isTrue());
    }

    @Test
    void anUnknownAccessionIsARowThatSaysSo(SparkSession spark) {
        Dataset<Row> genes =
                genes(spark).option("accessions", "NM_021803.4 NM_000000000.1").load();

        assertThat(LocalSpark.rows(genes.orderBy("accession").selectExpr("accession", "gene_id", "warnings[0].code")))
                .containsExactly("NM_000000000.1|null|NOT_FOUND", "NM_021803.4|59067|null");
    }

    @Test
    void dropMalformedLeavesTheUnknownOut(SparkSession spark) {
        Dataset<Row> genes = genes(spark)
                .option("accessions", "NM_021803.4,NM_000000000.1")
                .option("mode", "dropmalformed")
                .load();

        assertThat(LocalSpark.rows(genes.select("accession"))).containsExactly("NM_021803.4");
    }

    @Test
    void failFastNamesTheUnknown(SparkSession spark) {
        Dataset<Row> genes = genes(spark)
                .option("accessions", "NM_021803.4,NM_000000000.1")
                .option("mode", "FAILFAST")
                .load();

        assertThatThrownBy(genes::collectAsList)
                .rootCause()
                .hasMessage("[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'NM_000000000.1', and mode is"
                        + " FAILFAST. Correct it, or read with mode PERMISSIVE to get a row that says so, or"
                        + " DROPMALFORMED to get none.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void everyAccessionIsAccountedForWhateverThePartitions(int partitions, SparkSession spark) {
        List<String> asked = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            if (i % 33 == 0) {
                asked.add("NM_0" + i + ".1");
                expected.add("NM_0" + i + ".1|null|NOT_FOUND");
            } else {
                String versioned = SyntheticGenes.accession(i);
                String form = i % 2 == 0 ? versioned : versioned.substring(0, versioned.indexOf('.'));
                asked.add(form);
                expected.add(form + "|" + SyntheticGenes.geneId(i) + "|null");
            }
        }
        List<String> withDuplicates = new ArrayList<>(asked);
        withDuplicates.addAll(asked.subList(100, 200));

        Dataset<Row> genes = genes(spark)
                .option("accessions", String.join(",", withDuplicates))
                .option("max_partitions", partitions)
                .load()
                .selectExpr("accession", "gene_id", "warnings[0].code");

        assertThat(LocalSpark.rows(genes)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(SERVICE.requests()).hasSize(3);
        assertThat(SERVICE.requests()).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.rawPath()).isEqualTo("/datasets/v2/gene/dataset_report");
        });
        assertThat(genes.rdd().getNumPartitions()).isEqualTo(Math.min(partitions, 3));
    }

    @Test
    void pagesAreFollowedToTheEnd(SparkSession spark) {
        String accessions =
                IntStream.range(0, 50).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(" "));

        long genes = genes(spark)
                .option("accessions", accessions)
                .option("page_size", 20)
                .load()
                .select("accession")
                .distinct()
                .count();

        assertThat(genes).isEqualTo(50);
        assertThat(SERVICE.requests()).hasSize(3);
    }

    @Test
    void withoutAccessionsNothingIsAsked(SparkSession spark) {
        assertThatThrownBy(() -> genes(spark).load().collectAsList())
                .hasMessage("[NCBI_GENE_NO_SELECTOR] Nothing says which genes to read, and all of NCBI is never read."
                        + " Give one of the options accessions, accessions_path (or load(\"path\")), locus_tags,"
                        + " gene_ids, symbols with taxon, or taxon; or filter by accession, gene_id, locus_tag, or symbol"
                        + " with tax_id; or join, see"
                        + " https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/joins.md.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void aMistypedOptionIsRefusedWithASuggestion(SparkSession spark) {
        assertThatThrownBy(() -> genes(spark).option("acessions", "NM_021803.4").load())
                .hasMessage(
                        "[NCBI_GENE_UNKNOWN_OPTION] Option 'acessions' is not known. Did you mean 'accessions'? All"
                                + " options are listed in https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/options.md.");
    }

    @ParameterizedTest
    @MethodSource("io.github.sparkncbigene.acceptance.RecordedReports#directories")
    void everyLeafOfEveryRecordedGeneReportIsInTheRows(Path recorded, SparkSession spark) throws IOException {
        List<Path> files = RecordedReports.json(recorded, "dataset_report");
        ObjectMapper mapper = new ObjectMapper();
        Leaves leaves = new Leaves();
        int recordedLeaves = 0;
        try (NcbiGeneService service = NcbiGeneService.builder()
                .wellKnownGenes(false)
                .reports(recorded)
                .build()
                .start()) {
            for (Path file : files) {
                for (JsonNode report : mapper.readTree(file.toFile()).path("reports")) {
                    compareWithRow(spark, service, report, leaves);
                    recordedLeaves += Leaves.count(report.path("gene"));
                }
            }
        }
        assertThat(leaves.lost()).isEmpty();
        assertThat(leaves.found()).isEqualTo(recordedLeaves).isPositive();
    }

    private static void compareWithRow(SparkSession spark, NcbiGeneService service, JsonNode report, Leaves leaves) {
        String query = report.path("query").path(0).asText();
        boolean byGeneId = query.chars().allMatch(Character::isDigit);
        List<Row> rows = spark.read()
                .format("ncbi-gene")
                .option("base_url", service.baseUrl())
                .option(byGeneId ? "gene_ids" : "accessions", query)
                .load()
                .collectAsList();
        assertThat(rows).as(query).hasSize(1);
        assertThat(rows.get(0).<String>getAs("accession")).isEqualTo(byGeneId ? null : query);
        leaves.compare(report.path("gene"), "", rows.get(0));
    }
}
