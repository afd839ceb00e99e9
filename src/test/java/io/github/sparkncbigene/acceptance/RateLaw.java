package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a service's log says of the rate. It knows when a request was looked at, not when it arrived, so a machine that
 * stalls makes requests look closer than they were sent: stalls are watched, and allowed for.
 */
final class RateLaw implements AutoCloseable {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** What the connector allows for on the way from it to the service. */
    private static final long ALLOWED = TimeUnit.MILLISECONDS.toNanos(20);

    private final AtomicLong longestStall = new AtomicLong();
    private final Thread watching = new Thread(this::watch, "watches for stalls");

    RateLaw() {
        watching.setDaemon(true);
        watching.start();
    }

    private void watch() {
        long before = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
            long now = System.nanoTime();
            longestStall.accumulateAndGet(now - before, Math::max);
            before = now;
        }
    }

    Duration longestStall() {
        return Duration.ofNanos(longestStall.get());
    }

    /**
     * In no second there were more requests than allowed.
     *
     * @param unseen stalls of single threads of a busy machine, which are not seen; they make the second shorter
     */
    void holds(RequestLog log, int perSecond, Duration unseen) {
        Duration second = second(unseen);
        assertThat(log.peakWithin(second))
                .as("requests within %s, the longest stall being %s", second, longestStall())
                .isLessThanOrEqualTo(perSecond);
    }

    /**
     * In no second there were more of these requests than allowed.
     *
     * @param unseen as above
     */
    void holds(List<RecordedRequest> requests, int perSecond, Duration unseen) {
        Duration second = second(unseen);
        assertThat(peakWithin(second, requests))
                .as("requests within %s, the longest stall being %s", second, longestStall())
                .isLessThanOrEqualTo(perSecond);
    }

    /** The most of these requests that arrived in any such time. */
    static int peakWithin(Duration span, List<RecordedRequest> requests) {
        long[] arrivals = requests.stream()
                .mapToLong(RecordedRequest::arrivedNanos)
                .sorted()
                .toArray();
        int peak = 0;
        for (int first = 0, last = 0; last < arrivals.length; last++) {
            while (arrivals[last] - arrivals[first] >= span.toNanos()) {
                first++;
            }
            peak = Math.max(peak, last - first + 1);
        }
        return peak;
    }

    private Duration second(Duration unseen) {
        Duration second = Duration.ofNanos(SECOND - unseen.toNanos() - Math.max(0, longestStall.get() - ALLOWED));
        assumeThat(second)
                .as("what is left of a second without the longest stall, %s", longestStall())
                .isPositive();
        return second;
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
