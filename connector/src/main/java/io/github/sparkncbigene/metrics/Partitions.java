package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#PARTITIONS}. */
public final class Partitions extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public Partitions() {
        super(Counter.PARTITIONS);
    }
}
