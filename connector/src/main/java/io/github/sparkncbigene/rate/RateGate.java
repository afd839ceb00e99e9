package io.github.sparkncbigene.rate;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Holds the requests of one task back until the rate limiter grants each a permit. */
public final class RateGate implements AutoCloseable {
    /** Lead time before a request may be sent, for opening a connection. */
    static final long LEAD = TimeUnit.MILLISECONDS.toNanos(500);
    /**
     * Longest time that an open connection waits for the permit, however often it is put off: servers close idle
     * connections after a few seconds.
     */
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
    /** If this JVM stands still for longer, the permit is returned: the driver may already have counted it as sent. */
    private static final long STALE = TimeUnit.SECONDS.toNanos(10);

    /** Permits that the tasks of this JVM hold together, by limiter. */
    private static final Map<String, Long> REGISTERED = new ConcurrentHashMap<>();

    /** Sleeps, and can be interrupted. */
    interface Sleep {
        void sleep(long nanos) throws InterruptedException;
    }

    /** The permit of one request that will be sent soon. Close it after the request was sent or abandoned. */
    public final class Permit implements AutoCloseable {
        private long id;
        private long due;
        private boolean waiting = true;
        private boolean sending;

        private Permit(long id, long due) {
            this.id = id;
            this.due = due;
        }

        /**
         * Waits until the request may be sent. From then on the limiter counts the request as being sent.
         *
         * @return true if it may be sent now; false if the wait exceeds how long a connection may be held
         */
        public boolean take() throws InterruptedException {
            long start = nanoTime.getAsLong();
            while (true) {
                long now = nanoTime.getAsLong();
                long wait = due - RateLimiter.AHEAD - now;
                if (now + wait - start > PATIENCE) {
                    return false;
                }
                if (wait > 0) {
                    sleep.sleep(wait);
                }
                long requested = nanoTime.getAsLong();
                RateLimiter.Reply reply = reserve(id, true);
                id = reply.id();
                due = nanoTime.getAsLong() + reply.waitNanos();
                if (reply.granted()) {
                    sending = true;
                    waiting = false;
                    if (isKept(reply.waitNanos(), requested)) {
                        return true;
                    }
                }
            }
        }

        private boolean isKept(long wait, long requested) throws InterruptedException {
            boolean kept = false;
            try {
                if (wait > 0) {
                    sleep.sleep(wait);
                }
                kept = nanoTime.getAsLong() - requested <= STALE;
            } finally {
                if (!kept) {
                    sending = false;
                    access.link().tell(RateMessage.drop(key, id));
                }
            }
            return kept;
        }

        /** Reports that the request has left: its window starts now, however long sending it took. */
        public void sent() {
            if (sending) {
                sending = false;
                access.link().tell(RateMessage.sent(key, id));
            }
        }

        /** Passes the limit and the remaining requests that the service reports, if any, on to all tasks. */
        public void observe(Optional<String> limit, Optional<String> remaining) {
            int most = number(limit).orElse(0);
            int left = number(remaining).orElse(-1);
            if (!access.share().isUnlimited() && (most > 0 || left >= 0)) {
                access.link().tell(RateMessage.observe(key, id, most, left));
            }
        }

        /**
         * Makes all tasks wait.
         *
         * @param refused true if the service refused the request because of its rate limit
         */
        public void pause(Duration wait, boolean refused) {
            access.link().tell(RateMessage.pause(key, id, wait.toNanos(), refused));
        }

        @Override
        public void close() {
            if (waiting) {
                waiting = false;
                access.link().tell(RateMessage.drop(key, id));
            }
            // If sending failed, part of the request may have arrived.
            sent();
        }
    }

    private final String key;
    private final RateAccess access;
    private final LongSupplier nanoTime;
    private final Sleep sleep;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /**
     * Creates the gate of a task.
     *
     * @param key the limiter's key
     */
    public RateGate(String key, RateAccess access) {
        this(key, access, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    RateGate(String key, RateAccess access, LongSupplier nanoTime, Sleep sleep) {
        this.key = key;
        this.access = access;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
        register(access.share().permits());
    }

    /** Waits until the next request may be sent soon. */
    public Permit awaitPermit() throws InterruptedException {
        long id = 0;
        try {
            while (true) {
                RateLimiter.Reply reply = reserve(id, false);
                id = reply.id();
                long due = nanoTime.getAsLong() + reply.waitNanos();
                long wait = reply.waitNanos() - LEAD;
                if (wait > 0) {
                    sleep.sleep(Math.min(wait, RateLimiter.LONGEST_WAIT));
                }
                if (wait <= RateLimiter.LONGEST_WAIT) {
                    return new Permit(id, due);
                }
            }
        } catch (InterruptedException e) {
            access.link().tell(RateMessage.drop(key, id));
            throw e;
        }
    }

    /** Returns the task's part of a divided rate. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            register(-access.share().permits());
        }
    }

    private RateLimiter.Reply reserve(long id, boolean ready) throws InterruptedException {
        return RateMessage.reply(
                access.link().send(RateMessage.reservation(key, access.executor(), access.scan(), share(), id, ready)));
    }

    /** Returns the whole rate or, if the rate is divided, the sum of the parts that this JVM's tasks hold. */
    private RateShare share() {
        RateShare part = access.share();
        long ofAllTasks = REGISTERED.getOrDefault(key, (long) part.permits());
        return new RateShare((int) Math.min(part.queryPermits(), ofAllTasks), part.windowMillis(), part.queryPermits());
    }

    private void register(int permits) {
        REGISTERED.merge(key, (long) permits, (some, more) -> some + more == 0 ? null : some + more);
    }

    private static Optional<Integer> number(Optional<String> text) {
        return text.map(String::trim).filter(t -> t.matches("\\d{1,9}")).map(Integer::valueOf);
    }
}
