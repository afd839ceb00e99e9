package io.github.sparkncbigene.service;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails after a number of bytes: a few compressed bytes can inflate without limit. */
final class BoundedInputStream extends FilterInputStream {
    private final long most;
    private final String option;
    private long read;

    /** @param option the option that sets the limit, for the error */
    BoundedInputStream(InputStream in, long most, String option) {
        super(in);
        this.most = most;
        this.option = option;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        count(Math.max(n, 0));
        return n;
    }

    private void count(int bytes) throws TooLargeException {
        read += bytes;
        if (read > most) {
            throw new TooLargeException(
                    "it is larger than " + option + " = " + most, "Lower batch_size or page_size, or raise the limit");
        }
    }
}
