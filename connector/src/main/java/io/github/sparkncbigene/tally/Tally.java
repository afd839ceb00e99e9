package io.github.sparkncbigene.tally;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The counters of one task; several threads may count and read at the same time. */
public final class Tally {
    private final Map<Counter, AtomicLong> values = new EnumMap<>(Counter.class);

    public Tally() {
        for (Counter counter : Counter.values()) {
            values.put(counter, new AtomicLong());
        }
    }

    /** Counts one more. */
    public void count(Counter counter) {
        add(counter, 1);
    }

    /** Counts so many more. */
    public void add(Counter counter, long more) {
        values.get(counter).getAndAdd(more);
    }

    /** What was counted so far. */
    public long get(Counter counter) {
        return values.get(counter).get();
    }
}
