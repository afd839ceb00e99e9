package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that an application sends at once keeps one rate, and loses none of it: two executors of two cores. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisabledIf(
        value = "io.github.sparkncbigene.acceptance.Sample#isWanted",
        disabledReason = "The time belongs to one Spark")
class ApplicationRateTest {
    private static final String CLUSTER = "local-cluster[2,2,1024]";
    private static final Duration LATENCY = Duration.ofMillis(300);
    private static final int WITHOUT_KEY = 5;
    private static final int WITH_KEY = 10;
    /** Stalls of single threads of a busy machine. */
    private static final Duration BUSY = Duration.ofMillis(100);

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(1000).compact(true));

    @TempDir
    Path directory;

    private Process driver;

    @AfterEach
    void end() throws InterruptedException {
        if (driver != null) {
            driver.descendants().forEach(ProcessHandle::destroyForcibly);
            driver.destroyForcibly().waitFor();
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    private void start(String setting, String... steps) throws Exception {
        SERVICE.configure(behaviour -> behaviour.latency(LATENCY));
        List<String> arguments = new ArrayList<>(List.of(CLUSTER, directory.toString(), SERVICE.baseUrl(), setting));
        arguments.addAll(List.of(steps));
        driver = AnotherDriver.start(log(), RateDriver.class, arguments.toArray(String[]::new));
        await("ready");
    }

    private void begin(String step) throws IOException {
        Files.createFile(directory.resolve(step + ".go"));
    }

    private void await(String file) throws Exception {
        Await.until(() -> !driver.isAlive() || Files.exists(directory.resolve(file)), () -> AnotherDriver.log(log()));
        assertThat(directory.resolve(file)).as(() -> AnotherDriver.log(log())).exists();
    }

    private RateDriver.Result finish(String step) throws Exception {
        await(step + ".end");
        return RateDriver.Result.of(directory, step);
    }

    private RateDriver.Result run(String step) throws Exception {
        begin(step);
        return finish(step);
    }

    private void finishDriver() throws InterruptedException {
        assertThat(driver.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(driver.exitValue()).as(AnotherDriver.log(log())).isZero();
    }

    private static List<RecordedRequest> keyed(boolean withKey) {
        return SERVICE.requests(request -> request.apiKey().isPresent() == withKey);
    }

    private static void theRateHolds(RateLaw law, Duration unseen) {
        for (boolean withKey : new boolean[] {false, true}) {
            List<RecordedRequest> requests = keyed(withKey);
            System.out.printf(
                    "%d requests %s a key: most in a second %d, longest stall %s%n",
                    requests.size(),
                    withKey ? "with" : "without",
                    RateLaw.peakWithin(Duration.ofSeconds(1), requests),
                    law.longestStall());
            law.holds(requests, withKey ? WITH_KEY : WITHOUT_KEY, unseen);
        }
    }

    /** What is run, the rows that come of it, and the requests that it takes. */
    private enum Step {
        /** The first of all, and it shuffles: beside a few seconds of requests Spark's own time is not small. */
        JOIN("join", 375, 20, false),
        UNION("union", 240, 24, true),
        QUERIES("queries", 360, 36, true),
        /** Between micro-batches Spark has work of its own. */
        STREAM("stream", 200, 20, false),
        UNEQUAL("unequal", 240, 36, true),
        /** Takes more requests where an executor is killed meanwhile, or a request refused. */
        ONE("one", 250, 25, true);

        private final String word;
        private final long rows;
        private final int requests;
        private final boolean timed;

        Step(String word, long rows, int requests, boolean timed) {
            this.word = word;
            this.rows = rows;
            this.requests = requests;
            this.timed = timed;
        }
    }

    /** @param slack how much longer than the least possible time it may take, or 0 for however long */
    private void run(Step step, boolean withKey, double slack) throws Exception {
        String name = step.word + (withKey ? RateDriver.WITH_KEY : "");
        int before = keyed(withKey).size();
        RateDriver.Result result = run(name);
        double least = 1000.0 * step.requests / (withKey ? WITH_KEY : WITHOUT_KEY);
        System.out.printf(
                "%s: %d requests in %d ms, %.3f of the least%n",
                name, step.requests, result.millis(), (result.millis() - LATENCY.toMillis()) / least);
        assertThat(result.rows()).as(name).isEqualTo(step.rows);
        assertThat(keyed(withKey)).as(name).hasSize(before + step.requests);
        if (slack > 0 && step.timed) {
            assertThat(result.millis()).as(name).isLessThanOrEqualTo((long) (slack * least) + LATENCY.toMillis());
        }
    }

    private void runWithoutAnExecutor(boolean withKey) throws Exception {
        String name = "killed" + (withKey ? RateDriver.WITH_KEY : "");
        int before = SERVICE.log().size();
        begin(name);
        Await.until(
                () -> SERVICE.log().size() >= before + 8, () -> SERVICE.log().size() + " requests");
        // What a driver of such a master starts are its executors.
        ProcessHandle executor = driver.children()
                .min(Comparator.comparingLong(ProcessHandle::pid))
                .orElseThrow();
        assertThat(executor.destroyForcibly()).isTrue();
        assertThat(finish(name).rows()).isEqualTo(Step.ONE.rows);
        assertThat(SERVICE.log().size()).isGreaterThanOrEqualTo(before + Step.ONE.requests);
    }

    /**
     * Nothing is sent from 200 ms after a refusal until its Retry-After, by no executor; a stalled machine looks at what
     * arrives later.
     */
    private void runWithARefusal(RateLaw law, Duration unseen) throws Exception {
        int before = SERVICE.log().size();
        AtomicInteger count = new AtomicInteger();
        SERVICE.faults().when(request -> count.incrementAndGet() == 14, Fault.tooManyRequests(2));
        assertThat(run("refused" + RateDriver.WITH_KEY).rows()).isEqualTo(Step.ONE.rows);
        SERVICE.faults().clear();
        List<RecordedRequest> requests = SERVICE.requests();
        RecordedRequest refused = requests.stream()
                .filter(request -> request.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(requests).hasSize(before + Step.ONE.requests + 1);
        assertThat(requests.stream()
                        .map(request -> Duration.ofNanos(request.arrivedNanos() - refused.completedNanos())
                                .toMillis())
                        .filter(millis ->
                                millis > 200 + unseen.plus(law.longestStall()).toMillis()))
                .isNotEmpty()
                .allMatch(millis -> millis >= 1990);
    }

    private void oneRateIsKeptAndUsedUp(List<Step> withoutKey, List<Step> withKey, double slack, Duration unseen)
            throws Exception {
        List<String> steps = new ArrayList<>();
        withoutKey.forEach(step -> steps.add(step.word));
        withKey.forEach(step -> steps.add(step.word + RateDriver.WITH_KEY));
        steps.addAll(List.of("keys", "refused-with-key", "killed", "killed-with-key", "restart"));
        try (RateLaw law = new RateLaw()) {
            start("", steps.toArray(String[]::new));
            for (Step step : withoutKey) {
                run(step, false, slack);
            }
            for (Step step : withKey) {
                run(step, true, slack);
            }
            assertThat(run("keys").rows()).isEqualTo(300);
            runWithARefusal(law, unseen);
            runWithoutAnExecutor(false);
            runWithoutAnExecutor(true);
            assertThat(run("restart").rows()).isEqualTo(90);
            finishDriver();
            theRateHolds(law, unseen);
            assertThat(AnotherDriver.log(log()).lines().filter(line -> line.contains("The rate limit of ncbi-gene")))
                    .as("once for each SparkContext")
                    .hasSize(4)
                    .allMatch(line -> line.endsWith("The rate limit of ncbi-gene applies to the whole application:"
                            + " the driver keeps it, reached over Spark's RPC."));
        }
    }

    /** How long it takes is not looked at here: of few requests, planning weighs much on a busy machine. */
    @Test
    void oneRateIsKept() throws Exception {
        oneRateIsKeptAndUsedUp(
                List.of(Step.JOIN), List.of(Step.UNION, Step.QUERIES, Step.STREAM, Step.UNEQUAL), 0, BUSY);
    }

    @Tag("soak")
    @RepeatedTest(3)
    void oneRateIsAlwaysKeptAndUsedUp() throws Exception {
        List<Step> all = List.of(Step.values());
        oneRateIsKeptAndUsedUp(all, all, 1.08, Duration.ZERO);
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(strings = {"", "spark.plugins=io.github.sparkncbigene.driver.NcbiGenePlugin"})
    void aFreePermitTakesAnExecutorLittleTime(String setting) throws Exception {
        start(setting, "permits");
        long micros = run("permits").rows();
        System.out.printf("a permit of the driver, median of 1001: %d microseconds %s%n", micros, setting);
        assertThat(micros).isPositive().isLessThan(5000);
        finishDriver();
    }

    @Test
    void overSparksPluginsTheRateIsKeptToo() throws Exception {
        try (RateLaw law = new RateLaw()) {
            start("spark.plugins=io.github.sparkncbigene.driver.NcbiGenePlugin", "join-with-key");
            run(Step.JOIN, true, 0);
            finishDriver();
            theRateHolds(law, BUSY);
            assertThat(AnotherDriver.log(log()))
                    .contains("The rate limit of ncbi-gene applies to the whole application: the driver keeps it,"
                            + " reached over spark.plugins.")
                    .doesNotContain("Spark's RPC");
        }
    }
}
