package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.files.FileSystemGuard;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers how a cache's file system behaves: logs its first failures, and knows when another try is useless. */
final class CacheHealth {
    private static final Logger LOG = LoggerFactory.getLogger(CacheHealth.class);
    /** Number of consecutive failed writes after which a task stops writing. */
    private static final int FAILURES_BEFORE_GIVING_UP = 3;

    private final String directory;
    private final FileSystemGuard guard;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicBoolean writeFailureTold = new AtomicBoolean();
    private final AtomicBoolean readFailureTold = new AtomicBoolean();

    CacheHealth(String directory, FileSystemGuard guard) {
        this.directory = directory;
        this.guard = guard;
    }

    /** Returns true if writing should be tried. */
    boolean isWritable() {
        return failuresInARow.get() < FAILURES_BEFORE_GIVING_UP && !guard.isHung();
    }

    void written() {
        failuresInARow.set(0);
    }

    void notWritten(Exception why) {
        failuresInARow.incrementAndGet();
        if (!Thread.currentThread().isInterrupted() && !writeFailureTold.getAndSet(true)) {
            LOG.warn(
                    "Cannot write to the cache {}: {}. The read goes on; what is not cached is fetched again by the"
                            + " next read.",
                    directory,
                    why.toString());
        }
    }

    void notRead(Exception why) {
        if (!Thread.currentThread().isInterrupted() && !readFailureTold.getAndSet(true)) {
            LOG.warn("Cannot read the cache {}: {}. The connector fetches what it needs.", directory, why.toString());
        }
    }
}
