package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinDeltaTest {
    @TempDir
    private static Path directory;

    @BeforeAll
    static void makeTheTable() throws IOException {
        try (SparkSession spark = JoinDelta.session()) {
            EnrichVcf.annotations(spark, "data/variants.snpeff.vcf")
                    .write()
                    .format("delta")
                    .save(table());
        }
    }

    private static String table() {
        return directory.resolve("variants").toString();
    }

    private JobRun run(NcbiGeneService service, String... more) {
        return JobRun.of(
                JoinDelta.commandLine(),
                Stream.concat(
                                Stream.of(
                                        "--variants",
                                        table(),
                                        "--base-url",
                                        service.baseUrl(),
                                        "--out",
                                        directory.resolve("enriched").toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void theRecipeIsWhatTheExampleDoesAndPrints() throws IOException {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            JobRun run = run(service);

            assertThat(run.complaint()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.table()).hasSize(1 + 3);
            Recipe.of("delta").quotes(JoinDelta.class).prints(run.printed());
            // Only the transcripts of the selected variants are requested.
            assertThat(service.requests()).hasSize(1);
            assertThat(service.requests().get(0).ids()).containsExactlyInAnyOrder("NM_000314.8", "NM_007294.4");
        }
    }

    @Test
    void withoutVariantsNothingIsAsked() {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            JobRun run = run(service, "--where", "chrom = 'MT'");

            assertThat(run.exitCode()).isZero();
            assertThat(run.table()).hasSize(1);
            assertThat(service.requests()).isEmpty();
        }
    }
}
