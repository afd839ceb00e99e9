package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** With checkpoint_path, a read that is run again makes only the requests that are missing. */
@ExtendWith(LocalSpark.class)
class ResumeTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(3000).compact(true));

    private static final String KEY = "0123456789abcdef0123456789abcdef0123";

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("answers");
    }

    private DataFrameReader genes(SparkSession spark) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("requests_per_second", 0)
                .option("max_retries", 1)
                .option("checkpoint_path", directory().toString());
    }

    static String accessions(int from, int to) {
        return IntStream.range(from, to).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(" "));
    }

    private static List<String> sorted(Dataset<Row> data) {
        return LocalSpark.rows(data).stream().sorted().toList();
    }

    /** What is kept, Hadoop's own files aside. */
    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".answers"))
                    .sorted()
                    .toList();
        }
    }

    private static List<List<String>> asked() {
        return SERVICE.requests().stream().map(RecordedRequest::ids).toList();
    }

    /** The rows of a read that is run twice, the second time without any request. */
    private static List<String> readTwice(Dataset<Row> data) {
        List<String> first = sorted(data);
        int requests = SERVICE.requests().size();
        assertThat(requests).isPositive();

        List<String> second = sorted(data);

        assertThat(SERVICE.requests()).as("requests of the second run").hasSize(requests);
        assertThat(second).isEqualTo(first);
        return first;
    }

    @Test
    void theSecondRunAsksNobody(SparkSession spark) throws IOException {
        Dataset<Row> genes = genes(spark)
                .option("accessions", accessions(0, 1000) + " NM_000000000.1")
                .option("batch_size", 100)
                .load();

        List<String> rows = readTwice(genes);

        assertThat(rows).hasSize(1001);
        assertThat(SERVICE.requests()).hasSize(11);
        assertThat(kept()).hasSize(11);
        List<String> without = sorted(genes(spark)
                .option("accessions", accessions(0, 1000) + " NM_000000000.1")
                .option("checkpoint_path", temporary.resolve("elsewhere").toString())
                .load());
        assertThat(rows).isEqualTo(without);
    }

    @Test
    void pagesTablesAndProductsToo(SparkSession spark) {
        DataFrameReader reader =
                genes(spark).option("accessions", accessions(0, 50)).option("page_size", 20);

        assertThat(readTwice(reader.load().selectExpr("accession", "symbol"))).hasSize(50);
        assertThat(SERVICE.requests()).hasSize(3);
        assertThat(readTwice(reader.option("report", "product").load().selectExpr("accession", "symbol")))
                .hasSizeGreaterThan(50);
        assertThat(readTwice(reader.option("report", "gene")
                        .option("table_fields", "gene-id,symbol,annotation-assembly-accession")
                        .load()))
                .hasSizeGreaterThanOrEqualTo(50);
        SERVICE.clearRequests();
        assertThat(readTwice(genes(spark)
                        .option("accessions", accessions(0, 50))
                        .option("wire_format", "ndjson")
                        .option("method", "get")
                        .load()))
                .hasSize(50);
    }

    @Test
    void showingTheSameTwiceCostsNothingTwice(SparkSession spark) {
        Dataset<Row> genes =
                genes(spark).option("accessions", accessions(0, 3000)).load();

        genes.show();
        int requests = SERVICE.requests().size();
        genes.show();
        genes(spark).option("accessions", accessions(0, 3000)).load().show();

        assertThat(requests).isEqualTo(1);
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @Test
    void aReadThatStopsEarlyKeepsTheBatchItWasIn(SparkSession spark) throws IOException {
        Dataset<Row> genes = genes(spark)
                .option("accessions", accessions(0, 1000))
                .load()
                // Not pushed: the limit is Spark's alone, and the reader is closed in the middle of the answer.
                .filter("length(symbol) > 0")
                .limit(5);

        assertThat(readTwice(genes)).hasSize(5);
        assertThat(SERVICE.requests()).hasSize(1);
        assertThat(kept()).hasSize(1);
    }

    @Test
    void theFirstRowsOfAWholeTaxonCostNothingTwice(SparkSession spark) {
        Dataset<Row> genes = genes(spark).option("taxon", "human").load().select("symbol", "gene_id");
        genes.show();
        assertThat(SERVICE.requests()).hasSize(1);

        genes.show();
        assertThat(SERVICE.requests()).hasSize(1);

        assertThat(genes.limit(60).collectAsList()).hasSize(60);
        assertThat(genes.count()).isGreaterThan(2000);
    }

    @Test
    void countingAsksOnceToo(SparkSession spark) {
        Dataset<Row> genes = genes(spark)
                .option("accessions", accessions(0, 300))
                .option("batch_size", 100)
                .load();

        assertThat(genes.count()).isEqualTo(300);
        int requests = SERVICE.requests().size();

        assertThat(genes.count()).isEqualTo(300);
        assertThat(SERVICE.requests()).hasSize(requests);
    }

    @Test
    void countingAsksOnceEvenIfLessThanWholeReportsWasNotEnough(SparkSession spark) {
        SERVICE.configure(behaviour -> behaviour.queryInAbbreviatedReports(false));
        Dataset<Row> genes = genes(spark)
                .option("accessions", accessions(0, 300))
                .option("batch_size", 100)
                .option("max_partitions", 1)
                .load();

        assertThat(genes.count()).isEqualTo(300);
        int requests = SERVICE.requests().size();

        assertThat(genes.count()).isEqualTo(300);
        assertThat(SERVICE.requests()).hasSize(requests);
    }

    @Test
    void aRunThatDiedIsContinuedWhereItWas(SparkSession spark) throws IOException {
        String troublesome = SyntheticGenes.accession(550);
        SERVICE.faults().when(request -> request.ids().contains(troublesome), Fault.status(404));
        Dataset<Row> genes = genes(spark)
                .option("accessions", accessions(0, 1000))
                .option("batch_size", 100)
                .option("max_partitions", 1)
                .load()
                .select("accession", "symbol");
        assertThatThrownBy(genes::collectAsList).hasMessageContaining("Status 404");
        List<List<String>> answered = SERVICE.requests().stream()
                .filter(request -> request.status() == 200)
                .map(RecordedRequest::ids)
                .toList();
        int kept = kept().size();
        assertThat(kept).isBetween(1, 9);

        SERVICE.faults().clear();
        SERVICE.clearRequests();
        List<String> rows = sorted(genes);

        assertThat(rows)
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(i -> SyntheticGenes.accession(i) + "|" + SyntheticGenes.symbol(i))
                        .sorted()
                        .toList());
        assertThat(asked()).hasSize(10 - kept).doesNotHaveDuplicates();
        assertThat(asked().stream().anyMatch(ids -> ids.contains(troublesome))).isTrue();
        // What was asked for again had not been read when the first run died.
        assertThat(asked().stream().filter(answered::contains).count()).isEqualTo(answered.size() - kept);
        assertThat(kept()).hasSize(10);
    }

    @Test
    void whatHadToBeDividedOrIsRefusedIsKnownToo(SparkSession spark) {
        SERVICE.faults().above(60, Fault.status(413));
        String refused = "NM_REFUSED.1";
        SERVICE.configure(behaviour -> behaviour.refuse(refused::equals));
        Dataset<Row> genes = genes(spark)
                .option("accessions", accessions(0, 200) + " " + refused)
                .option("batch_size", 100)
                .load()
                .selectExpr("accession", "symbol", "warnings[0].code");

        List<String> rows = readTwice(genes);

        assertThat(rows).hasSize(201).filteredOn(row -> row.startsWith(refused)).hasSize(1);
    }

    @Test
    void whatIsNotWholeIsAskedForAnew(SparkSession spark) throws IOException {
        Dataset<Row> genes = genes(spark)
                .option("accessions", accessions(0, 500))
                .option("batch_size", 100)
                .load();
        List<String> rows = sorted(genes);
        List<Path> kept = kept();
        byte[] first = Files.readAllBytes(kept.get(0));
        first[first.length / 2] ^= 1;
        write(kept.get(0), first);
        write(kept.get(1), new byte[0]);
        write(kept.get(2), Files.readAllBytes(kept.get(3)));
        SERVICE.clearRequests();

        assertThat(sorted(genes)).isEqualTo(rows);

        assertThat(SERVICE.requests()).hasSize(3);
        assertThat(sorted(genes)).isEqualTo(rows);
        assertThat(SERVICE.requests()).hasSize(3);
    }

    /** Without Hadoop's checksum beside it, so that ours is what is left. */
    private static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }

    @Test
    void anAnswerThatCannotBeReadIsNotKept(SparkSession spark) throws IOException {
        SERVICE.faults().always(Fault.cutBody());
        Dataset<Row> genes = genes(spark).option("accessions", "NM_021803.4").load();
        assertThatThrownBy(genes::collectAsList).hasMessageContaining("NCBI_GENE_BAD_RESPONSE");

        assertThat(Files.exists(directory()) ? kept() : List.of()).isEmpty();
        SERVICE.faults().clear();
        assertThat(LocalSpark.rows(genes.select("symbol"))).containsExactly("IL21");
    }

    @Test
    void whatIsTooOldIsAskedForAnew(SparkSession spark) throws Exception {
        Dataset<Row> genes = genes(spark)
                .option("accessions", "NM_021803.4")
                .option("checkpoint_max_age", "1ms")
                .load();

        genes.collectAsList();
        Instant kept = Instant.now();
        Await.until(() -> Instant.now().isAfter(kept.plusMillis(1)), () -> "the clock stands at " + kept);
        genes.collectAsList();
        assertThat(SERVICE.requests()).hasSize(2);

        genes(spark)
                .option("accessions", "NM_021803.4")
                .option("checkpoint_max_age", "1d")
                .load()
                .collectAsList();
        assertThat(SERVICE.requests()).hasSize(2);
    }

    @Test
    void theKeyIsNotAmongWhatIsKeptAndDoesNotMatter(SparkSession spark) throws IOException {
        DataFrameReader reader = genes(spark).option("accessions", accessions(0, 100));
        reader.option("api_key", KEY).load().collectAsList();

        reader.option("api_key", KEY.replace('0', '9')).load().collectAsList();

        assertThat(SERVICE.requests()).hasSize(1);
        try (Stream<Path> files = Files.list(directory())) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(KEY));
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenFailsNoRead(SparkSession spark) throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "in the way");

        List<String> rows = LocalSpark.rows(genes(spark)
                .option("accessions", "NM_021803.4")
                .option("checkpoint_path", file + "/below")
                .load()
                .select("symbol"));

        assertThat(rows).containsExactly("IL21");
    }

    @Test
    @Timeout(120)
    void whateverStandsInThePlaceOfAnEntryTheRowsAreFetched(SparkSession spark) throws Exception {
        Dataset<Row> genes = genes(spark)
                .option("accessions", accessions(0, 500))
                .option("batch_size", 100)
                .load()
                .select("accession", "symbol");
        List<String> rows = sorted(genes);
        List<Path> kept = kept();
        assertThat(kept).hasSize(5);
        Files.delete(kept.get(0));
        Files.createDirectories(kept.get(0).resolve("somebody's"));
        Files.delete(kept.get(1));
        assertThat(new ProcessBuilder("mkfifo", kept.get(1).toString()).start().waitFor())
                .isZero();
        write(kept.get(2), "not ours".getBytes(StandardCharsets.UTF_8));
        Files.delete(kept.get(3));
        Files.createSymbolicLink(kept.get(3), kept.get(3).resolveSibling("nowhere"));
        SERVICE.clearRequests();

        assertThat(sorted(genes)).isEqualTo(rows);
        assertThat(SERVICE.requests()).hasSize(4);

        // All but what is under a directory's name is kept now.
        assertThat(sorted(genes)).isEqualTo(rows);
        assertThat(SERVICE.requests()).hasSize(5);
    }

    @Test
    void aFileSystemWhoseClassesAreMissingFailsNoRead(SparkSession spark) {
        spark.sparkContext().hadoopConfiguration().set("fs.missing.impl", "com.example.MissingFileSystem");
        try {
            Dataset<Row> genes = genes(spark)
                    .option("accessions", "NM_021803.4")
                    .option("checkpoint_path", "missing://bucket/answers")
                    .load()
                    .select("symbol");

            assertThat(LocalSpark.rows(genes)).containsExactly("IL21");
        } finally {
            spark.sparkContext().hadoopConfiguration().unset("fs.missing.impl");
        }
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @Test
    void aPathThatSparkDoesNotKnowIsRefused(SparkSession spark) {
        Dataset<Row> genes = genes(spark)
                .option("accessions", "NM_021803.4")
                .option("checkpoint_path", "nowhere://bucket/answers")
                .load();

        assertThatThrownBy(genes::collectAsList)
                .hasStackTraceContaining("[NCBI_GENE_INVALID_OPTION] Option checkpoint_path is"
                        + " 'nowhere://bucket/answers' but must be a directory on a file system that Spark knows");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    @Timeout(180)
    void aKilledDriverIsContinuedByAnotherOne(SparkSession spark) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        SERVICE.faults().when(request -> answered.incrementAndGet() > 10, Fault.noAnswer());
        Process driver = AnotherDriver.start(
                temporary.resolve("driver.log"),
                Reading.class,
                SERVICE.baseUrl(),
                directory().toString());
        Await.until(
                () -> !driver.isAlive() || (Files.exists(directory()) && kept().size() >= 5),
                () -> AnotherDriver.log(temporary.resolve("driver.log")));
        driver.destroyForcibly().waitFor();
        List<Path> kept = kept();
        assertThat(kept)
                .as(() -> AnotherDriver.log(temporary.resolve("driver.log")))
                .hasSizeBetween(5, 10);
        SERVICE.faults().clear();
        SERVICE.clearRequests();

        Dataset<Row> genes = Reading.genes(spark, SERVICE.baseUrl(), directory().toString());
        List<String> rows = sorted(genes);

        assertThat(rows)
                .containsExactlyElementsOf(IntStream.range(0, 3000)
                        .mapToObj(i -> SyntheticGenes.accession(i) + "|" + SyntheticGenes.symbol(i))
                        .sorted()
                        .toList());
        assertThat(SERVICE.requests()).hasSize(30 - kept.size());
        assertThat(asked()).doesNotHaveDuplicates();
        assertThat(kept()).hasSize(30).containsAll(kept);
    }

    /** What the driver that is killed does, and the next one does again. */
    static final class Reading {
        private Reading() {}

        public static void main(String[] args) {
            SparkSession spark = AnotherDriver.session();
            genes(spark, args[0], args[1]).collectAsList();
            spark.stop();
        }

        static Dataset<Row> genes(SparkSession spark, String baseUrl, String directory) {
            return spark.read()
                    .format("ncbi-gene")
                    .option("base_url", baseUrl)
                    .option("accessions", accessions(0, 3000))
                    .option("batch_size", 100)
                    .option("max_in_flight", 2)
                    .option("requests_per_second", 0)
                    .option("checkpoint_path", directory)
                    .load()
                    .select("accession", "symbol");
        }
    }
}
