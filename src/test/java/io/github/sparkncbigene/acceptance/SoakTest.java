package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Of a million accessions none is lost, though one request in a hundred fails, and in a gigabyte of memory. */
@Tag("soak")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SoakTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(1_000_000).compact(true));

    @TempDir
    Path temporary;

    private Process driver;

    @AfterEach
    void end() throws InterruptedException {
        if (driver != null) {
            driver.destroyForcibly().waitFor();
        }
    }

    private ReadDriver.Result read(int count) throws Exception {
        SERVICE.service().reset();
        long seed = 1;
        for (Fault fault : List.of(Fault.status(500), Fault.reset(), Fault.cutBody(), Fault.truncatedGzip())) {
            SERVICE.faults().withProbability(0.0025, seed++, fault);
        }
        Path result = temporary.resolve("result");
        Path log = temporary.resolve("log");
        driver = AnotherDriver.start(
                log,
                "1g",
                ReadDriver.class,
                "local[2]",
                RateTest.accessions(temporary, count).toString(),
                result.toString(),
                "true",
                "base_url",
                SERVICE.baseUrl(),
                "requests_per_second",
                "0",
                "retry_wait",
                "100ms");
        assertThat(driver.waitFor(7, TimeUnit.MINUTES)).isTrue();
        assertThat(driver.exitValue()).as(AnotherDriver.log(log)).isZero();
        ReadDriver.Result read = ReadDriver.Result.read(result);
        System.out.printf(
                "%d accessions: %d ms, %d MB alive at most, %d requests%n",
                count, read.millis(), read.liveMegabytes(), SERVICE.log().size());
        assertThat(read.rows()).isEqualTo(count);
        assertThat(read.accessions()).isEqualTo(ReadDriver.accessions(count));
        assertThat(read.found()).isEqualTo(count);
        assertThat(read.geneIds())
                .isEqualTo(
                        LongStream.range(0, count).map(SyntheticGenes::geneId).sum());
        return read;
    }

    @Test
    void aMillionAccessionsOfWhichSomeFailAtFirst() throws Exception {
        ReadDriver.Result some = read(100_000);
        ReadDriver.Result many = read(1_000_000);

        assertThat(SERVICE.requests(request -> request.fault().isPresent())).isNotEmpty();
        // The list itself grows: 20 bytes an accession on the driver, and once more in the tasks that read it.
        assertThat(many.liveMegabytes()).isLessThan(some.liveMegabytes() + 64);
    }
}
