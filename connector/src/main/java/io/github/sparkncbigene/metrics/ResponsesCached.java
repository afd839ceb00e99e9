package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#RESPONSES_CACHED}. */
public final class ResponsesCached extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public ResponsesCached() {
        super(Counter.RESPONSES_CACHED);
    }
}
