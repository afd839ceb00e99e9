package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.ListSyntax;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Reads accessions from text files on any Hadoop file system: one a line, {@code #} starts a comment. */
final class AccessionFiles {
    private final Configuration hadoop;
    private final CompressionCodecFactory codecs;

    AccessionFiles(Configuration hadoop) {
        this.hadoop = hadoop;
        this.codecs = new CompressionCodecFactory(hadoop);
    }

    /**
     * The accessions of files, directories and patterns, in order.
     *
     * @throws NcbiGeneException with {@link ErrorCode#FILE_UNREADABLE} or {@link ErrorCode#INVALID_IDENTIFIER}
     */
    List<String> read(List<String> paths) {
        List<String> accessions = new ArrayList<>();
        for (String path : paths) {
            try {
                for (Path file : files(new Path(path))) {
                    readFile(file, accessions);
                }
            } catch (IOException | IllegalArgumentException e) {
                throw new NcbiGeneException(
                        ErrorCode.FILE_UNREADABLE,
                        "Accessions cannot be read from '" + path + "': " + e.getMessage()
                                + ". Check the path and that this machine may read it.",
                        e);
            }
        }
        return accessions;
    }

    private List<Path> files(Path pattern) throws IOException {
        FileSystem fileSystem = pattern.getFileSystem(hadoop);
        FileStatus[] found = fileSystem.globStatus(pattern);
        if (found == null || found.length == 0) {
            throw new IOException("there is no such file");
        }
        List<Path> files = new ArrayList<>();
        for (FileStatus status : found) {
            if (status.isDirectory()) {
                for (FileStatus inside : fileSystem.listStatus(status.getPath())) {
                    String name = inside.getPath().getName();
                    if (inside.isFile() && !name.startsWith("_") && !name.startsWith(".")) {
                        files.add(inside.getPath());
                    }
                }
            } else {
                files.add(status.getPath());
            }
        }
        files.sort(Path::compareTo);
        return files;
    }

    private void readFile(Path file, List<String> accessions) throws IOException {
        CompressionCodec codec = codecs.getCodec(file);
        try (InputStream raw = file.getFileSystem(hadoop).open(file);
                InputStream text = codec == null ? raw : codec.createInputStream(raw);
                BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                int comment = line.indexOf('#');
                String entry = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!entry.isEmpty()) {
                    accessions.add(checked(entry, file, number));
                }
            }
        }
    }

    private static String checked(String entry, Path file, int line) {
        if (entry.chars().anyMatch(Character::isWhitespace)) {
            throw new NcbiGeneException(
                    ErrorCode.INVALID_IDENTIFIER,
                    "Line " + line + " of " + file + " is '" + entry + "', which is no accession. Give one accession a"
                            + " line; # starts a comment.");
        }
        return ListSyntax.entry("line " + line + " of " + file, entry);
    }
}
