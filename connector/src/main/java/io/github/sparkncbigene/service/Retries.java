package io.github.sparkncbigene.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** How a task retries: how often, after which delays, and what failed last. */
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
     * @param max retries of one page
     * @param firstDelay before the first of them
     */
    public Retries(int max, Duration firstDelay) {
        this(max, firstDelay, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random from 0 to 1, for the jitter */
    Retries(int max, Duration firstDelay, DoubleSupplier random) {
        this.max = max;
        this.firstDelay = firstDelay.compareTo(LONG) > 0 ? LONG : firstDelay;
        this.random = random;
    }

    /** A page's budget, unspent. */
    public RetryBudget budget() {
        return new RetryBudget(this);
    }

    /** Retries of one page, at most. */
    public int max() {
        return max;
    }

    /** What failed last in this task, if anything. */
    public Optional<ServiceException> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    void failed(ServiceException failure) {
        lastFailure = failure;
    }

    /**
     * The delay before a retry: doubles with each, give or take a quarter, up to 30 s or the first delay if that is
     * longer.
     *
     * @param retry of the page, from 1
     */
    Duration delay(int retry) {
        double first = (double) firstDelay.toNanos();
        double longest = Math.max(first, (double) LONGEST_DELAY.toNanos());
        double doubled = Math.min(longest, first * Math.pow(2, retry - 1));
        double jittered = doubled * (1 - JITTER + 2 * JITTER * random.getAsDouble());
        return Duration.ofNanos((long) Math.min(longest, jittered));
    }
}
