package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupJoinTest {
    @TempDir
    private Path directory;

    @Test
    void theRecipeIsWhatTheExampleDoesAndPrints() throws IOException {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            JobRun run = JobRun.of(
                    LookupJoin.commandLine(),
                    "--expression",
                    "data/expression.tsv",
                    "--base-url",
                    service.baseUrl(),
                    "--out",
                    directory.resolve("enriched").toString());

            assertThat(run.complaint()).isEmpty();
            assertThat(run.exitCode()).isZero();
            Recipe.of("lookup").quotes(LookupJoin.class).prints(run.printed());
            List<String> locusTags =
                    run.table().stream().skip(1).map(row -> row.get(0)).toList();
            assertThat(locusTags).hasSize(31).contains("b9999");
            assertThat(service.requests()).hasSize(1);
            assertThat(service.requests().get(0).ids()).containsExactlyInAnyOrderElementsOf(locusTags);
        }
    }
}
