package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#RATE_WAIT}. */
public final class RateWait extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public RateWait() {
        super(Counter.RATE_WAIT);
    }
}
