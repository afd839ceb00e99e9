package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkncbigene.testkit.Behaviour.KeyCase;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every leaf of real answers is found in the rows. */
@ExtendWith(LocalSpark.class)
class WholeReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static DataFrameReader reader(SparkSession spark, NcbiGeneService service) {
        return spark.read().format("ncbi-gene").option("base_url", service.baseUrl());
    }

    @ParameterizedTest
    @MethodSource("io.github.sparkncbigene.acceptance.RecordedReports#directories")
    void everyLeafOfEveryRecordedProductReportIsInTheRows(Path recorded, SparkSession spark) throws IOException {
        List<Path> files = RecordedReports.json(recorded, "product_report");
        Leaves leaves = new Leaves();
        int recordedLeaves = 0;
        try (NcbiGeneService service = NcbiGeneService.builder()
                .wellKnownGenes(false)
                .reports(recorded.resolve("product_report"))
                .build()
                .start()) {
            for (Path file : files) {
                for (JsonNode report : JSON.readTree(file.toFile()).path("reports")) {
                    String query = report.path("query").path(0).asText();
                    boolean byGeneId = query.chars().allMatch(Character::isDigit);
                    List<Row> rows = reader(spark, service)
                            .option("report", "product")
                            .option(byGeneId ? "gene_ids" : "accessions", query)
                            .load()
                            .collectAsList();
                    compare(report.path("product"), rows, leaves);
                    recordedLeaves += Leaves.count(report.path("product"));
                }
            }
        }
        assertThat(leaves.lost()).isEmpty();
        // The gene's own members stand in the row of each transcript.
        assertThat(leaves.found()).isGreaterThanOrEqualTo(recordedLeaves).isPositive();
    }

    /** The gene's own members are in every row, each transcript's in its own. */
    private static void compare(JsonNode product, List<Row> rows, Leaves leaves) {
        assertThat(rows).hasSize(product.path("transcripts").size());
        for (JsonNode transcript : product.path("transcripts")) {
            String accession = transcript.path("accession_version").asText();
            Row row = rows.stream()
                    .filter(r -> Objects.equals(r.getAs("transcript_accession"), accession))
                    .findFirst()
                    .orElseThrow();
            leaves.compare(product, "", row);
            leaves.compare(transcript, "transcripts.", row);
        }
    }

    @Test
    void everyLeafOfACamelCasePackageFileIsInTheRow(SparkSession spark) throws IOException {
        Path recorded = RecordedReports.directory();
        JsonNode gene = JSON.readTree(Files.readString(RecordedReports.file("package-data_report-BCL11A.jsonl")));
        Leaves leaves = new Leaves();
        try (NcbiGeneService service = NcbiGeneService.builder()
                .wellKnownGenes(false)
                .reports(recorded)
                .keyCase(KeyCase.CAMEL)
                .build()
                .start()) {
            List<Row> rows = reader(spark, service)
                    .option("gene_ids", gene.path("geneId").asText())
                    .load()
                    .collectAsList();
            assertThat(rows).hasSize(1);
            leaves.compare(snakeCase(gene), "", rows.get(0));
        }
        assertThat(leaves.lost()).isEmpty();
        assertThat(leaves.found()).isGreaterThan(50);
    }

    private static JsonNode snakeCase(JsonNode node) {
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(snakeCase(element)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties()
                .forEach(member -> object.set(
                        member.getKey().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
                        snakeCase(member.getValue())));
        return object;
    }
}
