package io.github.sparkncbigene.benchmarks;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows of named transcripts, six columns: as JSON and as a table. The service answers after a latency, and after more
 * time for each byte of a response; its responses were made in a round before, so that making them costs nothing.
 *
 * <p>Argument: how many transcripts.
 */
public final class TranscriptReadBenchmark {
    private static final int ROUNDS = 5;
    private static final int BATCH = 1000;

    private record Took(double seconds, double cpuSeconds, int requests, long bytes) {}

    private TranscriptReadBenchmark() {}

    public static void main(String[] args) throws Exception {
        int transcripts = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        try (SparkSession spark = SparkSession.builder()
                        .appName("TranscriptReadBenchmark")
                        .master("local[2]")
                        .config("spark.ui.enabled", "false")
                        .getOrCreate();
                NcbiGeneService service = NcbiGeneService.builder()
                        .synthetic(2L * transcripts)
                        .build()
                        .start();
                ReplayServer replay = new ReplayServer(service.baseUrl())) {
            spark.sparkContext().setLogLevel("ERROR");
            String filter = IntStream.iterate(0, i -> i + 1)
                    .filter(i -> SyntheticGenes.transcriptCount(i) > 0)
                    .limit(transcripts)
                    .mapToObj(SyntheticGenes::accession)
                    .collect(Collectors.joining("', '", "transcript_accession IN ('", "')"));
            // Compiled before anything is measured: what is measured first would pay for it.
            for (String wire : List.of("json", "auto", "json", "auto")) {
                best(spark, replay, filter, wire, 0, 0);
            }
            System.out.println("| latency | MB/s of a response | wire | seconds | CPU seconds | requests | MB sent |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (int latency : List.of(0, 1)) {
                for (double megabytes : new double[] {0, 1}) {
                    for (String wire : List.of("json", "auto")) {
                        print(latency, megabytes, wire, best(spark, replay, filter, wire, latency, megabytes));
                    }
                }
            }
        }
    }

    private static void print(int latency, double megabytes, String wire, Took took) {
        System.out.printf(
                Locale.ROOT,
                "| %d s | %s | %s | %.2f | %.2f | %d | %.2f |%n",
                latency,
                megabytes == 0 ? "unlimited" : String.format(Locale.ROOT, "%.0f", megabytes),
                wire.equals("json") ? "JSON" : "TSV",
                took.seconds(),
                took.cpuSeconds(),
                took.requests(),
                took.bytes() / 1e6);
    }

    /** The best of some rounds, after one in which the responses are made. */
    private static Took best(
            SparkSession spark, ReplayServer replay, String filter, String wire, int latency, double megabytes)
            throws InterruptedException {
        Took best = null;
        for (int round = 0; round <= ROUNDS; round++) {
            replay.takes(round == 0 ? 0 : latency * 1000L, round == 0 ? 0 : megabytes);
            Took took = run(spark, replay, filter, wire);
            if (round > 0 && (best == null || took.seconds() < best.seconds())) {
                best = took;
            }
        }
        return best;
    }

    private static Took run(SparkSession spark, ReplayServer replay, String filter, String wire) {
        Dataset<Row> rows = spark.read()
                .format("ncbi-gene")
                .option("base_url", replay.baseUrl())
                .option("report", "product")
                .option("requests_per_second", "0")
                .option("batch_size", BATCH)
                .option("wire_format", wire)
                .load()
                .filter(filter)
                .select(
                        "symbol",
                        "gene_id",
                        "transcript_accession",
                        "transcript_select_category",
                        "protein_accession",
                        "transcript_length");
        var os = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = os.getProcessCpuTime();
        long start = System.nanoTime();
        rows.write().format("noop").mode("overwrite").save();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Took(seconds, (os.getProcessCpuTime() - cpu) / 1e9, replay.requests(), replay.bytes());
    }
}
