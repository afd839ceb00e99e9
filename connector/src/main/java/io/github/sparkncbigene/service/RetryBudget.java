package io.github.sparkncbigene.service;

import io.github.sparkncbigene.service.ServiceException.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * The retries of one page. Every layer that requests the page again takes its retries from here. A page therefore makes
 * at most 1 + {@code max_retries} requests, whatever the mixture of failures, and the delays grow.
 */
public final class RetryBudget {
    /** A slow batch is halved after this many timeouts. */
    private static final int TIMEOUTS_OF_DIVISIBLE_BATCH = 2;

    private final Retries retries;
    private int used;
    private int timeouts;

    RetryBudget(Retries retries) {
        this.retries = retries;
    }

    /**
     * Takes a retry.
     *
     * @param failure the failure of the last request
     * @param divisible true if the page's batch can be halved instead
     * @return the delay before the next request; empty if no retry is left
     */
    public synchronized Optional<Duration> tryRetry(ServiceException failure, boolean divisible) {
        retries.failed(failure);
        if (failure.kind() == Kind.TIMEOUT) {
            timeouts++;
        }
        boolean helps = failure.kind() == Kind.TRANSIENT
                || (failure.kind() == Kind.TIMEOUT && !(divisible && timeouts >= TIMEOUTS_OF_DIVISIBLE_BATCH));
        return helps ? take() : Optional.empty();
    }

    /** Takes a retry because the page's batch is read again from its first page. */
    public synchronized Optional<Duration> tryRestart(ServiceException failure) {
        retries.failed(failure);
        return take();
    }

    /** Returns true if a retry is left. */
    public synchronized boolean isLeft() {
        return used < retries.max();
    }

    private Optional<Duration> take() {
        if (!isLeft()) {
            return Optional.empty();
        }
        used++;
        return Optional.of(retries.delay(used));
    }
}
