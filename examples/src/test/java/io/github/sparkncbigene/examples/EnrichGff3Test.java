package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichGff3Test {
    @TempDir
    private Path directory;

    @Test
    void theRecipeIsWhatTheExampleDoesAndPrints() throws IOException {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            JobRun run = JobRun.of(
                    EnrichGff3.commandLine(),
                    "--gff3",
                    "data/genes.gff3",
                    "--base-url",
                    service.baseUrl(),
                    "--out",
                    directory.resolve("enriched").toString());

            assertThat(run.complaint()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.table())
                    .hasSize(1 + 7)
                    .contains(
                            List.of(
                                    "672",
                                    "NC_000017.11",
                                    "43044295",
                                    "43125483",
                                    "BRCA1",
                                    "BRCA1",
                                    "PROTEIN_CODING",
                                    "true"),
                            List.of(
                                    "6392",
                                    "NC_000011.10",
                                    "112086873",
                                    "112095794",
                                    "SDHD",
                                    "SDHD",
                                    "PROTEIN_CODING",
                                    "false"),
                            List.of(
                                    "999999999",
                                    "NC_000023.11",
                                    "1000001",
                                    "1001000",
                                    "LOC999999999",
                                    "NULL",
                                    "NULL",
                                    "NULL"));
            Recipe.of("gff3").quotes(EnrichGff3.class).prints(run.printed());
            assertThat(service.requests()).hasSize(1);
            assertThat(service.requests().get(0).ids())
                    .containsExactlyInAnyOrder("59067", "3043", "6392", "7157", "672", "999999999", "7503");
        }
    }
}
