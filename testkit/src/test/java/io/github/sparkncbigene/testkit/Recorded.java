package io.github.sparkncbigene.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The recorded responses of the real service, which are kept outside of the repository. */
final class Recorded {
    private static final Path DIRECTORY = Path.of(System.getProperty("basedir", ""), "../../shared/real")
            .toAbsolutePath()
            .normalize();

    private Recorded() {}

    /** Where they are; without them, the test is skipped. */
    static Path directory() {
        assumeTrue(Files.isDirectory(DIRECTORY), () -> "Skipped for want of " + DIRECTORY);
        return DIRECTORY;
    }
}
