package io.github.sparkncbigene.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Counts requests in a sliding window of a second. */
final class RateWindow {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Deque<Long> arrivals = new ArrayDeque<>();

    /** Takes a request if that does not exceed the limit, and tells how many more may follow now; -1 if refused. */
    synchronized int take(long now, int limit) {
        forgetBefore(now);
        if (arrivals.size() >= limit) {
            return -1;
        }
        arrivals.add(now);
        return limit - arrivals.size();
    }

    /** Takes a request in any case, and tells how many there are in the window now. */
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
