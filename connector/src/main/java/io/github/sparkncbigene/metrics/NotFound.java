package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#NOT_FOUND}. */
public final class NotFound extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public NotFound() {
        super(Counter.NOT_FOUND);
    }
}
