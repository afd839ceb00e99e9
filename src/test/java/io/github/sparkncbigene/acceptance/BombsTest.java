package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No answer ends a JVM of 512 MB. */
class BombsTest {
    @TempDir
    private Path temporary;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void millionsOfElementsInOneReportAreAnError() throws IOException, InterruptedException {
        Path log = temporary.resolve("log");
        Path errors = temporary.resolve("errors");
        Process driver = AnotherDriver.start(log, "512m", BombsDriver.class, errors.toString());

        assertThat(driver.waitFor(9, TimeUnit.MINUTES)).as("it ends").isTrue();
        assertThat(driver.exitValue()).as(AnotherDriver.log(log)).isZero();
        List<String> messages = Files.readAllLines(errors);
        assertThat(messages).hasSize(6).allSatisfy(message -> assertThat(message)
                .startsWith("[NCBI_GENE_RESPONSE_TOO_LARGE] The response to GET http://127.0.0.1:")
                .contains(" in it has more than max_report_")
                .endsWith(". If that is right, raise max_report_" + unit(message) + "."));
    }

    private static String unit(String message) {
        return message.contains("max_report_bytes") ? "bytes" : "elements";
    }
}
