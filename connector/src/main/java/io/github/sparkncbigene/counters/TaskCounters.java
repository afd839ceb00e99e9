package io.github.sparkncbigene.counters;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The counters of one task. Several threads may count and read at the same time. */
public final class TaskCounters {
    private final Map<Counter, AtomicLong> values = new EnumMap<>(Counter.class);

    public TaskCounters() {
        for (Counter counter : Counter.values()) {
            values.put(counter, new AtomicLong());
        }
    }

    /** Adds one. */
    public void count(Counter counter) {
        add(counter, 1);
    }

    /** Adds a number. */
    public void add(Counter counter, long more) {
        values.get(counter).getAndAdd(more);
    }

    /** Returns the current count. */
    public long get(Counter counter) {
        return values.get(counter).get();
    }
}
