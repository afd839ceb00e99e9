package io.github.sparkncbigene.testkit;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the body of a response piece by piece, so that it is never whole in memory. */
interface Body {
    /** Writes the next piece, a report or less, and tells whether there is more. */
    boolean writeNext() throws IOException;

    /** Gives all that is held back to the stream the body was opened on. */
    void flush() throws IOException;

    /** A body that can be written to a stream. */
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
