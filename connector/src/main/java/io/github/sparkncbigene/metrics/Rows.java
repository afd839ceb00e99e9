package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#ROWS}. */
public final class Rows extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public Rows() {
        super(Counter.ROWS);
    }
}
