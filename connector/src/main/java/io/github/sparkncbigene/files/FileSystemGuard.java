package io.github.sparkncbigene.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs work on a file system so that a failing or hanging file system costs its caller an {@link IOException} and no
 * more. Hadoop's file systems throw {@code FSError} for a full disk and {@code NoClassDefFoundError} for a missing jar,
 * and opening a pipe never returns.
 */
public final class FileSystemGuard {
    /** Time limit of a step: one entry written or read, or one file opened. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** All tasks of the JVM leave a directory that hung alone for this long. */
    private static final Duration REST = Duration.ofMinutes(5);

    private static final Map<String, Long> HUNG_AT = new ConcurrentHashMap<>();
    private static final AtomicLong STARTED = new AtomicLong();

    private final String directory;
    private final Duration patience;

    /** @param directory the directory on whose file system the work runs */
    public FileSystemGuard(String directory) {
        this(directory, PATIENCE);
    }

    /** @param patience time limit of a step */
    public FileSystemGuard(String directory, Duration patience) {
        this.directory = directory;
        this.patience = patience;
    }

    /**
     * Runs a step in a thread of its own, and waits for it.
     *
     * @throws IOException for every failure: the file system's own exception if it is one, otherwise with that as its
     *     cause
     * @throws InterruptedIOException if the caller is interrupted; its interrupt flag stays set
     */
    public <T> T run(Callable<T> step) throws IOException {
        if (isHung()) {
            throw new IOException("the file system did not respond a moment ago");
        }
        FutureTask<T> task = start(step);
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            HUNG_AT.put(directory, System.nanoTime());
            throw new IOException("the file system did not respond within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the task was ended").initCause(e);
        }
    }

    /** Runs a clean-up step, even if the caller is interrupted. Failures are ignored. */
    public void tidy(Callable<?> step) {
        if (isHung()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            run(step);
        } catch (IOException e) {
            // A leftover file is useless but harmless.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns true if a step has hung recently, so that another attempt is not worthwhile. */
    public boolean isHung() {
        Long since = HUNG_AT.get(directory);
        if (since == null) {
            return false;
        }
        if (System.nanoTime() - since < REST.toNanos()) {
            return true;
        }
        HUNG_AT.remove(directory, since);
        return false;
    }

    /**
     * Starts a thread for each step: a pool's threads would keep the user and the class loader of their first caller.
     */
    private static <T> FutureTask<T> start(Callable<T> step) {
        FutureTask<T> task = new FutureTask<>(step);
        Thread thread = new Thread(task, "ncbi-gene-files-" + STARTED.incrementAndGet());
        // The step may hang for ever.
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static IOException failure(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError || thrown instanceof ThreadDeath) {
            throw (Error) thrown;
        }
        return thrown instanceof IOException failure ? failure : new IOException(thrown.toString(), thrown);
    }
}
