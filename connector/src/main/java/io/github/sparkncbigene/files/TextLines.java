package io.github.sparkncbigene.files;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import java.io.IOException;
import java.io.Reader;
import org.apache.hadoop.fs.Path;

/** The lines of a text, however they end, none of them longer than memory bears. */
final class TextLines {
    /** Characters, or bytes, of a line; a file with more before the first line end is no list. */
    static final int LONGEST = 1 << 20;

    private final Reader text;
    private final Path file;
    // Java's own buffered reader takes a lock for each character.
    private final char[] buffer = new char[1 << 13];
    private int at;
    private int end;
    private boolean afterReturn;
    private int number;

    TextLines(Reader text, Path file) {
        this.text = text;
        this.file = file;
    }

    /** The next line without its end; null after the last. */
    String next() throws IOException {
        int c = read();
        if (afterReturn && c == '\n') {
            c = read();
        }
        afterReturn = false;
        if (c < 0) {
            return null;
        }
        number++;
        StringBuilder line = new StringBuilder(32);
        while (c >= 0 && c != '\n' && c != '\r') {
            if (line.length() == LONGEST) {
                throw tooLong(file);
            }
            line.append((char) c);
            c = read();
        }
        afterReturn = c == '\r';
        return line.toString();
    }

    private int read() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, text.read(buffer));
        }
        return at < end ? buffer[at++] : -1;
    }

    /** The number of the line read last, from 1. */
    int number() {
        return number;
    }

    static NcbiGeneException tooLong(Path file) {
        return new NcbiGeneException(
                ErrorCode.INVALID_IDENTIFIER,
                "A line of " + file + " is longer than " + LONGEST
                        + " characters. Give a text file with one accession a line.");
    }
}
