package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#RETRIES}. */
public final class Retries extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public Retries() {
        super(Counter.RETRIES);
    }
}
