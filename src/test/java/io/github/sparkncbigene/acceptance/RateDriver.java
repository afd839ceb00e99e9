package io.github.sparkncbigene.acceptance;

import io.github.sparkncbigene.driver.ApplicationRate;
import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.rate.RateControl;
import io.github.sparkncbigene.rate.RateGate;
import io.github.sparkncbigene.rate.RateShare;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/**
 * A driver that runs one kind of queries after another, each of which makes many requests at once. It waits for a test to
 * let each begin, and writes down what it took.
 */
final class RateDriver {
    /** Identifiers in a request. */
    static final int BATCH = 10;

    /** What a step's name ends with, if it reads with an API key. */
    static final String WITH_KEY = "-with-key";

    private static final String KEY = "ACCEPTANCE-KEY";

    /** What was run: the rows that came, and from the plan to the last of them. */
    record Result(long rows, long millis) {
        static Result of(Path directory, String name) throws IOException {
            String[] numbers =
                    Files.readString(directory.resolve(name + ".end")).strip().split(" ", -1);
            return new Result(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        }
    }

    private final Path directory;
    private final Map<String, String> options;
    private SparkSession spark;

    private RateDriver(SparkSession spark, Path directory, String baseUrl) {
        this.spark = spark;
        this.directory = directory;
        this.options = new LinkedHashMap<>(Map.of("base_url", baseUrl, "batch_size", Integer.toString(BATCH)));
    }

    /**
     * Runs.
     *
     * @param arguments the master, a directory, the service, a setting as {@code name=value} or nothing, and what to run:
     *     {@code name}, or {@code name-with-key}
     */
    public static void main(String[] arguments) throws Exception {
        RateDriver driver =
                new RateDriver(AnotherDriver.session(arguments[0], arguments[3]), Path.of(arguments[1]), arguments[2]);
        // Spark sets up logging when it starts.
        Configurator.setLevel("io.github.sparkncbigene.driver", Level.INFO);
        // What the JVMs of two executors take to begin is not what is measured.
        driver.count(driver.genes(0, 40));
        Files.createFile(driver.directory.resolve("ready"));
        for (int i = 4; i < arguments.length; i++) {
            driver.step(arguments[i]);
        }
        driver.spark.stop();
    }

    private void step(String step) throws Exception {
        if (step.endsWith(WITH_KEY)) {
            options.put("api_key", KEY);
        } else {
            options.remove("api_key");
        }
        await(step + ".go");
        long start = System.nanoTime();
        long rows = run(step.replace(WITH_KEY, ""));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Path written = directory.resolve(step + ".part");
        Files.writeString(written, rows + " " + millis, StandardOpenOption.CREATE);
        Files.move(written, directory.resolve(step + ".end"));
    }

    private void await(String file) throws Exception {
        Await.until(() -> Files.exists(directory.resolve(file)), () -> "no " + file);
    }

    private long run(String what) throws Exception {
        return switch (what) {
            case "join" -> count(genes(0, 100).join(products(0, 100), "accession"));
            case "union" -> count(genes(0, 80).union(genes(100, 80)).union(genes(200, 80)));
            case "queries" -> both(counting(genes(0, 60)), counting(genes(100, 300)));
            case "stream" -> both(this::stream, counting(genes(300, 100)));
            case "unequal" -> unequal();
            case "one", "killed", "refused" -> count(genes(0, 250));
            case "restart" -> restart();
            case "permits" -> permits();
            case "keys" -> {
                Dataset<Row> withoutKey = genes(0, 100);
                options.put("api_key", KEY);
                yield both(counting(withoutKey), counting(genes(100, 200)));
            }
            default -> throw new IllegalArgumentException(what);
        };
    }

    private Dataset<Row> genes(int from, int count) {
        return read(Map.of("accessions", accessions(from, count))).select("accession", "symbol");
    }

    private Dataset<Row> products(int from, int count) {
        return read(Map.of("report", "product", "accessions", accessions(from, count)))
                .select("accession", "gene_id");
    }

    private Dataset<Row> read(Map<String, String> more) {
        return spark.read().format("ncbi-gene").options(options).options(more).load();
    }

    private static String accessions(int from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(SyntheticGenes::accession)
                .collect(Collectors.joining(","));
    }

    private long count(Dataset<Row> rows) {
        return rows.collectAsList().size();
    }

    /** Of two partitions one holds what nothing is known of, a request a batch; the other one two pages a batch. */
    private long unequal() {
        String unknown = LongStream.range(0, 120)
                .mapToObj(i -> String.format("NM_%09d.1", 100_000_000 + i))
                .collect(Collectors.joining(","));
        return count(
                read(Map.of("accessions", unknown + "," + accessions(0, 120), "page_size", "5", "max_partitions", "2"))
                        .select("accession", "symbol"));
    }

    private long stream() throws Exception {
        Path file = Files.write(
                directory.resolve("stream-" + System.nanoTime() + ".txt"),
                LongStream.range(0, 100).mapToObj(SyntheticGenes::accession).toList());
        spark.readStream()
                .format("ncbi-gene")
                .options(options)
                .option("max_ids_per_trigger", 50)
                .load(file.toString())
                .select("accession", "symbol")
                .writeStream()
                .format("noop")
                .option(
                        "checkpointLocation",
                        directory.resolve("checkpoint-" + System.nanoTime()).toString())
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
        return 100;
    }

    /** Before, between and after two SparkContexts of one JVM. */
    private long restart() {
        long rows = 0;
        for (int i = 0; i < 3; i++) {
            spark.stop();
            spark = AnotherDriver.session("local[2]", "");
            rows += count(genes(i * 30, 30));
        }
        return rows;
    }

    /** The median of how long an executor takes to get a permit that is free, in microseconds. */
    private long permits() {
        RateControl control = ApplicationRate.control();
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(1), 1)
                .map(task -> medianOfPermits(control))
                .first();
    }

    private static long medianOfPermits(RateControl control) throws InterruptedException {
        RateAccess access = ApplicationRate.access(control, "permits", RateShare.of(100_000));
        long[] nanos = new long[1001];
        try (RateGate gate = new RateGate("permits", access)) {
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                try (RateGate.Permit turn = gate.awaitPermit()) {
                    if (!turn.take()) {
                        throw new IllegalStateException("No permit is free.");
                    }
                    nanos[i] = System.nanoTime() - start;
                    turn.sent();
                }
            }
        }
        Arrays.sort(nanos);
        return TimeUnit.NANOSECONDS.toMicros(nanos[nanos.length / 2]);
    }

    private Callable<Long> counting(Dataset<Row> rows) {
        return () -> count(rows);
    }

    private static long both(Callable<Long> one, Callable<Long> other) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            long rows = 0;
            for (Future<Long> each : threads.invokeAll(List.of(one, other))) {
                rows += each.get();
            }
            return rows;
        } finally {
            threads.shutdown();
        }
    }
}
