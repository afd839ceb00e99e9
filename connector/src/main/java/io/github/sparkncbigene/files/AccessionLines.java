package io.github.sparkncbigene.files;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.text.Blanks;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Reads the lines of a file, and counts their bytes: a stream remembers its place in a file as a position between two
 * lines. A line ends with LF, CRLF or CR.
 */
final class AccessionLines implements Closeable {
    /** Longest line, in bytes. A file with more bytes before its first line end is not a list. */
    private static final int LONGEST = 1 << 20;

    /** The character that replaces bytes that are not UTF-8. */
    private static final char NOT_DECODED = '\uFFFD';

    private final InputStream text;
    private final Path file;
    private final long from;
    private final long to;
    // Replaces Java's own buffered stream, which takes a lock for each byte.
    private final byte[] buffer = new byte[1 << 13];
    private int at;
    private int end;
    private byte[] line = new byte[64];
    private long position;
    private long lineStart;
    private long number;
    private boolean terminated;
    private Optional<String> accession = Optional.empty();

    /**
     * @param from current position of the text, in bytes
     * @param to position at which reading stops at the latest
     */
    AccessionLines(InputStream text, Path file, long from, long to) {
        this.text = text;
        this.file = file;
        this.from = from;
        this.position = from;
        this.lineStart = from;
        this.to = to;
    }

    /**
     * Moves to the next line; returns false after the last one.
     *
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_IDENTIFIER} if the file is not text, or has no lines
     */
    boolean next() throws IOException {
        lineStart = position;
        terminated = false;
        int length = 0;
        while (!terminated && peek() >= 0) {
            int b = peek();
            take();
            if (b == '\n') {
                terminated = true;
            } else if (b == '\r') {
                terminated = true;
                if (peek() == '\n') {
                    take();
                }
            } else {
                if (length == LONGEST) {
                    throw tooLong();
                }
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
                line[length++] = (byte) b;
            }
        }
        if (!terminated && length == 0) {
            return false;
        }
        number++;
        accession = entry(new String(line, 0, length, StandardCharsets.UTF_8));
        accession.ifPresent(this::checkIsText);
        return true;
    }

    /** Returns the accession of the current line; empty if it has none. */
    Optional<String> accession() {
        return accession;
    }

    /** Returns the place of the current line, for a message. */
    String place() {
        return from == 0 ? "line " + number + " of " + file : "the line at byte " + lineStart + " of " + file;
    }

    /** Returns the current position, in bytes of the text. */
    long position() {
        return position;
    }

    /** Returns true if the current line ends with a line end. */
    boolean isTerminated() {
        return terminated;
    }

    /** Returns true if no text follows. */
    boolean isAtEnd() throws IOException {
        return peek() < 0;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    /**
     * Returns the text of a line without its comment, white space, and one pair of quotes; empty if nothing remains.
     */
    static Optional<String> entry(String line) {
        String entry = Blanks.strip(line);
        char quote = entry.isEmpty() ? 0 : entry.charAt(0);
        int closing = quote == '"' || quote == '\'' ? entry.indexOf(quote, 1) : -1;
        String after = closing < 0 ? "" : Blanks.strip(entry.substring(closing + 1));
        if (closing > 0 && (after.isEmpty() || after.charAt(0) == '#')) {
            entry = entry.substring(1, closing);
        } else {
            int comment = entry.indexOf('#');
            entry = comment < 0 ? entry : entry.substring(0, comment);
        }
        return Optional.of(Blanks.strip(entry)).filter(left -> !left.isEmpty());
    }

    private void checkIsText(String entry) {
        for (int i = 0; i < entry.length(); i++) {
            char c = entry.charAt(i);
            if (c == NOT_DECODED || (Character.isISOControl(c) && !Blanks.isBlank(c))) {
                String place = place();
                throw NcbiGeneException.of(
                        ErrorCode.INVALID_IDENTIFIER,
                        Character.toUpperCase(place.charAt(0)) + place.substring(1) + " is '" + Quoted.of(entry)
                                + "', which is not UTF-8 text. Use a text file with one accession per line. A"
                                + " compressed file needs a name that says so, such as accessions.txt.gz.");
            }
        }
    }

    /** Returns the next byte without consuming it; below 0 at the end. */
    private int peek() throws IOException {
        if (position >= to) {
            return -1;
        }
        if (at == end) {
            at = 0;
            end = Math.max(0, text.read(buffer));
        }
        return at < end ? buffer[at] & 0xFF : -1;
    }

    private void take() {
        at++;
        position++;
    }

    private NcbiGeneException tooLong() {
        return NcbiGeneException.of(
                ErrorCode.INVALID_IDENTIFIER,
                "A line of " + file + " is longer than " + LONGEST
                        + " characters. Use a text file with one accession per line.");
    }
}
