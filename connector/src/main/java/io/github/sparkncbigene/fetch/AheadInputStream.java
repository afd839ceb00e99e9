package io.github.sparkncbigene.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Bytes that cost time to get, which another thread gets: it is ahead of who reads them, by some buffers at most. What
 * goes wrong there is thrown here, behind the bytes that came before. For one reader.
 */
final class AheadInputStream extends InputStream {
    /** Large enough for one thread to seldom wait for the other, small enough for the bytes to stay in the cache. */
    static final int BUFFER = 1 << 17;

    static final int BUFFERS = 4;

    private static final class Portion {
        private final byte[] bytes = new byte[BUFFER];
        private int length;
        private int read;

        /** Takes as many bytes as there is room for; whether there may be more. */
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
    private int turn;
    private volatile Throwable trouble;
    /** The turn after the last; not known before. */
    private volatile int end = Integer.MAX_VALUE;

    private volatile boolean closed;

    /**
     * @param source is closed when it was read to its end, or this is closed
     * @param executor has a thread for it at once
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
        while (turn < end && (current == null || current.read == current.length)) {
            next();
        }
        if (turn == end) {
            throwTrouble();
            return -1;
        }
        int count = Math.min(length, current.length - current.read);
        System.arraycopy(current.bytes, current.read, bytes, offset, count);
        current.read += count;
        return count;
    }

    /** Nobody reads any more. */
    @Override
    public void close() {
        closed = true;
        free.release();
    }

    private void next() throws IOException {
        if (current != null) {
            turn++;
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
        current = ring[turn % BUFFERS];
    }

    private void throwTrouble() throws IOException {
        if (trouble instanceof IOException e) {
            throw e;
        }
        if (trouble instanceof Error e) {
            throw e;
        }
        if (trouble != null) {
            throw new IllegalStateException("An answer cannot be read ahead", trouble);
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
            // Whatever it is, the reader has to hear of it.
            trouble = e;
        }
        end = filling;
        filled.release();
    }
}
