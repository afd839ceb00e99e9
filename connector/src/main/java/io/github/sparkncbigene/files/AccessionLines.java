package io.github.sparkncbigene.files;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.options.Blanks;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The lines of a file, and how far they reach in bytes: what a stream remembers of a file is a position between two
 * lines. A line ends with LF, CRLF or CR.
 */
final class AccessionLines implements Closeable {
    /** Bytes of a line; a file with more before the first line end is no list. */
    private static final int LONGEST = 1 << 20;

    /** What bytes that are no UTF-8 are decoded to. */
    private static final char NOT_DECODED = '\uFFFD';

    private final InputStream text;
    private final Path file;
    private final long from;
    private final long to;
    // Java's own buffered stream takes a lock for each byte.
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
     * @param from where the text stands, in bytes
     * @param to where it ends at the latest
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
     * Goes to the next line; false after the last.
     *
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_IDENTIFIER} where the file is no text, or has no lines
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

    /** The accession of the line read last; empty where it has none. */
    Optional<String> accession() {
        return accession;
    }

    /** Where the line read last stands, for a message. */
    String place() {
        return from == 0 ? "line " + number + " of " + file : "the line at byte " + lineStart + " of " + file;
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
        return peek() < 0;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    /** The text of a line without its comment, white space, and one pair of quotes; empty where nothing is left. */
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
                throw new NcbiGeneException(
                        ErrorCode.INVALID_IDENTIFIER,
                        Character.toUpperCase(place.charAt(0)) + place.substring(1) + " is '" + Quoted.of(entry)
                                + "', which is no text in UTF-8. Give a text file with one accession a line; a"
                                + " compressed one by a name that says so, such as accessions.txt.gz.");
            }
        }
    }

    /** The next byte, which stays the next; below 0 at the end. */
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
        return new NcbiGeneException(
                ErrorCode.INVALID_IDENTIFIER,
                "A line of " + file + " is longer than " + LONGEST
                        + " characters. Give a text file with one accession a line.");
    }
}
