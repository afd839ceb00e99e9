package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#BYTES_RECEIVED}. */
public final class BytesReceived extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public BytesReceived() {
        super(Counter.BYTES_RECEIVED);
    }
}
