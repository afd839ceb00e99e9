package io.github.sparkncbigene.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Counts requests in a sliding window of a second. */
final class RateWindow {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Deque<Long> arrivals = new ArrayDeque<>();

    /**
     * Counts a request if the limit allows it; returns the number of further requests allowed now, or -1 if this one is
     * refused.
     */
    synchronized int take(long now, int limit) {
        forgetBefore(now);
        if (arrivals.size() >= limit) {
            return -1;
        }
        arrivals.add(now);
        return limit - arrivals.size();
    }

    /** Counts a request in any case; returns the number of requests in the window. */
    synchronized int count(long now) {
        forgetBefore(now);
        arrivals.add(now);
        return arrivals.size();
    }

    synchronized void clear() {
        arrivals.clear();
    }

    private void forgetBefore(long now) {
        while (!arrivals.isEmpty() && now - arrivals.peek() >= SECOND) {
            arrivals.remove();
        }
    }
}
