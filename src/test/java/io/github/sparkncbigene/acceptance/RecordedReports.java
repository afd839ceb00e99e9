package io.github.sparkncbigene.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.check.LiveCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recorded responses of the real service, which are kept beside the project and are not part of it, and those that a live
 * check of the stand-in saves in the same form. The system property {@code ncbi.gene.recorded} names another directory
 * than the one beside the project.
 */
final class RecordedReports {
    private RecordedReports() {}

    /** The directory beside the project, and one that a live check has just written. */
    static Stream<Path> directories() throws IOException, InterruptedException {
        Path saved = Files.createTempDirectory("live-check");
        try (NcbiGeneService service = NcbiGeneService.builder().build().start()) {
            LiveCheck.ofStandIn(URI.create(service.baseUrl())).run(Optional.of(saved));
        }
        return Stream.of(Path.of(System.getProperty("ncbi.gene.recorded")).normalize(), saved);
    }

    /** The directory beside the project; a test that needs it is skipped where it is missing. */
    static Path directory() {
        return existing(Path.of(System.getProperty("ncbi.gene.recorded")).normalize());
    }

    /** A file of the directory beside the project; a test that needs it is skipped where it is missing. */
    static Path file(String name) {
        return existing(directory().resolve(name));
    }

    private static Path existing(Path path) {
        assumeTrue(Files.exists(path), () -> "Skipped for want of " + path);
        return path;
    }

    /** The JSON files of one of the folders of a directory, in the order of their names. */
    static List<Path> json(Path directory, String folder) {
        try (Stream<Path> files = Files.list(existing(directory.resolve(folder)))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
