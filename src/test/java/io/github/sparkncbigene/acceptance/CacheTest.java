package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.join.NcbiGeneLookup;
import io.github.sparkncbigene.source.NcbiGeneCache;
import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** With cache_path, a read fetches only the identifiers whose answers are not cached. */
@ExtendWith(LocalSpark.class)
class CacheTest {
    private static final int SYNTHETIC = 10_200;

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(SYNTHETIC).compact(true));

    private static final String KEY = "0123456789abcdef0123456789abcdef0123";

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("cache");
    }

    private DataFrameReader genes(SparkSession spark) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("requests_per_second", 0)
                .option("max_retries", 1)
                .option("cache_path", directory().toString());
    }

    static String accessions(int from, int to) {
        return IntStream.range(from, to).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(" "));
    }

    private static List<String> sorted(Dataset<Row> data) {
        return LocalSpark.rows(data).stream().sorted().toList();
    }

    /** What is cached, Hadoop's own files aside. */
    private List<Path> cached() throws IOException {
        return FilesBelow.of(directory()).stream()
                .filter(file ->
                        file.toString().endsWith(".answers") || file.toString().endsWith(".cache"))
                .toList();
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
        assertThat(cached()).isNotEmpty();
        List<String> without = sorted(genes(spark)
                .option("accessions", accessions(0, 1000) + " NM_000000000.1")
                .option("cache_path", temporary.resolve("elsewhere").toString())
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
        SERVICE.clearRequests();
        DataFrameReader tables =
                reader.option("report", "gene").option("table_fields", "gene-id,symbol,annotation-assembly-accession");
        List<String> fromCache = sorted(tables.load());
        assertThat(fromCache).hasSizeGreaterThanOrEqualTo(50);
        assertThat(LocalSpark.rows(genes(spark)
                        .option("accessions", accessions(0, 50))
                        .option("wire_format", "ndjson")
                        .option("method", "get")
                        .load()))
                .hasSize(50);
        assertThat(SERVICE.requests()).isEmpty();
        assertThat(readTwice(tables.option("wire_format", "tsv").load())).isEqualTo(fromCache);
    }

    @Test
    void reportsInLinesAreCachedToo(SparkSession spark) {
        DataFrameReader reader = genes(spark).option("accessions", accessions(0, 50) + " NM_000000000.1");

        List<String> rows = readTwice(reader.option("wire_format", "ndjson").load());

        assertThat(sorted(reader.option("wire_format", "json").load())).isEqualTo(rows);
        assertThat(SERVICE.requests()).hasSize(1);
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
        assertThat(cached()).hasSize(1);
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
        int cached = cached().size();
        assertThat(cached).isBetween(1, 9);

        SERVICE.faults().clear();
        SERVICE.clearRequests();
        List<String> rows = sorted(genes);

        assertThat(rows)
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(i -> SyntheticGenes.accession(i) + "|" + SyntheticGenes.symbol(i))
                        .sorted()
                        .toList());
        assertThat(asked()).hasSize(10 - cached).doesNotHaveDuplicates();
        assertThat(asked().stream().anyMatch(ids -> ids.contains(troublesome))).isTrue();
        // What was asked for again had not been read when the first run died.
        assertThat(asked().stream().filter(answered::contains).count()).isEqualTo(answered.size() - cached);
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
        List<Path> cached = cached();
        byte[] first = Files.readAllBytes(cached.get(0));
        first[first.length / 2] ^= 1;
        write(cached.get(0), first);
        write(cached.get(1), new byte[0]);
        write(cached.get(2), Files.readAllBytes(cached.get(3)));
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

        assertThat(cached()).isEmpty();
        SERVICE.faults().clear();
        assertThat(LocalSpark.rows(genes.select("symbol"))).containsExactly("IL21");
    }

    @Test
    void whatIsTooOldIsAskedForAnew(SparkSession spark) throws Exception {
        Dataset<Row> genes = genes(spark)
                .option("accessions", "NM_021803.4")
                .option("cache_max_age", "1ms")
                .load();

        genes.collectAsList();
        Instant cached = Instant.now();
        Await.until(() -> Instant.now().isAfter(cached.plusMillis(1)), () -> "the clock stands at " + cached);
        genes.collectAsList();
        assertThat(SERVICE.requests()).hasSize(2);

        genes(spark)
                .option("accessions", "NM_021803.4")
                .option("cache_max_age", "1d")
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
        assertThat(cached()).isNotEmpty().allSatisfy(file -> assertThat(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain(KEY));
    }

    @Test
    void aDirectoryThatCannotBeWrittenFailsNoRead(SparkSession spark) throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "in the way");

        List<String> rows = LocalSpark.rows(genes(spark)
                .option("accessions", "NM_021803.4")
                .option("cache_path", file + "/below")
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
        List<Path> cached = cached();
        assertThat(cached).hasSize(5);
        Files.delete(cached.get(0));
        Files.createDirectories(cached.get(0).resolve("somebody's"));
        Files.delete(cached.get(1));
        assertThat(new ProcessBuilder("mkfifo", cached.get(1).toString())
                        .start()
                        .waitFor())
                .isZero();
        write(cached.get(2), "not ours".getBytes(StandardCharsets.UTF_8));
        Files.delete(cached.get(3));
        Files.createSymbolicLink(cached.get(3), cached.get(3).resolveSibling("nowhere"));
        SERVICE.clearRequests();

        assertThat(sorted(genes)).isEqualTo(rows);
        assertThat(SERVICE.requests()).hasSize(4);

        assertThat(sorted(genes)).isEqualTo(rows);
        assertThat(SERVICE.requests()).hasSize(4);
    }

    @Test
    void aFileSystemWhoseClassesAreMissingFailsNoRead(SparkSession spark) {
        spark.sparkContext().hadoopConfiguration().set("fs.missing.impl", "com.example.MissingFileSystem");
        try {
            Dataset<Row> genes = genes(spark)
                    .option("accessions", "NM_021803.4")
                    .option("cache_path", "missing://bucket/answers")
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
                .option("cache_path", "nowhere://bucket/answers")
                .load();

        assertThatThrownBy(genes::collectAsList)
                .hasStackTraceContaining("[NCBI_GENE_INVALID_OPTION] Option cache_path is"
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
                () -> !driver.isAlive() || cached().size() >= 5,
                () -> AnotherDriver.log(temporary.resolve("driver.log")));
        driver.destroyForcibly().waitFor();
        List<Path> cached = cached();
        assertThat(cached)
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
        assertThat(SERVICE.requests()).hasSize(30 - cached.size());
        assertThat(asked()).doesNotHaveDuplicates();
    }

    private static List<Integer> sizes() {
        return SERVICE.requests().stream()
                .map(request -> request.ids().size())
                .sorted()
                .toList();
    }

    /** The rows of a read with a warm cache are those of a read without any; what it requests is returned. */
    private List<Integer> compared(DataFrameReader cached, DataFrameReader fresh, String... columns) {
        SERVICE.clearRequests();
        List<String> rows =
                sorted(columns.length == 0 ? cached.load() : cached.load().selectExpr(columns));
        List<Integer> sizes = sizes();
        assertThat(rows)
                .isEqualTo(
                        sorted(columns.length == 0 ? fresh.load() : fresh.load().selectExpr(columns)));
        return sizes;
    }

    private static DataFrameReader fresh(SparkSession spark) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("requests_per_second", 0);
    }

    private List<Integer> requested(SparkSession spark, String accessions, String... columns) {
        return compared(
                genes(spark).option("accessions", accessions), fresh(spark).option("accessions", accessions), columns);
    }

    @Test
    void aListThatGrowsOrShrinksCostsWhatIsNew(SparkSession spark) {
        String all = accessions(0, 9999) + " NM_000000000.1";
        assertThat(requested(spark, all)).hasSize(10).containsOnly(1000);

        assertThat(requested(spark, "NM_021803.4 " + all)).as("one more").containsExactly(1);
        assertThat(requested(spark, accessions(1, 9999))).as("one less").isEmpty();
        List<String> shuffled = new ArrayList<>(List.of(all.split(" ")));
        Collections.shuffle(shuffled, new Random(1));
        assertThat(requested(spark, String.join(" ", shuffled))).as("shuffled").isEmpty();
        assertThat(requested(spark, accessions(10_000, 10_100)))
                .as("another list")
                .containsExactly(100);
        assertThat(requested(spark, accessions(9000, 9999) + " " + accessions(10_000, 10_100) + " NM_021803.4"))
                .as("a union")
                .isEmpty();
        assertThat(requested(spark, all, "accession", "gene_id", "transcript_count"))
                .as("counts")
                .isEmpty();
        assertThat(requested(spark, all, "accession", "gene_id")).as("ids only").isEmpty();
        assertThat(requested(spark, all, "symbol", "annotations", "warnings", "_query", "_requested"))
                .as("other columns")
                .isEmpty();
        SERVICE.clearRequests();
        assertThat(genes(spark).option("accessions", all).load().count()).isEqualTo(10_000);
        assertThat(SERVICE.requests()).isEmpty();
        assertThat(requested(spark, accessions(0, 10) + " " + accessions(10_100, 10_105) + " nan 59067"))
                .as("malformed ones")
                .containsExactly(5);
    }

    private static String explained(Dataset<Row> data) {
        return data.queryExecution().executedPlan().toString();
    }

    @Test
    void explainSaysHowManyAreCachedAndWhatIsRequested(SparkSession spark) {
        requested(spark, accessions(0, 20));
        SERVICE.clearRequests();
        DataFrameReader reader = genes(spark).option("accessions", accessions(10, 25) + " nan");

        assertThat(explained(reader.load().select("symbol")))
                .contains("by 16 accessions, wire: JSON, cached: 10, requests: 1, partitions: ");
        assertThat(explained(reader.option("cache_mode", "offline").load().select("symbol")))
                .contains("by 16 accessions, wire: JSON, cached: 10, requests: 0, partitions: ");
        assertThat(explained(reader.option("cache_mode", "refresh").load().select("symbol")))
                .contains("by 16 accessions, wire: JSON, requests: 1, partitions: ")
                .doesNotContain("cached");
        assertThat(SERVICE.requests()).isEmpty();

        Dataset<Row> genes = reader.option("cache_mode", "normal").load().select("accession", "symbol");
        assertThat(explained(genes)).contains("cached: 10, requests: 1,");
        assertThat(genes.collectAsList()).hasSize(16);
        assertThat(sizes()).containsExactly(5);
        assertThat(explained(reader.load().select("symbol").where("length(symbol) > 0")))
                .contains("cached: 15, requests: 0,");
    }

    @Test
    void equalReadsAreReadOnceWhateverIsCached(SparkSession spark) {
        requested(spark, accessions(0, 20));
        SERVICE.clearRequests();
        Dataset<Row> one = genes(spark)
                .option("accessions", accessions(10, 25))
                .load()
                .groupBy("symbol")
                .count();
        Dataset<Row> other = genes(spark)
                .option("accessions", accessions(10, 25))
                .load()
                .groupBy("symbol")
                .count();

        assertThat(one.union(other).collectAsList()).hasSize(30);

        assertThat(sizes()).containsExactly(5);
    }

    @Test
    void eachReportKindOfIdentifierAndTaxonHasItsOwn(SparkSession spark) {
        String list = accessions(0, 100);
        assertThat(requested(spark, list)).containsExactly(100);
        assertThat(compared(
                        genes(spark).option("accessions", list).option("report", "product"),
                        fresh(spark).option("accessions", list).option("report", "product")))
                .containsExactly(100);
        assertThat(compared(
                        genes(spark).option("gene_ids", "59067,672"),
                        fresh(spark).option("gene_ids", "59067,672")))
                .containsExactly(2);
        assertThat(compared(
                        genes(spark).option("gene_ids", "59067"), fresh(spark).option("gene_ids", "59067")))
                .isEmpty();
        for (String taxon : List.of("human", "mouse")) {
            DataFrameReader symbols =
                    genes(spark).option("symbols", "SYN1,SYN2,NOPE").option("taxon", taxon);
            DataFrameReader fresh =
                    fresh(spark).option("symbols", "SYN1,SYN2,NOPE").option("taxon", taxon);
            assertThat(compared(symbols, fresh)).as(taxon).containsExactly(3);
            assertThat(compared(symbols.option("symbols", "NOPE,SYN1"), fresh.option("symbols", "NOPE,SYN1")))
                    .as(taxon)
                    .isEmpty();
        }
    }

    @Test
    void whatIsNotFoundRefusedOrReplacedIsRemembered(SparkSession spark) {
        String refused = "NM_REFUSED.1";
        SERVICE.configure(behaviour -> behaviour.refuse(refused::equals));
        String list = accessions(0, 20) + " NM_000000000.1 " + refused + " WP_000000001.1";
        List<String> first = readTwice(genes(spark).option("accessions", list).load());
        SERVICE.clearRequests();

        List<String> others = sorted(genes(spark)
                .option("accessions", "WP_000000001.1 " + refused + " NM_000000000.1")
                .load());

        assertThat(SERVICE.requests()).isEmpty();
        assertThat(first).containsAll(others);
        assertThat(others).hasSize(3);
        assertThatThrownBy(() -> genes(spark)
                        .option("accessions", "NM_000000000.1")
                        .option("mode", "FAILFAST")
                        .load()
                        .collectAsList())
                .hasStackTraceContaining("[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'NM_000000000.1'");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void expiredAnswersAloneAreFetchedAgain(SparkSession spark) throws Exception {
        requested(spark, accessions(0, 100));
        Instant cached = Instant.now();
        Await.until(() -> Instant.now().isAfter(cached.plusMillis(5000)), () -> "the clock stands at " + cached);
        genes(spark).option("accessions", accessions(100, 150)).load().collectAsList();
        SERVICE.clearRequests();

        // The first hundred are older than this, and the others by 5 s younger.
        long age = Duration.between(cached, Instant.now()).toMillis();
        genes(spark)
                .option("accessions", accessions(0, 150))
                .option("cache_max_age", age + "ms")
                .load()
                .collectAsList();

        assertThat(sizes()).containsExactly(100);
    }

    @Test
    void provenanceComesOutAsItWentIn(SparkSession spark) {
        String[] columns = {"accession", "symbol", "_query", "_request_id", "_retrieved_at", "_requested", "warnings"};
        DataFrameReader reader = genes(spark).option("accessions", accessions(0, 20) + " NM_000000000.1");
        List<String> first = sorted(reader.load().selectExpr(columns));

        assertThat(sorted(reader.load().selectExpr(columns))).isEqualTo(first).doesNotContain("null|null|null");
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @Test
    void refreshFetchesAndReplaces(SparkSession spark) {
        requested(spark, accessions(0, 20));
        SERVICE.clearRequests();
        DataFrameReader reader = genes(spark).option("accessions", accessions(0, 10));
        reader.option("cache_mode", "refresh").load().collectAsList();
        assertThat(sizes()).containsExactly(10);

        List<String> times = LocalSpark.rows(
                genes(spark).option("accessions", accessions(0, 20)).load().selectExpr("_retrieved_at"));

        assertThat(sizes()).containsExactly(10);
        assertThat(times.stream().distinct()).hasSize(2);
    }

    @Test
    void offlineOpensNoSocket(SparkSession spark) throws IOException {
        try (Relay relay = new Relay(URI.create(SERVICE.baseUrl()).getPort())) {
            String url = SERVICE.baseUrl().replaceFirst(":[0-9]+", ":" + relay.port());
            genes(spark)
                    .option("base_url", url)
                    .option("accessions", accessions(0, 20) + " NM_000000000.1")
                    .load()
                    .collectAsList();
            int connections = relay.accepted();
            assertThat(connections).isPositive();
            readOffline(genes(spark).option("base_url", url));
            assertThat(relay.accepted()).isEqualTo(connections);
        }
    }

    private static void readOffline(DataFrameReader cached) {
        DataFrameReader reader = cached.option("cache_mode", "offline");
        reader.option("accessions", accessions(0, 21) + " NM_000000000.1 nan");

        List<String> rows = LocalSpark.rows(reader.load().selectExpr("accession", "symbol", "warnings[0].code"));

        assertThat(rows)
                .hasSize(23)
                .contains(
                        SyntheticGenes.accession(20) + "|null|NOT_CACHED",
                        "NM_000000000.1|null|NOT_FOUND",
                        "nan|null|INVALID_ACCESSION",
                        SyntheticGenes.accession(3) + "|" + SyntheticGenes.symbol(3) + "|null");
        assertThat(reader.option("mode", "DROPMALFORMED").load().count()).isEqualTo(20);
        assertThatThrownBy(() -> reader.option("mode", "FAILFAST")
                        .option("accessions", accessions(20, 21))
                        .load()
                        .collectAsList())
                .hasStackTraceContaining("[NCBI_GENE_NOT_CACHED] The accession '" + SyntheticGenes.accession(20)
                        + "' is not cached, and cache_mode is offline. Read it once with cache_mode normal");
        reader.option("mode", "PERMISSIVE").option("wire_format", "tsv").option("table_fields", "symbol");
        assertThatThrownBy(() -> reader.load().collectAsList())
                .hasStackTraceContaining("[NCBI_GENE_NOT_CACHED] The response to");
    }

    @Test
    void aSecretKeepsOthersAnswersOut(SparkSession spark) throws IOException {
        requested(spark, accessions(0, 20));
        String secret = "correct horse battery staple";
        Dataset<Row> sealed = genes(spark)
                .option("accessions", accessions(0, 20))
                .option("cache_secret", secret)
                .load();
        SERVICE.clearRequests();

        List<String> rows = readTwice(sealed);

        assertThat(sizes()).containsExactly(20);
        assertThat(sorted(genes(spark)
                        .option("accessions", accessions(0, 20))
                        .option("cache_secret", "another")
                        .load()))
                .isEqualTo(rows);
        assertThat(sizes()).containsExactly(20, 20);
        for (Path file : cached()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(secret);
        }
    }

    @Test
    void aJoinWithAWarmCacheFetchesTheMissingKeys(SparkSession spark) {
        requested(spark, accessions(0, 100));
        SERVICE.clearRequests();
        Dataset<Row> keys = spark.createDataset(List.of(accessions(95, 105).split(" ")), Encoders.STRING())
                .toDF("transcript");

        Dataset<Row> joined = NcbiGeneLookup.of(keys, "transcript")
                .option("base_url", SERVICE.baseUrl())
                .option("requests_per_second", 0)
                .option("cache_path", directory().toString())
                .left();

        assertThat(joined.select("transcript", "symbol").collectAsList()).hasSize(10);
        assertThat(sizes()).containsExactly(5);
    }

    @Test
    void manyAdditionsLeaveFewFiles(SparkSession spark) throws IOException {
        for (int day = 0; day < 40; day++) {
            genes(spark)
                    .option("accessions", accessions(day * 3, day * 3 + 3))
                    .load()
                    .select("symbol")
                    .collectAsList();
        }
        assertThat(SERVICE.requests()).hasSize(40);

        assertThat(requested(spark, accessions(0, 120))).isEmpty();
        assertThat(cached()).hasSizeLessThan(16);
    }

    @Test
    void manyFilesBecomeOneAndOldAnswersGoWhenTold(SparkSession spark) throws IOException {
        for (int from = 0; from < 60; from += 20) {
            genes(spark)
                    .option("accessions", accessions(from, from + 20))
                    .load()
                    .collectAsList();
        }
        Dataset<Row> all = genes(spark).option("accessions", accessions(0, 60)).load();
        List<String> rows = sorted(all);
        assertThat(cached()).hasSize(3);
        assertThat(SERVICE.requests()).hasSize(3);
        NcbiGeneCache cache = NcbiGeneCache.at(directory().toString());

        assertThat(cache.compact()).matches("60 responses in 1 files of [\\d,]+ bytes");

        assertThat(cached()).hasSize(1);
        assertThat(sorted(all)).isEqualTo(rows);
        assertThat(cache.removeOlderThan(Duration.ofDays(1))).startsWith("60 responses in 1 files");
        assertThat(sorted(all)).isEqualTo(rows);
        assertThat(SERVICE.requests()).hasSize(3);

        assertThat(cache.removeOlderThan(Duration.ZERO)).startsWith("0 responses in 0 files");

        assertThat(sorted(genes(spark).option("accessions", accessions(0, 60)).load()))
                .isEqualTo(rows);
        assertThat(SERVICE.requests()).hasSize(4);
    }

    @Test
    void offlineWithoutACacheIsRefused(SparkSession spark) {
        assertThatThrownBy(() -> fresh(spark)
                        .option("cache_mode", "offline")
                        .option("accessions", "NM_021803.4")
                        .load()
                        .collectAsList())
                .hasStackTraceContaining("[NCBI_GENE_CONFLICTING_OPTIONS] Option cache_mode is 'offline' but cache_path"
                        + " is not given. Give the directory of the cache, or drop cache_mode.");
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
                    .option("cache_path", directory)
                    .load()
                    .select("accession", "symbol");
        }
    }
}
