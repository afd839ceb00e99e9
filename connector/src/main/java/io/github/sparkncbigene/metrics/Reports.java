package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#REPORTS}. */
public final class Reports extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public Reports() {
        super(Counter.REPORTS);
    }
}
