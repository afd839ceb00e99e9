package io.github.sparkncbigene.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** The retry policy of a task: the number of retries, their delays, and the last failure. */
public final class Retries {
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
    /** Longer than any task, and short enough to be counted in nanoseconds. */
    private static final Duration LONG = Duration.ofDays(10_000);

    private static final double JITTER = 0.25;

    private final int max;
    private final Duration firstDelay;
    private final DoubleSupplier random;
    private volatile ServiceException lastFailure;

    /**
     * @param max largest number of retries of one page
     * @param firstDelay delay before the first retry
     */
    public Retries(int max, Duration firstDelay) {
        this(max, firstDelay, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random returns numbers from 0 to 1, for the jitter */
    Retries(int max, Duration firstDelay, DoubleSupplier random) {
        this.max = max;
        this.firstDelay = firstDelay.compareTo(LONG) > 0 ? LONG : firstDelay;
        this.random = random;
    }

    /** Returns an unspent budget for a page. */
    public RetryBudget budget() {
        return new RetryBudget(this);
    }

    /** Returns the largest number of retries of one page. */
    public int max() {
        return max;
    }

    /** Returns the last failure in this task, if any. */
    public Optional<ServiceException> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    void failed(ServiceException failure) {
        lastFailure = failure;
    }

    /**
     * Returns the delay before a retry. It doubles with each retry (±25 %), up to 30 s or the first delay, whichever is
     * longer.
     *
     * @param retry number of the page's retry, from 1
     */
    Duration delay(int retry) {
        double first = (double) firstDelay.toNanos();
        double longest = Math.max(first, (double) LONGEST_DELAY.toNanos());
        double doubled = Math.min(longest, first * Math.pow(2, retry - 1));
        double jittered = doubled * (1 - JITTER + 2 * JITTER * random.getAsDouble());
        return Duration.ofNanos((long) Math.min(longest, jittered));
    }
}
