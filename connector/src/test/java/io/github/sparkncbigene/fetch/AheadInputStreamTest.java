package io.github.sparkncbigene.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AheadInputStreamTest {
    private static final int ALL_BUFFERS = AheadInputStream.BUFFER * AheadInputStream.BUFFERS;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdown();
        // No thread is left behind, whatever a test did.
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private AheadInputStream ahead(InputStream source) {
        return new AheadInputStream(source, threads);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private interface NextByte {
        int get() throws IOException;
    }

    /** Gives a byte at a time. */
    private static final class Slow extends InputStream {
        private final NextByte next;
        private final CountDownLatch closed = new CountDownLatch(1);

        Slow(NextByte next) {
            this.next = next;
        }

        @Override
        public int read() throws IOException {
            return next.get();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int b = next.get();
            into[offset] = (byte) b;
            return b < 0 ? -1 : 1;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static InputStream failing(Throwable why) {
        return new Slow(() -> {
            if (why instanceof IOException e) {
                throw e;
            }
            if (why instanceof Error e) {
                throw e;
            }
            throw (RuntimeException) why;
        });
    }

    private static int waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
            return -1;
        } catch (InterruptedException e) {
            throw new IOException("the reader is closed", e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                AheadInputStream.BUFFER - 1,
                AheadInputStream.BUFFER,
                AheadInputStream.BUFFER + 1,
                ALL_BUFFERS,
                3 * ALL_BUFFERS + 7
            })
    void isWhatItsSourceIs(int length) throws IOException {
        byte[] bytes = bytes(length);
        Random random = new Random(length);
        InputStream trickle = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int most) {
                return super.read(into, offset, Math.min(most, 1 + random.nextInt(50_000)));
            }
        };

        AheadInputStream ahead = ahead(trickle);

        assertThat(ahead.readAllBytes()).isEqualTo(bytes);
        assertThat(ahead.read()).isEqualTo(-1);
        assertThat(ahead.read(new byte[3])).isEqualTo(-1);
    }

    @Test
    void singleBytes() throws IOException {
        AheadInputStream ahead = ahead(new ByteArrayInputStream(new byte[] {7, -1}));

        assertThat(ahead.read()).isEqualTo(7);
        assertThat(ahead.read()).isEqualTo(255);
        assertThat(ahead.read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, AheadInputStream.BUFFER, ALL_BUFFERS + 5})
    void whatGoesWrongIsThrownBehindWhatCameBefore(int before) throws IOException {
        EOFException cut = new EOFException("Unexpected end of ZLIB input stream");
        AheadInputStream ahead = ahead(new SequenceInputStream(new ByteArrayInputStream(bytes(before)), failing(cut)));

        assertThat(ahead.readNBytes(before)).isEqualTo(bytes(before));
        assertThatThrownBy(ahead::read).isSameAs(cut);
        assertThatThrownBy(ahead::read).isSameAs(cut);
    }

    @Test
    void anErrorIsThrownAsItIs() {
        OutOfMemoryError error = new OutOfMemoryError("made up");

        assertThatThrownBy(ahead(failing(error))::read).isSameAs(error);
        assertThatThrownBy(ahead(failing(new ArithmeticException("made up")))::read)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("made up");
    }

    @Test
    void takesNoMoreThanItsBuffersHold() throws Exception {
        AtomicLong taken = new AtomicLong();
        CountDownLatch full = new CountDownLatch(ALL_BUFFERS);
        Slow endless = new Slow(() -> {
            taken.incrementAndGet();
            full.countDown();
            return 1;
        });
        try (AheadInputStream ahead = ahead(endless)) {
            full.await();
            assertThat(ahead.read()).isEqualTo(1);
            assertThat(taken).hasValue(ALL_BUFFERS);

            ahead.readNBytes(3 * ALL_BUFFERS);
            assertThat(taken.get()).isBetween(3L * ALL_BUFFERS, 5L * ALL_BUFFERS);
        }
        // The source was closed, and the thread given back.
        endless.closed.await();
    }

    @Test
    void whoWaitsIsInterrupted() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AheadInputStream ahead = ahead(new Slow(() -> waitFor(never)));
        Thread.currentThread().interrupt();

        assertThatThrownBy(ahead::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The task was ended");
        assertThat(Thread.interrupted()).isTrue();
        never.countDown();
    }

    @Test
    void whoWaitsIsWokenWhenTheThreadsAreInterrupted() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        AheadInputStream ahead = ahead(new Slow(() -> {
            reading.countDown();
            return waitFor(new CountDownLatch(1));
        }));
        reading.await();
        threads.shutdownNow();

        assertThatThrownBy(ahead::read).isInstanceOf(IOException.class).hasMessage("the reader is closed");
    }
}
