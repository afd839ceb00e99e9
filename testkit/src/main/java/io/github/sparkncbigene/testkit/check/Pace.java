package io.github.sparkncbigene.testkit.check;

import java.time.Duration;

/** Keeps requests apart from each other. */
public final class Pace {
    /** A clock that can be waited on. */
    public interface Time {
        /** Nanoseconds since some moment. */
        long nanos();

        /** Waits. */
        void sleep(Duration time) throws InterruptedException;
    }

    /** The time of this machine. */
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

    /** Waits until the next request may leave. */
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
