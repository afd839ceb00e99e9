package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes of a body that are read. */
public final class CountedInputStream extends FilterInputStream {
    private final TaskCounters counters;

    public CountedInputStream(InputStream in, TaskCounters counters) {
        super(in);
        this.counters = counters;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        counters.add(Counter.BYTES_DECODED, b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        counters.add(Counter.BYTES_DECODED, Math.max(n, 0));
        return n;
    }
}
