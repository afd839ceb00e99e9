package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes of a body that are read. */
public final class CountedInputStream extends FilterInputStream {
    private final Tally tally;

    public CountedInputStream(InputStream in, Tally tally) {
        super(in);
        this.tally = tally;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        tally.add(Counter.BYTES_DECODED, b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        tally.add(Counter.BYTES_DECODED, Math.max(n, 0));
        return n;
    }
}
