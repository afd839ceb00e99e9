package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#BYTES_DECODED}. */
public final class BytesDecoded extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public BytesDecoded() {
        super(Counter.BYTES_DECODED);
    }
}
