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
    /** How long before it may be sent a request has its turn: what it takes to connect. */
    private static final long LEAD = TimeUnit.MILLISECONDS.toNanos(500);
    /** How long a connection may be held and not be used: servers close idle ones after a few seconds. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    /** The turn of a request that will be sent soon; to be closed when it was, or will not be. */
    final class Turn implements AutoCloseable {
        private boolean waiting = true;
        private boolean sending;
        private int sentInWindow;

        private Turn() {}

        /**
         * Waits until the request may be sent. From then on it counts, as one that is being sent.
         *
         * @return whether it may; not if that takes longer than a connection should wait
         */
        boolean take() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (true) {
                    long now = nanoTime.getAsLong();
                    long delay = delay(now);
                    if (delay <= 0) {
                        window.sending(now);
                        sending = true;
                        sentInWindow = window.requests();
                        end();
                        return true;
                    }
                    if (delay > PATIENCE) {
                        return false;
                    }
                    changed.awaitNanos(delay);
                }
            } finally {
                lock.unlock();
            }
        }

        /** Takes note that the request has left: the window it counts in begins now, however long the sending took. */
        void sent() {
            lock.lock();
            try {
                if (sending) {
                    sending = false;
                    window.sent(nanoTime.getAsLong());
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        /** How many this JVM had sent in the window that ended with it, itself included. */
        int sentInWindow() {
            return sentInWindow;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                end();
                // Where the sending failed, a part of it may have arrived.
                sent();
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            if (waiting) {
                waiting = false;
                turns--;
                changed.signalAll();
            }
        }
    }

    private final ReentrantLock lock = new ReentrantLock(true);
    /** Held by the first of those that wait for their turn. */
    private final ReentrantLock first = new ReentrantLock(true);

    private final Condition changed = lock.newCondition();
    private final LongSupplier nanoTime;
    private final SlidingWindow window;
    private final int most;
    private int served = Integer.MAX_VALUE;
    private long registered;
    private long pausedUntil;
    private boolean paused;
    private int turns;

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
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes note of what the service says about its own limit: never more than that, and a pause where the allowance is
     * used up by somebody else.
     *
     * @param sentInWindow how many this JVM had sent when it sent what this is the answer to
     */
    void observe(Optional<String> limit, Optional<String> remaining, int sentInWindow) {
        if (most == Integer.MAX_VALUE) {
            return;
        }
        lock.lock();
        try {
            number(limit).filter(n -> n > 0).ifPresent(n -> served = n);
            boolean usedUp = number(remaining).filter(n -> n == 0).isPresent();
            if (usedUp && sentInWindow < capacity()) {
                pause(SECOND);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the next request may be sent soon; those that came before have their turn before. */
    Turn awaitTurn() throws InterruptedException {
        first.lockInterruptibly();
        try {
            lock.lockInterruptibly();
            try {
                for (long wait = untilTurn(); wait > 0; wait = untilTurn()) {
                    changed.awaitNanos(wait);
                }
                turns++;
                return new Turn();
            } finally {
                lock.unlock();
            }
        } finally {
            first.unlock();
        }
    }

    /** How long it is until the next one has its turn; not positive if it has it now. */
    long untilTurn() {
        long now = nanoTime.getAsLong();
        long pause = pauseLeft(now);
        if (pause > 0 || most == Integer.MAX_VALUE) {
            return pause - LEAD;
        }
        int capacity = capacity();
        // As many as may be sent in a window have their turn already: one of them has to be sent before.
        return turns < capacity ? window.delay(now, capacity, turns) - LEAD : Long.MAX_VALUE;
    }

    /** How long a request would have to wait now; not positive if not at all. */
    long delay(long now) {
        long pause = pauseLeft(now);
        return pause > 0 || most == Integer.MAX_VALUE ? pause : window.delay(now, capacity(), 0);
    }

    /** Requests in a window: what is registered, and no more than its part of what the service allows. */
    private int capacity() {
        long shares = Math.min(most, registered);
        return (int) Math.max(1, served < most ? shares * served / most : shares);
    }

    private static Optional<Integer> number(Optional<String> text) {
        return text.map(String::trim).filter(t -> t.matches("\\d{1,9}")).map(Integer::valueOf);
    }

    private long pauseLeft(long now) {
        paused = paused && pausedUntil - now > 0;
        return paused ? pausedUntil - now : 0;
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
