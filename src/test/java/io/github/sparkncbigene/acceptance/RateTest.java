package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By the service's log, the allowed rate is never exceeded, and used up: whatever the tasks, cores and executors. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisabledIf(
        value = "io.github.sparkncbigene.acceptance.Sample#isWanted",
        disabledReason = "The time belongs to one Spark")
class RateTest {
    private static final int RATE = 10;

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(1_000_000).compact(true));

    @TempDir
    Path temporary;

    /** A file of so many accessions. */
    static Path accessions(Path directory, int count) throws IOException {
        return Files.write(
                directory.resolve("accessions.txt"),
                LongStream.range(0, count).mapToObj(SyntheticGenes::accession).toList());
    }

    private Path result() {
        return temporary.resolve("result");
    }

    private Path log() {
        return temporary.resolve("log");
    }

    private void start(String master, int count, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                master,
                accessions(temporary, count).toString(),
                result().toString(),
                "false",
                "base_url",
                SERVICE.baseUrl(),
                "requests_per_second",
                Integer.toString(RATE)));
        arguments.addAll(List.of(options));
        driver = AnotherDriver.start(log(), ReadDriver.class, arguments.toArray(String[]::new));
    }

    /** Waits for the driver's end, by when it has read so many accessions, each once. */
    private ReadDriver.Result finish(int count) throws Exception {
        assertThat(driver.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(driver.exitValue()).as(AnotherDriver.log(log())).isZero();
        ReadDriver.Result result = ReadDriver.Result.read(result());
        assertThat(result.rows()).isEqualTo(count);
        assertThat(result.accessions()).isEqualTo(ReadDriver.accessions(count));
        assertThat(result.geneIds())
                .isEqualTo(
                        LongStream.range(0, count).map(SyntheticGenes::geneId).sum());
        return result;
    }

    private Process driver;

    @AfterEach
    void end() throws InterruptedException {
        if (driver != null) {
            driver.descendants().forEach(ProcessHandle::destroyForcibly);
            driver.destroyForcibly().waitFor();
        }
    }

    private void theRateIsUsedUp(
            String master, int count, int partitions, Duration latency, double slack, Duration unseen)
            throws Exception {
        SERVICE.configure(behaviour -> behaviour.latency(latency));
        try (RateLaw law = new RateLaw()) {
            start(master, count, "max_partitions", Integer.toString(partitions));
            ReadDriver.Result result = finish(count);
            System.out.printf(
                    "%s, %d accessions, %d partitions, latency %s: %d ms, most in a second %d, longest stall %s%n",
                    master,
                    count,
                    partitions,
                    latency,
                    result.millis(),
                    SERVICE.log().peakPerSecond(),
                    law.longestStall());
            int requests = SERVICE.log().size() - ReadDriver.WARM_UP_REQUESTS;
            assertThat(requests).isEqualTo(count / 1000);
            assertThat(result.millis()).isLessThanOrEqualTo((long) (slack * requests * 1000 / RATE));
            law.holds(SERVICE.log(), RATE, unseen);
        }
    }

    /** Few requests, so that what a query takes to begin and to end weighs much: there is room for a busy machine. */
    @ParameterizedTest(name = "{0}, {1} partitions, latency {2}")
    @CsvSource({"local[2], 4, PT1S", "local[1], 8, PT3S", "'local-cluster[2,1,1024]', 8, PT1S"})
    void theRateIsKeptAndUsedUp(String master, int partitions, Duration latency) throws Exception {
        theRateIsUsedUp(master, 60_000, partitions, latency, 8, Duration.ofMillis(150));
    }

    @Tag("soak")
    @ParameterizedTest(name = "{0}, {1} partitions, latency {2}")
    @CsvSource({
        "local[2], 1, PT1S, 1.10",
        "local[2], 4, PT1S, 1.10",
        "local[2], 8, PT1S, 1.10",
        "'local-cluster[2,1,1024]', 8, PT1S, 1.10",
        "local[1], 8, PT3S, 1.25"
    })
    void ofTwoHundredThousandAccessionsTheRateIsTheOnlyLimit(
            String master, int partitions, Duration latency, double slack) throws Exception {
        theRateIsUsedUp(master, 200_000, partitions, latency, slack, Duration.ZERO);
    }

    @Tag("soak")
    @Test
    void anExecutorThatDiesTakesNoRowAlong() throws Exception {
        SERVICE.configure(behaviour -> behaviour.latency(Duration.ofSeconds(1)));
        int count = 60_000;
        start("local-cluster[2,1,1024]", count);
        Await.until(() -> SERVICE.log().size() >= 15, () -> SERVICE.log().size() + " requests");
        // What a driver of such a master starts are its executors.
        ProcessHandle executor = driver.children().findFirst().orElseThrow();
        assertThat(executor.destroyForcibly()).isTrue();

        finish(count);
        assertThat(SERVICE.requests().stream()
                        .flatMap(request -> request.ids().stream())
                        .collect(Collectors.toSet()))
                .hasSize(count);
    }
}
