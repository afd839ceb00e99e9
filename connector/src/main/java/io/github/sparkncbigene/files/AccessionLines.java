package io.github.sparkncbigene.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The lines of a file, and how far they reach: what a stream remembers of the file is a position between two lines. */
final class AccessionLines implements Closeable {
    private final BufferedInputStream text;
    private final Path file;
    private final long to;
    private long position;
    private long lineStart;
    private boolean terminated;
    private Optional<String> accession = Optional.empty();

    /**
     * @param from where the text stands, in bytes
     * @param to where it ends at the latest
     */
    AccessionLines(BufferedInputStream text, Path file, long from, long to) {
        this.text = text;
        this.file = file;
        this.position = from;
        this.lineStart = from;
        this.to = to;
    }

    /** Goes to the next line; false after the last. */
    boolean next() throws IOException {
        lineStart = position;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);
        terminated = false;
        while (!terminated && position < to) {
            int b = text.read();
            if (b < 0) {
                break;
            }
            position++;
            if (b == '\n') {
                terminated = true;
            } else {
                bytes.write(b);
            }
            if (bytes.size() > TextLines.LONGEST) {
                throw TextLines.tooLong(file);
            }
        }
        if (!terminated && bytes.size() == 0) {
            return false;
        }
        accession = AccessionFiles.accession(
                bytes.toString(StandardCharsets.UTF_8), () -> "the line at byte " + lineStart + " of " + file);
        return true;
    }

    /** The accession of the line read last; empty where it has none. */
    Optional<String> accession() {
        return accession;
    }

    /** Where the line read last begins. */
    long lineStart() {
        return lineStart;
    }

    /** What is read so far, in bytes of the text. */
    long position() {
        return position;
    }

    /** Whether the line read last had its end. */
    boolean isTerminated() {
        return terminated;
    }

    /** Whether there is no more text. */
    boolean isAtEnd() throws IOException {
        if (position >= to) {
            return true;
        }
        text.mark(1);
        boolean ended = text.read() < 0;
        text.reset();
        return ended;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
