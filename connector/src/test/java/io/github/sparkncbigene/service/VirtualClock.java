package io.github.sparkncbigene.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock whose time passes only where somebody sleeps, or a test says so. */
public final class VirtualClock implements Clock {
    private final List<Duration> slept = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
        slept.add(time);
        pass(time);
    }

    public synchronized void pass(Duration time) {
        now += time.toNanos();
    }

    synchronized Duration time() {
        return Duration.ofNanos(now);
    }

    synchronized List<Duration> slept() {
        return List.copyOf(slept);
    }
}
