package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Writers of one cache that are killed, and two at once: no row is wrong, and only what is missing is fetched. */
@ExtendWith(LocalSpark.class)
class CacheWritersTest {
    /** Number of accessions in one read, and in one request of it. */
    private static final int SLICE = 20;

    private static final int BATCH = 10;

    private static final int OF_A_WRITER = 10 * SLICE;
    private static final int KILLS = 50;

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(KILLS * OF_A_WRITER).compact(true));

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("cache");
    }

    private static DataFrameReader genes(SparkSession spark, String baseUrl, String directory, int from, int to) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", baseUrl)
                .option("requests_per_second", 0)
                .option("accessions", CacheTest.accessions(from, to))
                .option("cache_path", directory);
    }

    private DataFrameReader genes(SparkSession spark, int to) {
        return genes(spark, SERVICE.baseUrl(), directory().toString(), 0, to);
    }

    private static Set<String> accessions(int from, int to) {
        return IntStream.range(from, to).mapToObj(SyntheticGenes::accession).collect(Collectors.toSet());
    }

    @Test
    @Timeout(300)
    @DisabledIfSystemProperty(named = "ncbi.gene.sample", matches = "true")
    void whatAKilledWriterHasNotCachedIsFetched(SparkSession spark) throws Exception {
        kill(spark, 2);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void fiftyKilledWritersLeaveNoWrongRow(SparkSession spark) throws Exception {
        kill(spark, KILLS);
    }

    private void kill(SparkSession spark, int times) throws Exception {
        Random random = new Random(17);
        Set<String> cached = new HashSet<>();
        int fetchedTwice = 0;
        int left = 0;
        for (int round = 0; round < times; round++) {
            int from = round * OF_A_WRITER;
            int to = from + OF_A_WRITER;
            SERVICE.clearRequests();
            killWriter(from, to, 1 + random.nextInt(OF_A_WRITER / BATCH), random.nextInt(100));
            Set<String> answered = requested();
            left += unfinished();

            Set<String> kept = cachedOffline(spark, to);
            assertThat(kept).as("what was cached before").containsAll(cached);
            assertThat(answered).as("what was requested").containsAll(minus(kept, cached));
            Set<String> lost = minus(answered, kept);
            assertThat(lost).as("of no read but the last one").hasSizeLessThanOrEqualTo(SLICE);
            fetchedTwice += lost.size();

            readWithCache(spark, to, minus(accessions(from, to), kept));
            cached = accessions(0, to);
        }
        System.out.printf(
                "%d writers killed: %d of %d accessions fetched twice, %d unfinished files left, %d files of %d bytes%n",
                times, fetchedTwice, times * OF_A_WRITER, left, files().size(), bytes());
    }

    /** Starts a writer, and kills it some milliseconds after one of its requests. */
    private void killWriter(int from, int to, int requests, int millis) throws Exception {
        Path log = temporary.resolve("driver.log");
        Process driver = AnotherDriver.start(
                log,
                Writing.class,
                SERVICE.baseUrl(),
                directory().toString(),
                Integer.toString(from),
                Integer.toString(to));
        try {
            Await.until(() -> !driver.isAlive() || SERVICE.requests().size() >= requests, () -> AnotherDriver.log(log));
            driver.waitFor(millis, TimeUnit.MILLISECONDS);
        } finally {
            driver.destroyForcibly().waitFor();
        }
        assertThat(SERVICE.requests()).as(() -> AnotherDriver.log(log)).isNotEmpty();
    }

    /** Everything that is cached, with its right row; what is not cached has a row that says so. */
    private Set<String> cachedOffline(SparkSession spark, int to) {
        int requests = SERVICE.requests().size();
        List<Row> rows = genes(spark, to)
                .option("cache_mode", "offline")
                .load()
                .selectExpr("accession", "symbol", "warnings[0].code")
                .collectAsList();
        assertThat(SERVICE.requests()).hasSize(requests);
        Set<String> cached = rows.stream()
                .filter(row -> !"NOT_CACHED".equals(row.getString(2)))
                .map(row -> row.getString(0))
                .collect(Collectors.toSet());
        assertThat(rows.stream().map(row -> row.mkString("|")))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, to)
                        .mapToObj(i -> SyntheticGenes.accession(i)
                                + (cached.contains(SyntheticGenes.accession(i))
                                        ? "|" + SyntheticGenes.symbol(i) + "|null"
                                        : "|null|NOT_CACHED"))
                        .toList());
        return cached;
    }

    private void readWithCache(SparkSession spark, int to, Set<String> missing) {
        SERVICE.clearRequests();
        List<String> rows = LocalSpark.rows(genes(spark, to).load().select("accession", "symbol"));
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, to)
                        .mapToObj(i -> SyntheticGenes.accession(i) + "|" + SyntheticGenes.symbol(i))
                        .toList());
        assertThat(SERVICE.requests()).hasSize(missing.isEmpty() ? 0 : 1);
        assertThat(requested()).isEqualTo(missing);
    }

    private static Set<String> requested() {
        return SERVICE.requests().stream()
                .map(RecordedRequest::ids)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private List<Path> files() throws IOException {
        return FilesBelow.of(directory(), ".cache");
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** Counts the files that a killed writer has not finished, and deletes them. */
    private int unfinished() throws IOException {
        List<Path> left = FilesBelow.of(directory(), ".tmp");
        for (Path file : left) {
            Files.delete(file);
        }
        return left.size();
    }

    @Test
    @Timeout(300)
    @DisabledIfSystemProperty(named = "ncbi.gene.sample", matches = "true")
    void twoApplicationsWriteAtOnceAndNothingIsLost(SparkSession spark) throws Exception {
        int to = 3 * OF_A_WRITER;
        Path go = temporary.resolve("go");
        Path[] logs = {temporary.resolve("one/driver.log"), temporary.resolve("other/driver.log")};
        Process[] drivers = new Process[logs.length];
        try {
            for (int i = 0; i < drivers.length; i++) {
                Files.createDirectories(logs[i].getParent());
                // Both fetch the accessions in the middle.
                drivers[i] = AnotherDriver.start(
                        logs[i],
                        Writing.class,
                        SERVICE.baseUrl(),
                        directory().toString(),
                        Integer.toString(i * OF_A_WRITER),
                        Integer.toString((i + 2) * OF_A_WRITER),
                        logs[i].resolveSibling("ready").toString(),
                        go.toString());
            }
            Await.until(
                    () -> Stream.of(logs).allMatch(log -> Files.exists(log.resolveSibling("ready"))),
                    () -> AnotherDriver.log(logs[0]) + AnotherDriver.log(logs[1]));
            Files.createFile(go);
            for (int i = 0; i < drivers.length; i++) {
                assertThat(drivers[i].waitFor(2, TimeUnit.MINUTES)).isTrue();
                assertThat(drivers[i].exitValue())
                        .as(AnotherDriver.log(logs[i]))
                        .isZero();
                assertThat(AnotherDriver.log(logs[i])).doesNotContain("Cannot use", "Cannot write", "Cannot read");
            }
        } finally {
            for (Process driver : drivers) {
                if (driver != null) {
                    driver.destroyForcibly().waitFor();
                }
            }
        }
        assertThat(requested()).isEqualTo(accessions(0, to));

        readWithCache(spark, to, Set.of());
        assertThat(files()).hasSizeLessThan(32);
    }

    /** Reads accessions, a few at a time, into a cache. */
    static final class Writing {
        private Writing() {}

        /**
         * Reads.
         *
         * @param args service, cache, first accession and end; where another one is to begin at the same time, also a
         *     file to write when ready and a file to wait for
         */
        public static void main(String[] args) throws Exception {
            try (SparkSession spark = AnotherDriver.session()) {
                if (args.length > 4) {
                    Files.createFile(Path.of(args[4]));
                    Await.until(() -> Files.exists(Path.of(args[5])), () -> "there is no " + args[5]);
                }
                int to = Integer.parseInt(args[3]);
                for (int from = Integer.parseInt(args[2]); from < to; from += SLICE) {
                    genes(spark, args[0], args[1], from, from + SLICE)
                            .option("batch_size", BATCH)
                            .load()
                            .select("accession", "symbol")
                            .collectAsList();
                }
            }
        }
    }
}
