package io.github.sparkncbigene.testkit.check;

import java.time.Duration;

/** Keeps a minimum time between requests. */
public final class Pace {
    /** A clock with a sleep function. */
    public interface Time {
        /** Returns nanoseconds since some moment. */
        long nanos();

        /** Sleeps. */
        void sleep(Duration time) throws InterruptedException;
    }

    /** The clock of this machine. */
    static final Time REAL = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
        }
    };

    private final Time time;
    private final Duration apart;
    private boolean any;
    private long last;

    Pace(Time time, Duration apart) {
        this.time = time;
        this.apart = apart;
    }

    /** Waits until the next request may be sent. */
    void await() throws InterruptedException {
        if (any) {
            long early = apart.toNanos() - (time.nanos() - last);
            if (early > 0) {
                time.sleep(Duration.ofNanos(early));
            }
        }
        any = true;
        last = time.nanos();
    }

    long nanos() {
        return time.nanos();
    }
}
