package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#RESPONSE_TIME}. */
public final class ResponseTime extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public ResponseTime() {
        super(Counter.RESPONSE_TIME);
    }
}
