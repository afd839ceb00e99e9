package io.github.sparkncbigene.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Recorded answers of the real service, which are kept beside the project and are not part of it. */
final class RecordedReports {
    private RecordedReports() {}

    /** Their directory; a test that needs it is skipped where it is missing. */
    static Path directory() {
        Path directory = Path.of(System.getProperty("ncbi.gene.recorded")).normalize();
        assumeTrue(
                Files.isDirectory(directory),
                () -> "Skipped: there are no recorded answers of the real service in " + directory);
        return directory;
    }

    /** The JSON files of one of its folders, in the order of their names. */
    static List<Path> json(String folder) {
        try (Stream<Path> files = Files.list(directory().resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
