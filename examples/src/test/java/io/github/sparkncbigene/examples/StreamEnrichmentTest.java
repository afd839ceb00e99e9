package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamEnrichmentTest {
    @TempDir
    private Path directory;

    private JobRun run(NcbiGeneService service) {
        return JobRun.of(
                StreamEnrichment.commandLine(),
                "--accessions",
                directory.resolve("accessions").toString(),
                "--base-url",
                service.baseUrl(),
                "--out",
                directory.resolve("genes").toString(),
                "--checkpoint",
                directory.resolve("checkpoint").toString());
    }

    private void comes(String file) throws IOException {
        Path to = Files.createDirectories(directory.resolve("accessions"));
        Files.copy(Path.of("data", "accessions", file), to.resolve(file));
    }

    @Test
    void aSecondRunAsksForWhatCameSince() throws IOException {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            comes("2026-10.txt");
            JobRun first = run(service);
            List<RecordedRequest> before = List.copyOf(service.requests());
            comes("2026-11.txt");
            JobRun second = run(service);
            List<RecordedRequest> since =
                    service.requests().subList(before.size(), service.requests().size());

            assertThat(first.complaint() + second.complaint()).isEmpty();
            assertThat(first.table()).hasSize(1 + 3);
            assertThat(second.table()).hasSize(1 + 6);
            assertThat(before).hasSize(1);
            assertThat(since).hasSize(1);
            assertThat(since.get(0).ids()).containsExactlyInAnyOrder("NM_021803.4", "NM_003002.4", "NM_000000000.1");
            Recipe.of("streaming").quotes(StreamEnrichment.class).prints(first.printed(), second.printed());
        }
    }

    @Test
    void aRunWithoutNewFilesAsksNothing() throws IOException {
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            comes("2026-10.txt");
            run(service);
            JobRun again = run(service);

            assertThat(again.table()).hasSize(1 + 3);
            assertThat(service.requests()).hasSize(1);
        }
    }
}
