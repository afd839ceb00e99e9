package io.github.sparkncbigene.testkit;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the body of a response in pieces, so that the whole body is never in memory. */
interface Body {
    /** Writes the next piece, one report or less; returns true if there is more. */
    boolean writeNext() throws IOException;

    /** Writes buffered output to the stream on which the body was opened. */
    void flush() throws IOException;

    /** Opens a body on a stream. */
    interface Source {
        Body open(OutputStream out) throws IOException;
    }

    static Source bytes(byte[] bytes) {
        return out -> new Body() {
            @Override
            public boolean writeNext() throws IOException {
                out.write(bytes);
                return false;
            }

            @Override
            public void flush() {}
        };
    }
}
