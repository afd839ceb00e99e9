package io.github.sparkncbigene.http;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Ends exchanges that take too long. A socket's timeout limits only the time between two bytes, so that a server could
 * send one byte at a time for ever.
 */
final class ExchangeTimer {
    private static final ThreadFactory DAEMONS = task -> {
        Thread thread = new Thread(task, "ncbi-gene-timer");
        thread.setDaemon(true);
        return thread;
    };
    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(1, DAEMONS);
    /** Closing a connection may take time itself; the other exchanges must not wait for it. */
    private static final ExecutorService CUTS = Executors.newCachedThreadPool(DAEMONS);

    static {
        TIMER.setRemoveOnCancelPolicy(true);
    }

    private ExchangeTimer() {}

    /** Runs an action after a delay, unless the result is cancelled before. */
    static Future<?> after(Duration time, Runnable action) {
        return TIMER.schedule(() -> CUTS.execute(action), time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
