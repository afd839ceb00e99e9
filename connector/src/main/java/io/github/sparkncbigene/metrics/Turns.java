package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#TURNS}. */
public final class Turns extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public Turns() {
        super(Counter.TURNS);
    }
}
