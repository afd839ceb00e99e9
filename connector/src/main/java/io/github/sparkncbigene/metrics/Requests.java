package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#REQUESTS}. */
public final class Requests extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public Requests() {
        super(Counter.REQUESTS);
    }
}
