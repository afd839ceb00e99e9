package io.github.sparkncbigene.benchmarks;

import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.report.ReportSchema;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Measures the connector inside Spark, on one core, compared with {@code spark.read.json} with the same schema on the
 * same reports. The connector gets them over the loopback interface, Spark's reader from a file in the page cache.
 *
 * <p>Arguments: number of genes, number of rounds.
 */
public final class SparkReadBenchmark {
    private static final int BATCH = 1000;

    private record Took(double seconds, double taskCpuSeconds, double processCpuSeconds) {}

    private final SparkSession spark;
    private final AtomicLong taskCpu = new AtomicLong();
    private final int rounds;

    private SparkReadBenchmark(SparkSession spark, int rounds) {
        this.spark = spark;
        this.rounds = rounds;
        spark.sparkContext().addSparkListener(new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                taskCpu.addAndGet(end.taskMetrics().executorCpuTime());
            }
        });
    }

    public static void main(String[] args) throws Exception {
        int genes = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 12;
        try (SparkSession spark = SparkSession.builder()
                .appName("SparkReadBenchmark")
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.files.maxPartitionBytes", "1g")
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("WARN");
            SparkReadBenchmark benchmark = new SparkReadBenchmark(spark, rounds);
            System.out.println(
                    "| bytes | columns | reader | MB/s | MB per CPU second of the task | of the process | ratio of MB/s |");
            System.out.println("|---|---|---|---|---|---|---|");
            benchmark.compare(genes, false);
            benchmark.compare(genes, true);
        }
    }

    private void compare(int genes, boolean gzip) throws Exception {
        Path file = Files.createTempFile("genes", gzip ? ".json.gz" : ".json");
        try (PageServer server = new PageServer(Report.GENE, genes, gzip, (path, page) -> {})) {
            long bytes = write(Pages.matches(Report.GENE, genes), file, gzip);
            String accessions = String.join(",", Pages.accessions(genes));
            Supplier<Dataset<Row>> connector = () -> spark.read()
                    .format("ncbi-gene")
                    .option("base_url", server.baseUrl())
                    .option("requests_per_second", "0")
                    .option("batch_size", Integer.toString(BATCH))
                    .option("max_in_flight", "4")
                    .option("accessions", accessions)
                    .load();
            StructType schema = new StructType()
                    .add("gene", jsonSchema(ReportSchema.of(Report.GENE)))
                    .add("query", DataTypes.createArrayType(DataTypes.StringType));
            Supplier<Dataset<Row>> json =
                    () -> spark.read().schema(schema).json(file.toString()).select("gene.*", "query");
            String sent = gzip ? "gzip" : "plain";
            compare(sent + " | all", bytes, connector, json);
            compare(sent + " | annotations", bytes, () -> connector.get().select("annotations"), () -> json.get()
                    .select("annotations"));
            compare(
                    sent + " | gene_id, symbol, tax_id",
                    bytes,
                    () -> connector.get().select("gene_id", "symbol", "tax_id"),
                    () -> json.get().select("gene_id", "symbol", "tax_id"));
        } finally {
            Files.delete(file);
        }
    }

    private void compare(String what, long bytes, Supplier<Dataset<Row>> connector, Supplier<Dataset<Row>> json)
            throws Exception {
        Took ofJson = best(json);
        Took ofConnector = best(connector);
        print(what, "spark.read.json", bytes, ofJson, 1);
        print(what, "ncbi-gene", bytes, ofConnector, ofJson.seconds() / ofConnector.seconds());
    }

    private static void print(String what, String reader, long bytes, Took took, double ratio) {
        double megabytes = bytes / 1e6;
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.0f | %.2f |%n",
                what,
                reader,
                megabytes / took.seconds(),
                megabytes / took.taskCpuSeconds(),
                megabytes / took.processCpuSeconds(),
                ratio);
    }

    /** Returns the best of some rounds, after one warm-up round. */
    private Took best(Supplier<Dataset<Row>> read) throws Exception {
        double seconds = Double.MAX_VALUE;
        double task = Double.MAX_VALUE;
        double process = Double.MAX_VALUE;
        for (int round = 0; round <= rounds; round++) {
            Took took = run(read.get());
            if (round > 0) {
                seconds = Math.min(seconds, took.seconds());
                task = Math.min(task, took.taskCpuSeconds());
                process = Math.min(process, took.processCpuSeconds());
            }
        }
        return new Took(seconds, task, process);
    }

    private Took run(Dataset<Row> rows) throws Exception {
        var os = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        taskCpu.set(0);
        long cpu = os.getProcessCpuTime();
        long start = System.nanoTime();
        rows.write().format("noop").mode("overwrite").save();
        double seconds = (System.nanoTime() - start) / 1e9;
        double process = (os.getProcessCpuTime() - cpu) / 1e9;
        spark.sparkContext().listenerBus().waitUntilEmpty();
        return new Took(seconds, taskCpu.get() / 1e9, process);
    }

    /** Writes one match per line; returns the number of uncompressed bytes. */
    private static long write(List<String> matches, Path file, boolean gzip) throws IOException {
        long bytes = 0;
        try (Writer out = gzip
                ? new java.io.OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(file), 1 << 16), StandardCharsets.UTF_8)
                : Files.newBufferedWriter(file)) {
            for (String match : matches) {
                out.write(match);
                out.write('\n');
                bytes += match.getBytes(StandardCharsets.UTF_8).length + 1;
            }
        }
        return bytes;
    }

    /** Returns the connector's schema with the names in NCBI's JSON, by which Spark's reader finds the members. */
    private static StructType jsonSchema(StructType columns) {
        return group(Report.GENE.root(), columns);
    }

    private static StructType group(ReportNode group, StructType columns) {
        StructType schema = new StructType();
        for (ReportNode node : group.children()) {
            if (node.column().isPresent()) {
                StructField column = columns.apply(node.column().get());
                schema = schema.add(node.name(), readable(column.dataType()));
            } else {
                schema = schema.add(node.name(), group(node, columns));
            }
        }
        return schema;
    }

    /** NCBI writes 64-bit numbers as text, which Spark's reader does not accept as numbers. */
    private static DataType readable(DataType type) {
        if (type instanceof StructType struct) {
            StructType schema = new StructType();
            for (StructField field : struct.fields()) {
                schema = schema.add(field.name(), readable(field.dataType()));
            }
            return schema;
        }
        if (type instanceof ArrayType array) {
            return DataTypes.createArrayType(readable(array.elementType()));
        }
        return type.equals(DataTypes.LongType) ? DataTypes.StringType : type;
    }
}
