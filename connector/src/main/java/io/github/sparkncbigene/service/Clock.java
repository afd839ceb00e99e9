package io.github.sparkncbigene.service;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A clock that tests can advance without waiting. */
public interface Clock {
    Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        }
    };

    long nanoTime();

    void sleep(Duration time) throws InterruptedException;
}
