package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.sparkncbigene.testkit.Behaviour;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns that say where a row comes from. */
@ExtendWith(LocalSpark.class)
class MetadataColumnsTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(100).compact(true));

    private static Dataset<Row> genes(SparkSession spark, String accessions, String... options) {
        var reader = spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("accessions", accessions);
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        return reader.load();
    }

    @Test
    void theyAreThereOnlyWhereNamed(SparkSession spark) {
        Dataset<Row> genes = genes(spark, "NM_021803.4");

        assertThat(genes.schema().fieldNames()).doesNotContain("_requested", "_query", "_request_id", "_retrieved_at");
        assertThat(genes.select("*").schema()).isEqualTo(genes.schema());
        assertThat(LocalSpark.rows(genes.selectExpr("symbol", "array_join(_query, ',')")))
                .containsExactly("IL21|NM_021803.4");
    }

    @Test
    void theQueryHoldsEveryIdentifierThatTheGeneAnswers(SparkSession spark) {
        Dataset<Row> genes = genes(spark, "NM_021803.4 NP_068575.1 NM_000546.6")
                .selectExpr("accession", "array_join(array_sort(_query), ',')");

        assertThat(LocalSpark.rows(genes))
                .containsExactlyInAnyOrder(
                        "NM_021803.4|NM_021803.4,NP_068575.1",
                        "NP_068575.1|NM_021803.4,NP_068575.1",
                        "NM_000546.6|NM_000546.6");
    }

    @Test
    void theProductReportHasThemToo(SparkSession spark) {
        Dataset<Row> products = genes(spark, "NM_021803.4", "report", "product")
                .selectExpr("transcript_accession", "_query[0]", "length(_request_id) > 0");

        assertThat(LocalSpark.rows(products))
                .containsExactlyInAnyOrder("NM_021803.4|NM_021803.4|true", "NM_001207006.3|NM_021803.4|true");
    }

    @Test
    void everyPageHasItsOwnRequestId(SparkSession spark) {
        String accessions =
                IntStream.range(0, 25).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(" "));

        List<Row> pages = genes(spark, accessions, "page_size", "10")
                .groupBy("_request_id")
                .count()
                .orderBy("count")
                .collectAsList();

        assertThat(pages).extracting(row -> row.getLong(1)).containsExactly(5L, 10L, 10L);
        assertThat(pages)
                .extracting(row -> row.getString(0))
                .doesNotHaveDuplicates()
                .allMatch(id -> !id.isBlank());
        assertThat(SERVICE.requests()).hasSize(3);
    }

    @Test
    void anUnknownAccessionHasTheRequestThatDidNotFindIt(SparkSession spark) {
        Dataset<Row> genes = genes(spark, "NM_021803.4 NM_000000000.1");

        List<Row> rows = genes.orderBy("accession")
                .select("accession", "_query", "_request_id")
                .collectAsList();

        assertThat(rows).extracting(row -> row.getString(0)).containsExactly("NM_000000000.1", "NM_021803.4");
        assertThat(rows.get(0).isNullAt(1)).isTrue();
        assertThat(rows.get(0).getString(2)).isEqualTo(rows.get(1).getString(2));
    }

    /** A list of each kind with one that is found, one that is not, and where possible one that is malformed. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            accessions; NM_021803 NP_068575.1 NM_000000000.1 TP53:c.1A>G; 2
            gene_ids; 59067 1; 1
            locus_tags; b0001 b9999999; 1
            symbols; il21 P53 TP53 NOTAGENE; 3
            """)
    void everyRowSaysWhatWasRequested(String option, String list, int found, SparkSession spark) {
        for (String report : List.of("gene", "product")) {
            for (String pushDown : List.of("true", "false")) {
                var reader = spark.read()
                        .format("ncbi-gene")
                        .option("base_url", SERVICE.baseUrl())
                        .option("report", report)
                        .option("push_down", pushDown)
                        .option(option, list);
                if (option.equals("symbols")) {
                    reader.option("taxon", "human");
                }
                Dataset<Row> genes = reader.load();

                List<String> requested = LocalSpark.rows(
                        genes.select("_requested", "gene_id").distinct().select("_requested"));
                assertThat(requested).as(report).containsExactlyInAnyOrder(list.split(" "));
                assertThat(genes.where("gene_id IS NOT NULL AND warnings IS NULL")
                                .select("_requested")
                                .distinct()
                                .count())
                        .isEqualTo(found);
                // What was never sent has no response.
                assertThat(LocalSpark.rows(genes.where("_retrieved_at IS NULL").select("_requested")))
                        .isEqualTo(option.equals("accessions") ? List.of("TP53:c.1A>G") : List.of());
            }
        }
    }

    @Test
    void aWholeTaxonHasNothingRequested(SparkSession spark) {
        Dataset<Row> genes = spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("taxon", "mouse")
                .load();

        assertThat(LocalSpark.rows(genes.selectExpr("_requested", "_retrieved_at IS NOT NULL")
                        .distinct()))
                .containsExactly("null|true");
    }

    @Test
    void whatWasRequestedTakesNoMoreThanIdentifiers(SparkSession spark) {
        genes(spark, "NM_021803.4 NM_000000000.1")
                .select("_requested", "gene_id", "_retrieved_at")
                .collectAsList();

        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(
                        request.parameter("returned_content"))
                .contains("IDS_ONLY"));
    }

    @Test
    void whatIsCachedKeepsTheTimeAtWhichNcbiSentIt(SparkSession spark, @TempDir Path cache) {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Supplier<List<Row>> read = () -> genes(spark, "NM_021803.4 NM_000000000.1", "cache_path", cache.toString())
                .select("_requested", "symbol", "_retrieved_at")
                .collectAsList();
        List<Row> fetched = read.get();
        Instant after = Instant.now();

        assertThat(fetched)
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.getTimestamp(2).toInstant()).isBetween(before, after));
        assertThat(read.get()).isEqualTo(fetched);
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @Test
    void aRefusedAccessionHasNeither(SparkSession spark) {
        SERVICE.configure(behaviour -> behaviour.refuse(id -> id.equals("NM_000000000.1")));

        Dataset<Row> genes = genes(spark, "NM_021803.4 NM_000000000.1")
                .orderBy("accession")
                .selectExpr("_requested", "_query", "_request_id IS NULL", "_retrieved_at IS NULL");

        assertThat(LocalSpark.rows(genes.limit(1))).containsExactly("NM_000000000.1|null|true|true");
    }

    @Test
    void whereNothingIsEchoedTheQueryIsNull(SparkSession spark) {
        SERVICE.configure(behaviour -> behaviour.queryEcho(Behaviour.QueryEcho.OMITTED));

        assertThat(LocalSpark.rows(genes(spark, "NM_021803.4").selectExpr("symbol", "_query")))
                .containsExactly("IL21|null");
    }

    @Test
    void theyCanBeFilteredAndReadAlone(SparkSession spark) {
        Dataset<Row> genes = genes(spark, "NM_021803.4 NM_000546.6");

        assertThat(LocalSpark.rows(
                        genes.where("array_contains(_query, 'NM_000546.6')").select("symbol")))
                .containsExactly("TP53");
        assertThat(genes.select("_request_id").distinct().count()).isEqualTo(1);
    }

    @Test
    void theyAreReadWithoutPushDownToo(SparkSession spark) {
        Dataset<Row> genes = genes(spark, "NM_021803.4 NM_000546.6", "push_down", "false");

        assertThat(LocalSpark.rows(
                        genes.where("accession = 'NM_021803.4'").selectExpr("symbol", "_query[0]", "_request_id > ''")))
                .containsExactly("IL21|NM_021803.4|true");
        assertThat(LocalSpark.rows(genes.selectExpr("_query[0]").orderBy("_query[0]")))
                .containsExactly("NM_000546.6", "NM_021803.4");
        assertThat(genes.count()).isEqualTo(2);
    }

    @Test
    void aTabularReportHasNone(SparkSession spark) {
        Dataset<Row> genes = genes(spark, "NM_021803.4", "table_fields", "symbol");

        assertThatThrownBy(() -> genes.select("_request_id")).isInstanceOf(AnalysisException.class);
    }

    @Test
    void theRequestIdIsNcbisAsSent(SparkSession spark) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = """
                    {"reports":[{"gene":{"gene_id":"59067","symbol":"IL21"},"query":["NM_021803.4"]}]}""".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Ncbi-Phid", "322C06D2A0D3D5B5000055D1C43B3F7A.1.1");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            Dataset<Row> genes = genes(
                    spark,
                    "NM_021803.4",
                    "base_url",
                    "http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(LocalSpark.rows(genes.select("symbol", "_request_id")))
                    .containsExactly("IL21|322C06D2A0D3D5B5000055D1C43B3F7A.1.1");
        } finally {
            server.stop(0);
        }
    }
}
