package io.github.sparkncbigene.acceptance;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The files below a directory, while somebody else may be writing there. {@link Files#walk} fails when a file, such as
 * one that Hadoop renames, is gone between its listing and the look at it.
 */
final class FilesBelow {
    private FilesBelow() {}

    /** Returns the files in the order of their paths; none if there is no directory. */
    static List<Path> of(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        found.sort(null);
        return found;
    }

    /** Returns those whose name ends so. */
    static List<Path> of(Path directory, String suffix) throws IOException {
        return of(directory).stream()
                .filter(file -> file.toString().endsWith(suffix))
                .toList();
    }
}
