package io.github.sparkncbigene.table;

import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.service.TooLargeException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/** The lines of a table. Only a line feed ends one: a value may hold any other break. */
final class TableLines implements Closeable {
    private final Reader characters;
    private final DecodeLimits limits;
    private long number;
    private boolean terminated = true;

    /** @param limits on each line */
    TableLines(Reader characters, DecodeLimits limits) {
        this.characters = new BufferedReader(characters, 1 << 16);
        this.limits = limits;
    }

    /** The next line without its line feed; null after the last. */
    String next() throws IOException {
        int c = characters.read();
        if (c < 0) {
            return null;
        }
        number++;
        StringBuilder line = new StringBuilder();
        while (c >= 0 && c != '\n') {
            line.append((char) c);
            if (line.length() > limits.bytes()) {
                throw new TooLargeException(
                        "line " + number + " of the table in it has more than " + Option.MAX_REPORT_BYTES.key() + " = "
                                + limits.bytes() + " bytes",
                        "If that is right, raise " + Option.MAX_REPORT_BYTES.key());
            }
            c = characters.read();
        }
        terminated = c == '\n';
        return line.toString();
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** True if a line feed ends the line that was read last. */
    boolean isTerminated() {
        return terminated;
    }

    @Override
    public void close() throws IOException {
        characters.close();
    }
}
