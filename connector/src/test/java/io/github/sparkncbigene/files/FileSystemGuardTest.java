package io.github.sparkncbigene.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileSystemGuardTest {
    private final String directory = "memory:/" + UUID.randomUUID();
    private final FileSystemGuard guard = new FileSystemGuard(directory, Duration.ofMinutes(1));
    private final FileSystemGuard impatient = new FileSystemGuard(directory, Duration.ofMillis(20));

    static Stream<Throwable> whatFileSystemsThrow() {
        return Stream.of(
                fsError(),
                new NoClassDefFoundError("com/amazonaws/AmazonClientException"),
                new ExceptionInInitializerError("native"),
                new UnsatisfiedLinkError("hadoop"),
                new StackOverflowError(),
                new InternalError("a fault occurred in an unsafe memory access operation"),
                new AssertionError("no such block"),
                new IllegalStateException("Filesystem closed"),
                new InterruptedException());
    }

    private static FSError fsError() {
        try {
            var made = FSError.class.getDeclaredConstructor(Throwable.class);
            made.setAccessible(true);
            return made.newInstance(new IOException("No space left on device"));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    private static Void thrown(Throwable what) throws Exception {
        if (what instanceof Error error) {
            throw error;
        }
        throw (Exception) what;
    }

    @ParameterizedTest
    @MethodSource("whatFileSystemsThrow")
    void whateverAFileSystemThrowsIsAnIoException(Throwable what) {
        assertThatThrownBy(() -> guard.run(() -> thrown(what)))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage(what.toString())
                .hasCause(what);
        assertThat(guard.isHung()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anIoExceptionStaysWhatItIs() {
        IOException io = new FileNotFoundException("/answers");

        assertThatThrownBy(() -> guard.run(() -> thrown(io))).isSameAs(io);
    }

    @Test
    void whatIsTheMachinesPasses() {
        OutOfMemoryError full = new OutOfMemoryError("Java heap space");
        ThreadDeath stopped = new ThreadDeath();

        assertThatThrownBy(() -> guard.run(() -> thrown(full))).isSameAs(full);
        assertThatThrownBy(() -> guard.run(() -> thrown(stopped))).isSameAs(stopped);
    }

    @Test
    void whatHangsIsGivenUpAndNotTriedAgain() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> impatient.run(() -> {
                    never.await();
                    return null;
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the file system did not respond within 20 ms");
        assertThat(guard.isHung()).as("so that other tasks know").isTrue();
        assertThatThrownBy(() -> guard.run(() -> "found"))
                .isInstanceOf(IOException.class)
                .hasMessage("the file system did not respond a moment ago");
        assertThat(new FileSystemGuard("memory:/" + UUID.randomUUID(), Duration.ofMinutes(1)).isHung())
                .isFalse();
    }

    @Test
    void whoIsInterruptedStopsWaitingAndStaysInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> guard.run(() -> {
                    never.await();
                    return null;
                }))
                .isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(guard.isHung()).isFalse();
    }

    @Test
    void tidyingUpIsDoneThoughTheTaskIsEnded() {
        CountDownLatch done = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        guard.tidy(() -> {
            done.countDown();
            return null;
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(done.getCount()).isZero();
    }
}
