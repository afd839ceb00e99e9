package io.github.sparkncbigene.acceptance;

import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A driver that reads the accessions of a file, and writes down what came and what it took. */
final class ReadDriver {
    /**
     * What came and what it took.
     *
     * @param rows of the answer
     * @param accessions the sum of their checksums: to count different ones would take memory that grows with them
     * @param found rows with a gene
     * @param geneIds their sum
     * @param millis from the plan to the last row
     * @param liveMegabytes the most that was alive on the driver's heap
     */
    record Result(long rows, long accessions, long found, long geneIds, long millis, long liveMegabytes) {
        static Result read(Path file) throws IOException {
            String[] numbers = Files.readString(file).strip().split(" ", -1);
            return new Result(
                    Long.parseLong(numbers[0]),
                    Long.parseLong(numbers[1]),
                    Long.parseLong(numbers[2]),
                    Long.parseLong(numbers[3]),
                    Long.parseLong(numbers[4]),
                    Long.parseLong(numbers[5]));
        }
    }

    /** How many requests it makes before those that are measured. */
    static final int WARM_UP_REQUESTS = 2;

    private ReadDriver() {}

    /** What {@link Result#accessions} is where each of so many made-up genes is read once. */
    static long accessions(int count) {
        return LongStream.range(0, count)
                .map(i -> {
                    CRC32 checksum = new CRC32();
                    checksum.update(SyntheticGenes.accession(i).getBytes(StandardCharsets.UTF_8));
                    return checksum.getValue();
                })
                .sum();
    }

    /**
     * Reads.
     *
     * @param arguments the master, the file of accessions, where to write the result, whether to watch the heap, and
     *     options with their values
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 4; i < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        AtomicLong live = new AtomicLong();
        if (Boolean.parseBoolean(arguments[3])) {
            watch(live);
        }
        try (SparkSession spark = AnotherDriver.session(arguments[0])) {
            // What a JVM takes to begin is not what is measured, on the driver and on each of two executors.
            read(spark.read().option("accessions", firstOf(Path.of(arguments[1]))), options);
            long start = System.nanoTime();
            Row row = read(spark.read(), options, arguments[1]);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            Files.writeString(
                    Path.of(arguments[2]), row.mkString(" ") + " " + millis + " " + (live.get() >> 20) + "\n");
        }
    }

    private static String firstOf(Path accessions) throws IOException {
        try (Stream<String> lines = Files.lines(accessions)) {
            return lines.limit(WARM_UP_REQUESTS * 1000L).collect(Collectors.joining(","));
        }
    }

    private static Row read(DataFrameReader reader, Map<String, String> options, String... paths) {
        return reader.format("ncbi-gene")
                .options(options)
                .load(paths)
                .select("accession", "symbol", "gene_id")
                .selectExpr(
                        "count(*)",
                        "coalesce(sum(crc32(cast(accession AS binary))), 0)",
                        "count(symbol)",
                        "coalesce(sum(gene_id), 0)")
                .first();
    }

    /** What is alive, without what was allocated since it was last seen what is. */
    private static long leftByTheCollector() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private static void watch(AtomicLong live) {
        Thread watching = new Thread(() -> {
            while (true) {
                System.gc();
                live.accumulateAndGet(leftByTheCollector(), Math::max);
                try {
                    TimeUnit.MILLISECONDS.sleep(500);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        watching.setDaemon(true);
        watching.start();
    }
}
