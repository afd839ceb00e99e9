package io.github.sparkncbigene.files;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.text.AccessionText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Reads accessions from text files on any Hadoop file system: one per line; {@code #} starts a comment. */
public final class AccessionFiles {
    private final Configuration hadoop;
    private final CompressionCodecFactory codecs;

    public AccessionFiles(Configuration hadoop) {
        this.hadoop = hadoop;
        this.codecs = new CompressionCodecFactory(hadoop);
    }

    /**
     * Reads the accessions of files, directories and patterns, in order.
     *
     * @param accessions takes each accession and its place in the files; there may be many
     * @throws NcbiGeneException with {@link ErrorCode#FILE_UNREADABLE} or {@link ErrorCode#INVALID_IDENTIFIER}
     */
    public void read(List<String> paths, BiConsumer<String, Supplier<String>> accessions) {
        for (String path : paths) {
            try {
                List<FileStatus> files = files(new Path(path));
                if (files.isEmpty()) {
                    throw new IOException("no file matches, or the directory is empty");
                }
                for (FileStatus file : files) {
                    readFile(file.getPath(), accessions);
                }
            } catch (NcbiGeneException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                // Many file systems throw exceptions of their own, above all if classes or settings are missing.
                throw unreadable(path, e);
            }
        }
    }

    /**
     * Lists the existing files, in order. The list is empty for an empty directory and for a pattern that matches
     * nothing yet.
     *
     * @throws NcbiGeneException with {@link ErrorCode#FILE_UNREADABLE}, also if a path without a pattern does not exist
     */
    List<FileStatus> list(List<String> paths) {
        List<FileStatus> files = new ArrayList<>();
        for (String path : paths) {
            try {
                files.addAll(files(new Path(path)));
            } catch (NcbiGeneException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                // Many file systems throw exceptions of their own, above all if classes or settings are missing.
                throw unreadable(path, e);
            }
        }
        return files;
    }

    /**
     * Opens the lines of a file from a position on, counted in bytes of its text.
     *
     * @param from start position, which must be the beginning of a line
     * @param to position at which reading stops at the latest
     * @throws EOFException if the text ends before {@code from}
     */
    AccessionLines lines(Path file, long from, long to) throws IOException {
        CompressionCodec codec = codecs.getCodec(file);
        FSDataInputStream raw = file.getFileSystem(hadoop).open(file);
        try {
            InputStream text = raw;
            if (codec == null) {
                raw.seek(from);
            } else {
                text = codec.createInputStream(raw);
                text.skipNBytes(from);
            }
            return new AccessionLines(text, file, from, to);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /**
     * Computes a digest of the start of a file, which differs for another text of the same length.
     *
     * @param length number of bytes that the digest covers
     * @return empty if the text is shorter
     */
    Optional<String> digest(Path file, long length) throws IOException {
        CompressionCodec codec = codecs.getCodec(file);
        try (FSDataInputStream raw = file.getFileSystem(hadoop).open(file);
                InputStream text = codec == null ? raw : codec.createInputStream(raw)) {
            return TextDigest.of(text, length);
        }
    }

    /** Returns true if the file is not compressed: its text is as long as the file. */
    boolean isPlain(Path file) {
        return codecs.getCodec(file) == null;
    }

    static NcbiGeneException unreadable(String path, Exception why) {
        return NcbiGeneException.of(
                ErrorCode.FILE_UNREADABLE,
                "Accessions cannot be read from '" + Quoted.of(path) + "': "
                        + (why.getMessage() == null ? why : why.getMessage())
                        + ". " + remedy(path),
                why);
    }

    /** Users sometimes pass accessions where a path is expected. */
    private static String remedy(String path) {
        List<String> entries = List.of(path.strip().split("[,\\s]+"));
        boolean accessions = entries.stream().allMatch(entry -> AccessionText.isOne(entry.toUpperCase(Locale.ROOT)));
        boolean geneIds = entries.stream().allMatch(entry -> entry.matches("\\d{1,10}"));
        if (!accessions && !geneIds) {
            return "Check the path, and that this machine can read it.";
        }
        String option = accessions ? "accessions" : "gene_ids";
        String words = accessions ? "an accession" : "a GeneID";
        return "It looks like " + (entries.size() == 1 ? words : "a list of " + option) + ", not a path: give it with"
                + " option(\"" + option + "\", \"" + Quoted.of(path.strip()) + "\").load().";
    }

    private List<FileStatus> files(Path pattern) throws IOException {
        FileSystem fileSystem = pattern.getFileSystem(hadoop);
        FileStatus[] found = fileSystem.globStatus(pattern);
        if (found == null) {
            throw new IOException("the file does not exist");
        }
        List<FileStatus> files = new ArrayList<>();
        for (FileStatus status : found) {
            if (status.isDirectory()) {
                for (FileStatus inside : fileSystem.listStatus(status.getPath())) {
                    String name = inside.getPath().getName();
                    if (inside.isFile() && !name.startsWith("_") && !name.startsWith(".")) {
                        files.add(inside);
                    }
                }
            } else {
                files.add(status);
            }
        }
        files.sort(Comparator.comparing(FileStatus::getPath));
        return files;
    }

    private void readFile(Path file, BiConsumer<String, Supplier<String>> accessions) throws IOException {
        try (AccessionLines lines = lines(file, 0, Long.MAX_VALUE)) {
            while (lines.next()) {
                lines.accession().ifPresent(accession -> accessions.accept(accession, lines::place));
            }
        }
    }
}
