package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A stream goes through files of accessions slice by slice, and where it was stopped it goes on. */
@ExtendWith(LocalSpark.class)
@Timeout(180)
class StreamingTest {
    private static final int GENES = 10_000;

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(GENES + 100).compact(true));

    @TempDir
    Path temporary;

    private Path list;

    @BeforeEach
    void makeDirectory() throws IOException {
        list = Files.createDirectory(temporary.resolve("accessions"));
    }

    @AfterEach
    void stopStreams(SparkSession spark) throws TimeoutException {
        for (StreamingQuery query : spark.streams().active()) {
            query.stop();
        }
    }

    private static DataStreamReader reader(SparkSession spark) {
        return spark.readStream()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("requests_per_second", 0);
    }

    /** Writes each row's accession and symbol to files, exactly once. */
    private DataStreamWriter<Row> toFiles(Dataset<Row> genes) {
        return genes.select("accession", "symbol")
                .writeStream()
                .format("parquet")
                .option("path", temporary.resolve("genes").toString())
                .option("checkpointLocation", temporary.resolve("checkpoint").toString());
    }

    private List<String> written(SparkSession spark) {
        return LocalSpark.rows(spark.read().parquet(temporary.resolve("genes").toString())).stream()
                .sorted()
                .toList();
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> SyntheticGenes.accession(i) + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> SyntheticGenes.accession(i) + "|" + SyntheticGenes.symbol(i))
                .sorted()
                .toList();
    }

    private Path append(String name, String text) throws IOException {
        return Files.writeString(list.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void toEnd(DataStreamWriter<Row> writer) throws TimeoutException, StreamingQueryException {
        StreamingQuery query = writer.trigger(Trigger.AvailableNow()).start();
        query.awaitTermination();
    }

    @Test
    void availableNowTakesAllThereIsInSlices(SparkSession spark) throws Exception {
        append("a.txt", "# transcripts\n" + lines(0, 1500));
        append("b.txt", lines(1500, 2000) + "NM_000000000.1");

        toEnd(toFiles(reader(spark).option("max_ids_per_trigger", 600).load(list.toString())));

        assertThat(written(spark)).hasSize(2001).contains("NM_000000000.1|null").containsAll(expected(0, 2000));
        assertThat(SERVICE.requests().stream().map(request -> request.ids().size()))
                .containsExactly(600, 600, 600, 201);
    }

    @Test
    void stoppedMidwayItGoesOnAndEachAccessionComesOnce(SparkSession spark) throws Exception {
        Path file = append("all.txt", lines(0, GENES));
        answersOnly(4);
        Dataset<Row> genes = reader(spark).option("max_ids_per_trigger", 1000).load(file.toString());
        StreamingQuery query = toFiles(genes).trigger(Trigger.AvailableNow()).start();
        Await.until(() -> SERVICE.faults().held() > 0, () -> query + " " + query.lastProgress());
        query.stop();
        assertThat(SERVICE.requests()).hasSize(5);
        SERVICE.faults().clear();

        toEnd(toFiles(genes));

        assertThat(written(spark)).containsExactlyElementsOf(expected(0, GENES));
        // The slice that was under way is read again, no other.
        assertThat(SERVICE.requests()).hasSize(5 + 6);
    }

    /** The service answers so many requests, and then none. */
    private static void answersOnly(int requests) {
        AtomicInteger left = new AtomicInteger(requests);
        SERVICE.faults().when(request -> left.getAndDecrement() <= 0, Fault.noAnswer());
    }

    @Test
    void aSliceIsTheSameAgainThoughFilesHaveGrown(SparkSession spark) throws Exception {
        Path file = append("a.txt", lines(0, 250));
        String troublesome = SyntheticGenes.accession(150);
        SERVICE.faults().when(request -> request.ids().contains(troublesome), Fault.status(404));
        Map<Long, List<String>> slices = new ConcurrentHashMap<>();
        Dataset<Row> genes = reader(spark)
                .option("accessions_path", file.toString())
                .option("max_ids_per_trigger", 100)
                .load();
        assertThatThrownBy(() -> toEnd(collect(genes, slices))).hasStackTraceContaining("Status 404");
        assertThat(slices.keySet()).containsExactly(0L);
        List<String> asked =
                SERVICE.requests().get(SERVICE.requests().size() - 1).ids();

        append("a.txt", lines(250, 300));
        SERVICE.faults().clear();
        SERVICE.clearRequests();
        toEnd(collect(genes, slices));

        assertThat(SERVICE.requests().get(0).ids()).isEqualTo(asked);
        assertThat(new TreeMap<>(slices).values().stream().map(List::size)).containsExactly(100, 100, 100);
        assertThat(slices.values().stream().flatMap(List::stream).sorted()).containsExactlyElementsOf(expected(0, 300));
    }

    private DataStreamWriter<Row> collect(Dataset<Row> genes, Map<Long, List<String>> slices) {
        VoidFunction2<Dataset<Row>, Long> collect = (slice, id) -> slices.put(
                id,
                slice.select("accession", "symbol")
                        .map((MapFunction<Row, String>) row -> row.mkString("|"), Encoders.STRING())
                        .collectAsList());
        return genes.writeStream()
                .option("checkpointLocation", temporary.resolve("checkpoint").toString())
                .foreachBatch(collect);
    }

    @Test
    void newFilesAndNewLinesArePickedUpWhileItRuns(SparkSession spark) throws Exception {
        StreamingQuery query =
                toFiles(reader(spark).option("path", list.toString()).load()).start();
        query.processAllAvailable();
        assertThat(SERVICE.requests()).isEmpty();

        append("b.txt", lines(0, 10));
        query.processAllAvailable();
        append("a.txt", lines(10, 20));
        append("b.txt", lines(20, 30));
        query.processAllAvailable();
        Path whole = temporary.resolve("c.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write(lines(30, 40).getBytes(StandardCharsets.UTF_8));
        }
        Files.move(whole, list.resolve("c.txt.gz"), StandardCopyOption.ATOMIC_MOVE);
        query.processAllAvailable();

        assertThat(written(spark)).containsExactlyElementsOf(expected(0, 40));
        assertThat(SERVICE.requests().stream()
                        .mapToInt(request -> request.ids().size())
                        .sum())
                .isEqualTo(40);
    }

    @Test
    void whatComesTwiceInASliceCountsOnceInAnotherSliceAgain(SparkSession spark) throws Exception {
        append("a.txt", lines(0, 3) + lines(0, 3));
        append("b.txt", lines(2, 4));

        toEnd(toFiles(reader(spark).option("max_ids_per_trigger", 6).load(list.toString())));

        assertThat(written(spark))
                .containsExactlyElementsOf(Stream.concat(expected(0, 3).stream(), expected(2, 4).stream())
                        .sorted()
                        .toList());
    }

    @Test
    void tablesAndProductsStreamToo(SparkSession spark) throws Exception {
        append("a.txt", lines(0, 20));
        toEnd(toFiles(reader(spark).option("table_fields", "accession,symbol").load(list.toString())));

        assertThat(written(spark)).containsExactlyElementsOf(expected(0, 20));
    }

    @Test
    void withACacheASliceThatFailedCostsOnlyWhatIsMissing(SparkSession spark) throws Exception {
        append("a.txt", lines(0, 1000));
        String troublesome = SyntheticGenes.accession(950);
        SERVICE.faults().when(request -> request.ids().contains(troublesome), Fault.status(404));
        Dataset<Row> genes = reader(spark)
                .option("batch_size", 100)
                .option("max_partitions", 1)
                .option("cache_path", temporary.resolve("cache").toString())
                .load(list.toString());
        assertThatThrownBy(() -> toEnd(toFiles(genes))).hasStackTraceContaining("Status 404");
        int cached = FilesBelow.of(temporary.resolve("cache"), ".cache").size();
        SERVICE.faults().clear();
        SERVICE.clearRequests();

        toEnd(toFiles(genes));

        assertThat(written(spark)).containsExactlyElementsOf(expected(0, 1000));
        assertThat(cached).isBetween(1, 9);
        assertThat(SERVICE.requests().stream().map(RecordedRequest::ids))
                .hasSize(10 - cached)
                .doesNotHaveDuplicates();
    }

    @Test
    void aKilledDriverIsFollowedByAnotherOne(SparkSession spark) throws Exception {
        Path file = append("all.txt", lines(0, 1500));
        answersOnly(3);
        Process driver = AnotherDriver.start(
                temporary.resolve("driver.log"),
                Streaming.class,
                SERVICE.baseUrl(),
                file.toString(),
                temporary.toString());
        Await.until(
                () -> !driver.isAlive() || SERVICE.faults().held() > 0,
                () -> AnotherDriver.log(temporary.resolve("driver.log")));
        driver.destroyForcibly().waitFor();
        assertThat(SERVICE.requests())
                .as(() -> AnotherDriver.log(temporary.resolve("driver.log")))
                .hasSize(4);
        SERVICE.faults().clear();

        Streaming.run(spark, SERVICE.baseUrl(), file.toString(), temporary.toString());

        assertThat(written(spark)).containsExactlyElementsOf(expected(0, 1500));
        assertThat(SERVICE.requests()).hasSize(4 + 12);
    }

    /** What the driver that is killed does, and the next one goes on with. */
    static final class Streaming {
        private Streaming() {}

        public static void main(String[] args) throws Exception {
            SparkSession spark = AnotherDriver.session();
            run(spark, args[0], args[1], args[2]);
            spark.stop();
        }

        static void run(SparkSession spark, String baseUrl, String file, String directory) throws Exception {
            spark.readStream()
                    .format("ncbi-gene")
                    .option("base_url", baseUrl)
                    .option("requests_per_second", 0)
                    .option("max_ids_per_trigger", 100)
                    .load(file)
                    .select("accession", "symbol")
                    .writeStream()
                    .format("parquet")
                    .option("path", directory + "/genes")
                    .option("checkpointLocation", directory + "/checkpoint")
                    .trigger(Trigger.AvailableNow())
                    .start()
                    .awaitTermination();
        }
    }

    @Test
    void aLineThatIsNoTextEndsTheStreamAndOnceMendedItGoesOn(SparkSession spark) throws Exception {
        Path file = append("a.txt", lines(0, 10) + "not\0text\n");
        Dataset<Row> genes = reader(spark).option("max_ids_per_trigger", 5).load(list.toString());
        assertThatThrownBy(() -> toEnd(toFiles(genes)))
                .hasStackTraceContaining("is 'not\\u0000text', which is not UTF-8 text");

        Files.writeString(file, lines(0, 12));
        toEnd(toFiles(genes));

        assertThat(written(spark)).containsExactlyElementsOf(expected(0, 12));
    }

    @Test
    void aReplacedFileEndsTheStreamWithItsNameAndIsReadAnewIfWanted(SparkSession spark) throws Exception {
        Path file = append("a.txt", lines(0, 10));
        toEnd(toFiles(reader(spark).load(list.toString())));
        assertThat(SERVICE.requests()).hasSize(1);
        // As long as the old one, as all accessions are.
        Files.writeString(file, lines(10, 20));
        assertThat(file).hasSize(lines(0, 10).length());

        assertThatThrownBy(() -> toEnd(toFiles(reader(spark).load(list.toString()))))
                .hasStackTraceContaining("[NCBI_GENE_FILE_REPLACED] File 'file:" + file
                        + "' was replaced or shortened: its first "
                        + lines(0, 10).length() + " bytes differ from what the stream has read. Put new identifiers"
                        + " into a file with another name, or set replaced_files to"
                        + " reread, which reads such a file from its start.");
        assertThat(SERVICE.requests()).hasSize(1);

        toEnd(toFiles(reader(spark).option("replaced_files", "reread").load(list.toString())));
        assertThat(written(spark)).containsExactlyElementsOf(expected(0, 20));
        assertThat(SERVICE.requests()).hasSize(2);
        toEnd(toFiles(reader(spark).load(list.toString())));
        assertThat(SERVICE.requests()).hasSize(2);
    }

    @Test
    void aLineThatIsNoAccessionIsARowAndAnErrorWithFailfast(SparkSession spark) throws Exception {
        append("a.txt", "\"NM_021803.4\"\rnot an accession\r\n\u00a0NP_068575.1\u2028\n");
        assertThatThrownBy(() ->
                        toEnd(toFiles(reader(spark).option("mode", "FAILFAST").load(list.toString()))))
                .hasStackTraceContaining("[NCBI_GENE_INVALID_IDENTIFIER] 'not an accession' (line 2 of ");

        Dataset<Row> genes = reader(spark).load(list.toString());
        SERVICE.clearRequests();
        toEnd(toFiles(genes));

        assertThat(written(spark))
                .anyMatch(row -> row.startsWith("not an accession|"))
                .hasSize(3);
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @Test
    void aStreamNeedsFiles(SparkSession spark) {
        assertThatThrownBy(() -> toEnd(toFiles(
                        reader(spark).option("accessions", "NM_021803.4").load())))
                .hasStackTraceContaining(
                        "[NCBI_GENE_NO_SELECTOR] A stream reads the accessions of files, and none are" + " given.");
        assertThatThrownBy(() ->
                        toEnd(toFiles(reader(spark).option("page_token", "abc").load(list.toString()))))
                .hasStackTraceContaining("[NCBI_GENE_CONFLICTING_OPTIONS] Option page_token only makes sense within one"
                        + " request, and a stream makes many; drop it.");
        assertThatThrownBy(() -> toEnd(toFiles(
                        reader(spark).option("accessions", "NM_021803.4").load(list.toString()))))
                .hasStackTraceContaining("NCBI_GENE_SEVERAL_SELECTORS");
        assertThatThrownBy(() ->
                        toEnd(toFiles(reader(spark).load(list.resolve("missing").toString()))))
                .hasStackTraceContaining("NCBI_GENE_FILE_UNREADABLE");
        assertThat(SERVICE.requests()).isEmpty();
    }
}
