package io.github.sparkncbigene.rate;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Where the requests of a task wait for their turns. */
public final class RateGate implements AutoCloseable {
    /** How long before it may be sent a request has its turn: what it takes to connect. */
    static final long LEAD = TimeUnit.MILLISECONDS.toNanos(500);
    /** How long a connection may be held and not be used: servers close idle ones after a few seconds. */
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
    /** After a longer standstill of this JVM a turn is given back: the driver may have counted it as sent. */
    private static final long STALE = TimeUnit.SECONDS.toNanos(10);

    /** By limiter, the parts of the rate that the tasks of this JVM have together. */
    private static final Map<String, Long> REGISTERED = new ConcurrentHashMap<>();

    /** Waits, interruptibly. */
    interface Sleep {
        void sleep(long nanos) throws InterruptedException;
    }

    /** The turn of a request that will be sent soon; to be closed when it was, or will not be. */
    public final class Turn implements AutoCloseable {
        private long id;
        private long due;
        private boolean waiting = true;
        private boolean sending;

        private Turn(long id, long due) {
            this.id = id;
            this.due = due;
        }

        /**
         * Waits until the request may be sent. From then on it counts, as one that is being sent.
         *
         * @return true if it may be sent now; false if the wait exceeds how long a connection may be held
         */
        public boolean take() throws InterruptedException {
            while (true) {
                long wait = due - RateLimiter.AHEAD - nanoTime.getAsLong();
                if (wait > PATIENCE) {
                    return false;
                }
                if (wait > 0) {
                    sleep.sleep(wait);
                }
                long asked = nanoTime.getAsLong();
                RateLimiter.Reply reply = ask(id, true);
                id = reply.id();
                due = nanoTime.getAsLong() + reply.waitNanos();
                if (reply.granted()) {
                    sending = true;
                    waiting = false;
                    if (isKept(reply.waitNanos(), asked)) {
                        return true;
                    }
                }
            }
        }

        private boolean isKept(long wait, long asked) throws InterruptedException {
            boolean kept = false;
            try {
                if (wait > 0) {
                    sleep.sleep(wait);
                }
                kept = nanoTime.getAsLong() - asked <= STALE;
            } finally {
                if (!kept) {
                    sending = false;
                    access.link().tell(RateMessage.drop(key, id));
                }
            }
            return kept;
        }

        /** Takes note that the request has left: the window it counts in begins now, however long the sending took. */
        public void sent() {
            if (sending) {
                sending = false;
                access.link().tell(RateMessage.sent(key, id));
            }
        }

        /** Tells all tasks what the service says of its limit, where it does. */
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
         * @param refused whether the service refused the request as one too many
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
            // Where the sending failed, a part of it may have arrived.
            sent();
        }
    }

    private final String key;
    private final RateAccess access;
    private final LongSupplier nanoTime;
    private final Sleep sleep;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /**
     * The gate of a task.
     *
     * @param key of the limiter
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
    public Turn awaitTurn() throws InterruptedException {
        long id = 0;
        try {
            while (true) {
                RateLimiter.Reply reply = ask(id, false);
                id = reply.id();
                long due = nanoTime.getAsLong() + reply.waitNanos();
                long wait = reply.waitNanos() - LEAD;
                if (wait > 0) {
                    sleep.sleep(Math.min(wait, RateLimiter.LONGEST_WAIT));
                }
                if (wait <= RateLimiter.LONGEST_WAIT) {
                    return new Turn(id, due);
                }
            }
        } catch (InterruptedException e) {
            access.link().tell(RateMessage.drop(key, id));
            throw e;
        }
    }

    /** The task's part of the rate, where it is divided, is nobody's any longer. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            register(-access.share().permits());
        }
    }

    private RateLimiter.Reply ask(long id, boolean ready) throws InterruptedException {
        return RateMessage.reply(
                access.link().ask(RateMessage.ask(key, access.executor(), access.scan(), share(), id, ready)));
    }

    /** The whole rate or, where it is divided, the parts of this JVM's tasks together. */
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
