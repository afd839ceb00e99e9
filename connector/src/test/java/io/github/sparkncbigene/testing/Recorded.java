package io.github.sparkncbigene.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recorded responses of the real service, which are kept beside the project and are not part of it. The system property
 * {@code ncbi.gene.recorded} names another directory, such as one that a live check has saved.
 */
public final class Recorded {
    private static final Path DIRECTORY = Path.of(System.getProperty(
                    "ncbi.gene.recorded",
                    Path.of(System.getProperty("basedir", "."), "..", "..", "shared", "real")
                            .toString()))
            .normalize();

    private Recorded() {}

    /** One recording; a test that needs it is skipped where it is missing. */
    public static Path file(String name) {
        Path file = DIRECTORY.resolve(name);
        assumeTrue(Files.exists(file), () -> "Skipped for want of " + file.toAbsolutePath());
        return file;
    }

    /** The JSON files of one of the folders, in the order of their names. */
    public static List<Path> json(String folder) {
        try (Stream<Path> files = Files.list(file(folder))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
