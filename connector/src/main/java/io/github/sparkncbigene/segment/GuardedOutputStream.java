package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.files.FileSystemGuard;
import java.io.IOException;
import java.io.OutputStream;

/** A file that is written by steps of which each may take its time, but none hang. */
final class GuardedOutputStream extends OutputStream {
    private final OutputStream out;
    private final FileSystemGuard guard;
    private long written;

    GuardedOutputStream(OutputStream out, FileSystemGuard guard) {
        this.out = out;
        this.guard = guard;
    }

    /** Bytes so far. */
    long written() {
        return written;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        guard.run(() -> {
            out.write(bytes, from, length);
            return null;
        });
        written += length;
    }
}
