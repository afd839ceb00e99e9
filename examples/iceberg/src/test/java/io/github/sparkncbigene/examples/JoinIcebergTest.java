package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinIcebergTest {
    @TempDir
    private Path warehouse;

    @Test
    void theRecipeIsWhatTheExampleDoesAndPrints() throws IOException {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            JobRun run = JobRun.of(
                    JoinIceberg.commandLine(),
                    "--expression",
                    "../data/expression.tsv",
                    "--base-url",
                    service.baseUrl(),
                    "--out",
                    warehouse.toString());

            assertThat(run.complaint()).isEmpty();
            assertThat(run.exitCode()).isZero();
            Recipe.of("iceberg").quotes(JoinIceberg.class).prints(run.printed());
            List<String> kept =
                    run.table().stream().skip(1).map(row -> row.get(0)).toList();
            assertThat(kept).hasSize(9).contains("b0958");
            assertThat(service.requests()).hasSize(1);
            assertThat(service.requests().get(0).ids()).containsExactlyInAnyOrderElementsOf(kept);
        }
    }
}
