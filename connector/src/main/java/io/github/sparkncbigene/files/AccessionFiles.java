package io.github.sparkncbigene.files;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.options.ListSyntax;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Reads accessions from text files on any Hadoop file system: one a line, {@code #} starts a comment. */
public final class AccessionFiles {
    /** What some editors begin a file with. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** What bytes that are no UTF-8 are decoded to. */
    private static final char NOT_DECODED = '\uFFFD';

    private final Configuration hadoop;
    private final CompressionCodecFactory codecs;

    public AccessionFiles(Configuration hadoop) {
        this.hadoop = hadoop;
        this.codecs = new CompressionCodecFactory(hadoop);
    }

    /**
     * Reads the accessions of files, directories and patterns, in order.
     *
     * @param accessions takes each; there may be many
     * @throws NcbiGeneException with {@link ErrorCode#FILE_UNREADABLE} or {@link ErrorCode#INVALID_IDENTIFIER}
     */
    public void read(List<String> paths, Consumer<String> accessions) {
        for (String path : paths) {
            try {
                List<FileStatus> files = files(new Path(path));
                if (files.isEmpty()) {
                    throw new IOException("there is no such file, or none in the directory");
                }
                for (FileStatus file : files) {
                    readFile(file.getPath(), accessions);
                }
            } catch (NcbiGeneException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                // File systems fail in ways of their own, above all where their classes or settings are missing.
                throw unreadable(path, e);
            }
        }
    }

    /**
     * The files there are now, in order; none where a directory is empty or nothing is of a pattern yet.
     *
     * @throws NcbiGeneException with {@link ErrorCode#FILE_UNREADABLE}, also where a path without a pattern is not there
     */
    List<FileStatus> list(List<String> paths) {
        List<FileStatus> files = new ArrayList<>();
        for (String path : paths) {
            try {
                files.addAll(files(new Path(path)));
            } catch (NcbiGeneException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                // File systems fail in ways of their own, above all where their classes or settings are missing.
                throw unreadable(path, e);
            }
        }
        return files;
    }

    /**
     * The lines of a file from a position on, counted in bytes of its text.
     *
     * @param from which must be the beginning of a line
     * @param to where reading ends at the latest
     * @throws EOFException if there is less text
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
            return new AccessionLines(new BufferedInputStream(text), file, from, to);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /**
     * Tells the text at the start of a file from another text of the same length.
     *
     * @param length of the text, in bytes
     * @return empty if there is less text
     */
    Optional<String> digest(Path file, long length) throws IOException {
        CompressionCodec codec = codecs.getCodec(file);
        try (FSDataInputStream raw = file.getFileSystem(hadoop).open(file);
                InputStream text = codec == null ? raw : codec.createInputStream(raw)) {
            return TextDigest.of(text, length);
        }
    }

    /** Whether the text of a file is as long as the file. */
    boolean isPlain(Path file) {
        return codecs.getCodec(file) == null;
    }

    static NcbiGeneException unreadable(String path, Exception why) {
        return new NcbiGeneException(
                ErrorCode.FILE_UNREADABLE,
                "Accessions cannot be read from '" + Quoted.of(path) + "': "
                        + (why.getMessage() == null ? why : why.getMessage())
                        + ". Check the path and that this machine may read it.",
                why);
    }

    /**
     * The accession of a line; empty where it has none.
     *
     * @param where the line is, for errors
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_IDENTIFIER}
     */
    static Optional<String> accession(String line, Supplier<String> where) {
        int comment = line.indexOf('#');
        String uncommented = comment < 0 ? line : line.substring(0, comment);
        String entry = uncommented.replace(BYTE_ORDER_MARK, "").strip();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        // Streams of characters take longer than all else, and there may be a million lines.
        if (ListSyntax.isEntry(entry) && !holdsWhitespace(entry) && entry.indexOf(NOT_DECODED) < 0) {
            return Optional.of(entry);
        }
        boolean text = entry.chars().noneMatch(c -> c == NOT_DECODED || isControl(c));
        String place = where.get();
        throw new NcbiGeneException(
                ErrorCode.INVALID_IDENTIFIER,
                Character.toUpperCase(place.charAt(0)) + place.substring(1) + " is '" + Quoted.of(entry)
                        + "', which is no "
                        + (text
                                ? "accession. Give one accession a line; # starts a comment."
                                : "text in UTF-8. Give a text file with one accession a line; a compressed one by a"
                                        + " name that says so, such as accessions.txt.gz."));
    }

    private static boolean holdsWhitespace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && !Character.isWhitespace(c);
    }

    private List<FileStatus> files(Path pattern) throws IOException {
        FileSystem fileSystem = pattern.getFileSystem(hadoop);
        FileStatus[] found = fileSystem.globStatus(pattern);
        if (found == null) {
            throw new IOException("there is no such file");
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

    private void readFile(Path file, Consumer<String> accessions) throws IOException {
        CompressionCodec codec = codecs.getCodec(file);
        try (InputStream raw = file.getFileSystem(hadoop).open(file);
                InputStream text = codec == null ? raw : codec.createInputStream(raw);
                Reader characters = new InputStreamReader(text, StandardCharsets.UTF_8)) {
            TextLines lines = new TextLines(characters, file);
            for (String line = lines.next(); line != null; line = lines.next()) {
                accession(line, () -> "line " + lines.number() + " of " + file).ifPresent(accessions);
            }
        }
    }
}
