package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a scan say what the service saw. */
@ExtendWith(LocalSpark.class)
class MetricsTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(3000).compact(true));

    private static DataFrameReader genes(SparkSession spark) {
        return spark.read().format("ncbi-gene").option("base_url", SERVICE.baseUrl());
    }

    private static String accessions(int from, int to) {
        return IntStream.range(from, to).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(","));
    }

    private static long bytesSent() {
        return SERVICE.requests().stream().mapToLong(RecordedRequest::bytesSent).sum();
    }

    @Test
    void theyCountWhatTheServiceSawOverAllTasks(SparkSession spark) {
        SeenMetrics metrics = SeenMetrics.of(
                spark,
                genes(spark)
                        .option("accessions", accessions(0, 1000) + ",NM_000000001.1,NM_000000002.1")
                        .option("batch_size", 334)
                        .option("max_partitions", 3)
                        .option("page_size", 200)
                        .load());

        List<RecordedRequest> seen = SERVICE.requests();
        assertThat(metrics.values())
                .containsEntry("requests", (long) seen.size())
                .containsEntry("retries", 0L)
                .containsEntry("bytesReceived", bytesSent())
                .containsEntry("pages", 6L)
                .containsEntry(
                        "reports",
                        seen.stream().mapToLong(RecordedRequest::reports).sum())
                .containsEntry("reports", 1000L)
                .containsEntry("rows", 1002L)
                .containsEntry("numOutputRows", 1002L)
                .containsEntry("notFound", 2L)
                .containsEntry("batchesDivided", 0L)
                .containsEntry("identifiersCached", 0L)
                .containsEntry("identifiersGiven", 1002L)
                .containsEntry("identifiersFiltered", 1002L)
                .containsEntry("identifiersRequested", 1002L)
                .containsEntry("partitions", 3L)
                .containsEntry("requestsPlanned", 3L);
        assertThat(metrics.value("bytesDecoded")).isGreaterThan(metrics.value("bytesReceived"));
        assertThat(metrics.value("responseTime")).isPositive();
        assertThat(metrics.texts())
                .containsEntry("requests", "6 (min 2, med 2, max 2)")
                .containsEntry("identifiers given", "1,002")
                .containsEntry("requests planned", "3")
                .containsEntry("requests repeated", "0")
                .containsEntry("identifiers not found", "2 (min 0, med 0, max 2)")
                .hasEntrySatisfying("bytes decoded", text -> assertThat(text)
                        .matches("[\\d.]+ KiB \\(min [\\d.]+ KiB, med [\\d.]+ KiB, max [\\d.]+ KiB\\)"));
    }

    @Test
    void whatIsAskedAgainAndDividedIsCounted(SparkSession spark) {
        SERVICE.faults().next(Fault.status(503)).next(Fault.closeMidBody()).next(Fault.status(413));

        SeenMetrics metrics = SeenMetrics.of(
                spark,
                genes(spark)
                        .option("accessions", accessions(0, 100))
                        .option("max_partitions", 1)
                        .option("method", "post")
                        .load());

        assertThat(SERVICE.requests()).hasSize(5);
        assertThat(metrics.values())
                .containsEntry("requests", 5L)
                .containsEntry("retries", 2L)
                .containsEntry("batchesDivided", 1L)
                .containsEntry("pages", 2L)
                .containsEntry("rows", 100L)
                .containsEntry("requestsPlanned", 1L);
        assertThat(metrics.texts()).containsEntry("requests repeated", "2").containsEntry("batches divided", "1");
    }

    @Test
    void timeWaitedForTheRateIsCounted(SparkSession spark) {
        SeenMetrics metrics = SeenMetrics.of(
                spark,
                genes(spark)
                        .option("accessions", accessions(0, 6))
                        .option("batch_size", 2)
                        .option("requests_per_second", 1)
                        .load());

        assertThat(metrics.value("requests")).isEqualTo(3);
        // The second waits for a second and the third for another one, less what went by before they asked.
        assertThat(metrics.value("rateWait")).isGreaterThan(100_000_000L);
        assertThat(metrics.texts().get("time waited for the rate limit")).matches("[0-9.]+ (ms|s|min)");
    }

    @Test
    void identifiersFromTheCacheAreCounted(SparkSession spark, @TempDir Path cache) {
        Dataset<Row> genes = genes(spark)
                .option("accessions", accessions(0, 100))
                .option("batch_size", 50)
                .option("cache_path", cache.toString())
                .load();
        SeenMetrics first = SeenMetrics.of(spark, genes);
        SeenMetrics again = SeenMetrics.of(spark, genes.select("*"));

        assertThat(first.values()).containsEntry("requests", 2L).containsEntry("identifiersCached", 0L);
        assertThat(again.values())
                .containsEntry("requests", 0L)
                .containsEntry("identifiersCached", 100L)
                .containsEntry("bytesReceived", 0L)
                .containsEntry("rows", 100L);
        assertThat(again.texts())
                .containsEntry("identifiers from the cache", "100")
                .containsEntry("requests", "0");
    }

    @Test
    void filtersAndLimitLeaveFewerIdentifiers(SparkSession spark) {
        Dataset<Row> genes =
                genes(spark).option("accessions", accessions(0, 100)).load();

        assertThat(SeenMetrics.of(spark, genes.filter("accession in ('" + SyntheticGenes.accession(7) + "', 'NM_1.1')"))
                        .values())
                .containsEntry("identifiersGiven", 100L)
                .containsEntry("identifiersFiltered", 1L);
        assertThat(SeenMetrics.of(spark, genes.limit(5)).values())
                .containsEntry("identifiersGiven", 100L)
                .containsEntry("identifiersFiltered", 5L)
                .containsEntry("rows", 5L);
    }

    @Test
    void aTabularReportIsCountedToo(SparkSession spark) {
        SeenMetrics metrics = SeenMetrics.of(
                spark,
                genes(spark)
                        .option("accessions", accessions(0, 10))
                        .option("table_fields", "gene-id,symbol")
                        .load());

        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.header("accept"))
                .contains("text/tab-separated-values"));
        assertThat(metrics.values())
                .containsEntry("requests", 1L)
                .containsEntry("reports", 10L)
                .containsEntry("rows", 10L)
                .containsEntry("bytesReceived", bytesSent());
    }

    @Test
    void whatAJoinLeavesIsCounted(SparkSession spark, @TempDir Path dir) {
        SparkSession session = LocalSpark.session(spark, Map.of("spark.sql.adaptive.enabled", "false"));
        String variants = dir.resolve("variants").toString();
        List<String> lines = IntStream.range(0, 20)
                .mapToObj(i -> SyntheticGenes.accession(i) + " " + i % 10)
                .toList();
        session.createDataset(lines, Encoders.STRING())
                .selectExpr("split(value, ' ')[0] AS transcript", "split(value, ' ')[1] AS chosen")
                .write()
                .parquet(variants);
        Dataset<Row> chosen = session.read().parquet(variants).filter("chosen = 3");
        Dataset<Row> genes =
                genes(session).option("accessions", accessions(0, 100)).load();

        SeenMetrics metrics = SeenMetrics.of(
                session, chosen.join(genes, chosen.col("transcript").equalTo(genes.col("accession"))));

        assertThat(metrics.values())
                .containsEntry("identifiersGiven", 100L)
                .containsEntry("identifiersFiltered", 100L)
                .containsEntry("identifiersRequested", 2L);
        assertThat(metrics.texts()).containsEntry("identifiers requested", "2");
    }
}
