package io.github.sparkncbigene.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps the rate of everything that this JVM sends to one service under one key. Its capacity is the sum of the shares
 * that are registered; a pause that the service asked for holds for all of them.
 */
final class RateLimiter {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final LongSupplier nanoTime;
    private final SlidingWindow window;
    private final int most;
    private int served = Integer.MAX_VALUE;
    private long registered;
    private long pausedUntil;
    private boolean paused;

    /**
     * @param share any share of the rate, for its window and the most that all shares may send together
     * @param nanoTime the clock
     */
    RateLimiter(RateShare share, LongSupplier nanoTime) {
        this.window = new SlidingWindow(TimeUnit.MILLISECONDS.toNanos(share.windowMillis()));
        this.most = share.queryPermits();
        this.nanoTime = nanoTime;
    }

    void register(RateShare share) {
        change(share.permits());
    }

    void unregister(RateShare share) {
        change(-share.permits());
    }

    /** Sends nothing for so long, whoever asks. */
    void pause(Duration wait) {
        lock.lock();
        try {
            long until = nanoTime.getAsLong() + wait.toNanos();
            if (!paused || until - pausedUntil > 0) {
                pausedUntil = until;
                paused = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes note of what the service says about its own limit: never more than that, and a pause where the allowance is
     * used up by somebody else.
     */
    void observe(Optional<String> limit, Optional<String> remaining) {
        if (most == Integer.MAX_VALUE) {
            return;
        }
        lock.lock();
        try {
            number(limit).filter(n -> n > 0).ifPresent(n -> served = n);
            boolean usedUp = number(remaining).filter(n -> n == 0).isPresent();
            if (usedUp && window.sent() < capacity()) {
                pause(SECOND);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a request may be sent, and takes note that it is.
     *
     * @return nanoseconds waited
     */
    long acquire() throws InterruptedException {
        long start = nanoTime.getAsLong();
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = nanoTime.getAsLong();
                long delay = delay(now);
                if (delay <= 0) {
                    window.send(now);
                    return now - start;
                }
                changed.awaitNanos(delay);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits while a pause lasts, without taking a permit. */
    void awaitNoPause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = pauseLeft(); left > 0; left = pauseLeft()) {
                changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long a request would have to wait now; not positive if not at all. */
    long delay(long now) {
        if (paused && pausedUntil - now > 0) {
            return pausedUntil - now;
        }
        paused = false;
        return most == Integer.MAX_VALUE ? 0 : window.delay(now, capacity());
    }

    /** Requests in a window: what is registered, and no more than its part of what the service allows. */
    private int capacity() {
        long shares = Math.min(most, registered);
        return (int) Math.max(1, served < most ? shares * served / most : shares);
    }

    private static Optional<Integer> number(Optional<String> text) {
        return text.map(String::trim).filter(t -> t.matches("\\d{1,9}")).map(Integer::valueOf);
    }

    private long pauseLeft() {
        return paused ? pausedUntil - nanoTime.getAsLong() : 0;
    }

    private void change(int permits) {
        lock.lock();
        try {
            registered += permits;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
