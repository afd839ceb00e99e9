package io.github.sparkncbigene.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * A stream that a background thread reads ahead, by a few buffers at most. The background thread's exceptions are
 * thrown here, after the bytes that it read before. For one reader.
 */
final class AheadInputStream extends InputStream {
    /**
     * Buffer size in bytes: large enough that the threads rarely wait for each other, small enough to stay in the CPU's
     * cache.
     */
    static final int BUFFER = 1 << 17;

    static final int BUFFERS = 4;

    private static final class Portion {
        private final byte[] bytes = new byte[BUFFER];
        private int length;
        private int read;

        /** Fills the buffer; returns true if the source may hold more bytes. */
        boolean fill(InputStream source) throws IOException {
            read = 0;
            length = 0;
            while (length < bytes.length) {
                int count = source.read(bytes, length, bytes.length - length);
                if (count < 0) {
                    return false;
                }
                length += count;
            }
            return true;
        }
    }

    private final Portion[] ring = Stream.generate(Portion::new).limit(BUFFERS).toArray(Portion[]::new);
    private final Semaphore free = new Semaphore(BUFFERS);
    private final Semaphore filled = new Semaphore(0);
    private Portion current;
    private int permit;
    private volatile Throwable failure;
    /** Number of buffers that were filled in all; unknown until the source ends. */
    private volatile int end = Integer.MAX_VALUE;

    private volatile boolean closed;

    /**
     * @param source the stream to read; closed when it was read to its end, or when this stream is closed
     * @param executor starts the background thread without delay
     */
    AheadInputStream(InputStream source, Executor executor) {
        executor.execute(() -> fill(source));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        while (permit < end && (current == null || current.read == current.length)) {
            next();
        }
        if (permit == end) {
            throwFailure();
            return -1;
        }
        int count = Math.min(length, current.length - current.read);
        System.arraycopy(current.bytes, current.read, bytes, offset, count);
        current.read += count;
        return count;
    }

    /** Stops the background thread. */
    @Override
    public void close() {
        closed = true;
        free.release();
    }

    private void next() throws IOException {
        if (current != null) {
            permit++;
            free.release();
        }
        try {
            filled.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The task was ended", e);
        }
        if (closed) {
            throw new IOException("the reader is closed");
        }
        current = ring[permit % BUFFERS];
    }

    private void throwFailure() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException("A response cannot be read ahead", failure);
        }
    }

    private void fill(InputStream source) {
        int filling = 0;
        try (source) {
            boolean goesOn = true;
            while (goesOn) {
                free.acquire();
                try {
                    goesOn = !closed && ring[filling % BUFFERS].fill(source);
                } finally {
                    filling++;
                    filled.release();
                }
            }
        } catch (Throwable e) {
            // The reader has to receive any exception.
            failure = e;
        }
        end = filling;
        filled.release();
    }
}
