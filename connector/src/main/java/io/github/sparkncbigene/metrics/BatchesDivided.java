package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#BATCHES_DIVIDED}. */
public final class BatchesDivided extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public BatchesDivided() {
        super(Counter.BATCHES_DIVIDED);
    }
}
