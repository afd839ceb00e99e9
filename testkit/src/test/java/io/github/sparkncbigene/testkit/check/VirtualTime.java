package io.github.sparkncbigene.testkit.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A time that passes only by waiting. */
final class VirtualTime implements Pace.Time {
    private final List<Long> slept = new ArrayList<>();
    private long nanos;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration time) {
        slept.add(time.toNanos());
        nanos += time.toNanos();
    }

    List<Long> slept() {
        return slept;
    }
}
