package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A cache that has grown: for two years by 100 accessions a day, or to a million. */
@Tag("soak")
class CacheGrowthTest {
    private static final int MILLION = 1_000_000;
    private static final int NEW = 1000;
    private static final int DAYS = 730;
    private static final int OF_A_DAY = 100;

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(MILLION + NEW).compact(true));

    @TempDir
    Path temporary;

    private static DataFrameReader genes(SparkSession spark, String baseUrl) {
        return spark.read().format("ncbi-gene").option("base_url", baseUrl).option("requests_per_second", 0);
    }

    private static Dataset<Row> fiveColumns(Dataset<Row> genes) {
        return genes.select("accession", "symbol", "gene_id", "description", "tax_id");
    }

    private Path list(String name, int to) throws IOException {
        return Files.write(
                temporary.resolve(name),
                IntStream.range(0, to).mapToObj(SyntheticGenes::accession).toList());
    }

    private static int files(Path directory) throws IOException {
        return FilesBelow.of(directory, ".cache").size();
    }

    /** Milliseconds that the work takes. */
    private static long millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static long median(List<Long> numbers) {
        return numbers.stream().sorted().toList().get(numbers.size() / 2);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void twoYearsOfAdditionsAreReadAsFastAsOneRead() throws IOException {
        String grown = temporary.resolve("grown").toString();
        String fresh = temporary.resolve("fresh").toString();
        String list = list("list.txt", DAYS * OF_A_DAY).toString();
        try (SparkSession spark = AnotherDriver.session()) {
            DataFrameReader all = genes(spark, SERVICE.baseUrl()).option("accessions_path", list);
            long adding = millis(() -> {
                for (int day = 0; day < DAYS; day++) {
                    genes(spark, SERVICE.baseUrl())
                            .option("accessions", CacheTest.accessions(day * OF_A_DAY, (day + 1) * OF_A_DAY))
                            .option("cache_path", grown)
                            .load()
                            .select("symbol")
                            .write()
                            .format("noop")
                            .mode("overwrite")
                            .save();
                }
            });
            assertThat(SERVICE.log().size()).isEqualTo(DAYS);
            all.option("cache_path", fresh)
                    .load()
                    .write()
                    .format("noop")
                    .mode("overwrite")
                    .save();
            SERVICE.clearRequests();

            List<Long> grownMillis = new ArrayList<>();
            List<Long> freshMillis = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                grownMillis.add(
                        millis(() -> save(all.option("cache_path", grown).load())));
                freshMillis.add(
                        millis(() -> save(all.option("cache_path", fresh).load())));
            }

            System.out.printf(
                    Locale.ROOT,
                    "%d additions of %d: %d s; a read of all: %d ms from %d files, %d ms from %d files of one read%n",
                    DAYS,
                    OF_A_DAY,
                    adding / 1000,
                    median(grownMillis),
                    files(Path.of(grown)),
                    median(freshMillis),
                    files(Path.of(fresh)));
            assertThat(SERVICE.log().size()).isZero();
            assertThat(all.option("cache_path", grown)
                            .load()
                            .where("symbol is not null")
                            .count())
                    .isEqualTo((long) DAYS * OF_A_DAY);
            assertThat(files(Path.of(grown))).isLessThan(32);
            assertThat(median(grownMillis)).isLessThanOrEqualTo(2 * median(freshMillis));
        }
    }

    private static void save(Dataset<Row> genes) {
        fiveColumns(genes).write().format("noop").mode("overwrite").save();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aMillionCachedAndAThousandNew() throws Exception {
        Path log = temporary.resolve("driver.log");
        Path result = temporary.resolve("result");
        Process driver = AnotherDriver.start(
                log,
                "1g",
                Million.class,
                SERVICE.baseUrl(),
                list("million.txt", MILLION).toString(),
                list("more.txt", MILLION + NEW).toString(),
                temporary.resolve("cache").toString(),
                temporary.resolve("parquet").toString(),
                result.toString());
        try {
            assertThat(driver.waitFor(25, TimeUnit.MINUTES)).isTrue();
        } finally {
            driver.destroyForcibly().waitFor();
        }
        assertThat(driver.exitValue()).as(AnotherDriver.log(log)).isZero();
        System.out.printf("%s%d files%n", Files.readString(result), files(temporary.resolve("cache")));

        String firstNew = SyntheticGenes.accession(MILLION);
        List<RecordedRequest> withNew =
                SERVICE.requests(request -> request.ids().contains(firstNew));
        // With the cache, and without.
        assertThat(withNew).hasSize(2);
        assertThat(withNew.get(0).ids()).hasSize(NEW).contains(SyntheticGenes.accession(MILLION + NEW - 1));
        // Those of the first read, the one, and those of the read without cache: the reads between made none.
        assertThat(SERVICE.log().size()).isEqualTo(MILLION / 1000 + 1 + (MILLION + NEW) / 1000);
    }

    /** Reads a million accessions with and without cache, and writes down what each read takes. */
    static final class Million {
        private Million() {}

        /**
         * Reads.
         *
         * @param args service, lists of the first and of the other reads, cache, a directory for the rows, and the file
         *     to write
         */
        public static void main(String[] args) throws IOException {
            StringBuilder result = new StringBuilder();
            try (SparkSession spark = AnotherDriver.session()) {
                DataFrameReader cached = genes(spark, args[0]).option("cache_path", args[3]);
                add(result, "first read", () -> save(cached.load(args[1])));
                add(result, "with the cache, 1000 new", () -> save(cached.load(args[2])));
                add(result, "with the cache, nothing new", () -> save(cached.load(args[2])));
                add(
                        result,
                        "without, 10 a second",
                        () -> save(genes(spark, args[0])
                                .option("requests_per_second", 10)
                                .load(args[2])));
                add(result, "from the cache to Parquet", () -> fiveColumns(cached.load(args[2]))
                        .write()
                        .parquet(args[4]));
                add(result, "from Parquet", () -> save(spark.read().parquet(args[4])));
                long rows = spark.read()
                        .parquet(args[4])
                        .where("symbol is not null")
                        .count();
                if (rows != MILLION + NEW) {
                    throw new IllegalStateException(rows + " rows");
                }
            }
            Files.writeString(Path.of(args[5]), result);
        }

        private static void add(StringBuilder result, String what, Runnable read) {
            String line = String.format(Locale.ROOT, "%s: %.1f s%n", what, millis(read) / 1000.0);
            System.out.print(line);
            result.append(line);
        }
    }
}
