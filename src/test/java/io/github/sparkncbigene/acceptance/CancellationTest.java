package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A read that ends before its end leaves nothing: no thread, no connection, nothing still to be asked. */
@ExtendWith(LocalSpark.class)
class CancellationTest {
    private static final String GROUP = "to be killed";

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(1000).compact(true));

    private Relay relay;

    @BeforeEach
    void startRelay() throws IOException {
        relay = new Relay(SERVICE.service().port());
    }

    @AfterEach
    void stopRelay() throws IOException {
        SERVICE.faults().clear();
        relay.close();
    }

    /** What tasks are doing when they are killed. */
    private record Waiting(Runnable script, Map<String, String> options, Callable<Boolean> isSo) {}

    static Stream<Arguments> waiting() {
        Callable<Boolean> isHeld = () -> SERVICE.faults().held() > 0;
        Callable<Boolean> isAnswered = () ->
                !SERVICE.requests(request -> request.completedNanos() != 0).isEmpty();
        Map<String, Waiting> waiting = Map.of(
                "for an answer",
                new Waiting(() -> SERVICE.faults().always(Fault.noAnswer()), Map.of(), isHeld),
                "for the rest of one",
                new Waiting(() -> SERVICE.faults().always(Fault.stalledBody()), Map.of(), isHeld),
                "to ask again",
                new Waiting(() -> SERVICE.faults().always(Fault.status(503)), Map.of("retry_wait", "1h"), isAnswered),
                "for their turn",
                new Waiting(() -> {}, Map.of("requests_per_second", "1"), isAnswered));
        return waiting.entrySet().stream().flatMap(entry -> Stream.of(true, false)
                .map(interrupted -> Arguments.of(entry.getKey(), interrupted, entry.getValue())));
    }

    /** In a hundred batches, which nothing but the end of the read ends. */
    private Dataset<Row> genes(SparkSession spark, Map<String, String> options) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl().replaceFirst(":\\d+/", ":" + relay.port() + "/"))
                .option(
                        "accessions",
                        IntStream.range(0, 1000)
                                .mapToObj(SyntheticGenes::accession)
                                .collect(Collectors.joining(",")))
                .option("batch_size", 10)
                .option("max_partitions", 2)
                .option("requests_per_second", 0)
                .option("response_timeout", "1h")
                .option("request_timeout", "1h")
                .options(options)
                .load()
                .select("accession", "symbol");
    }

    private static List<String> fetching() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ncbi-gene-fetch"))
                .toList();
    }

    private void assertNothingIsLeft() throws Exception {
        assertThat(relay.accepted()).isPositive();
        Await.until(
                () -> fetching().isEmpty() && relay.open() == 0,
                () -> fetching().size() + " threads fetch, " + relay.open() + " connections are open");
    }

    @ParameterizedTest(name = "which wait {0}, interrupted: {1}")
    @MethodSource("waiting")
    void ofKilledTasksNothingIsLeft(String what, boolean interrupted, Waiting waiting, SparkSession spark)
            throws Exception {
        waiting.script().run();
        Dataset<Row> genes = genes(spark, waiting.options());
        SparkContext context = spark.sparkContext();
        FutureTask<List<Row>> reading = new FutureTask<>(() -> {
            context.setJobGroup(GROUP, "A read", interrupted);
            return genes.collectAsList();
        });
        Thread thread = new Thread(reading, GROUP);
        thread.setDaemon(true);
        thread.start();
        Await.until(
                () -> reading.isDone() || (waiting.isSo().call() && !fetching().isEmpty()),
                () -> SERVICE.requests() + " " + fetching());
        assertThat(reading).isNotDone();

        context.cancelJobGroup(GROUP);

        assertThatThrownBy(() -> reading.get(1, TimeUnit.MINUTES)).hasStackTraceContaining("cancelled");
        assertNothingIsLeft();
        assertThat(SERVICE.requests()).hasSizeLessThan(100);
    }

    @Test
    void ofAReadThatHasEnoughRowsNothingIsLeft(SparkSession spark) throws Exception {
        String first = firstAccession();
        SERVICE.faults().when(request -> !request.ids().contains(first), Fault.noAnswer());
        // The answer to the first batch comes when others are under way.
        SERVICE.configure(behaviour -> behaviour.latency(request -> {
            if (request.ids().contains(first)) {
                untilSomeAreHeld();
            }
            return Duration.ZERO;
        }));

        // A filter that Spark keeps to itself, and so the limit, too.
        List<String> rows = LocalSpark.rows(genes(spark, Map.of("max_partitions", "1"))
                .filter("length(symbol) > 0")
                .limit(3));

        assertThat(rows).hasSize(3);
        assertNothingIsLeft();
    }

    private static void untilSomeAreHeld() {
        try {
            Await.until(
                    () -> SERVICE.faults().held() > 1, () -> SERVICE.requests().toString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the batch that is read first. */
    private static String firstAccession() {
        return IntStream.range(0, 1000)
                .mapToObj(SyntheticGenes::accession)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Test
    void ofAReadThatFailsNothingIsLeft(SparkSession spark) throws Exception {
        String first = firstAccession();
        SERVICE.faults().when(request -> request.ids().contains(first), Fault.status(404));
        SERVICE.faults().always(Fault.noAnswer());

        assertThatThrownBy(() -> genes(spark, Map.of()).collectAsList()).hasMessageContaining("Status 404");

        assertNothingIsLeft();
    }

    @Test
    void ofAReadToItsEndNothingIsLeft(SparkSession spark) throws Exception {
        assertThat(genes(spark, Map.of()).collectAsList()).hasSize(1000);

        assertNothingIsLeft();
    }
}
