package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#IDENTIFIERS_REQUESTED}. */
public final class IdentifiersRequested extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public IdentifiersRequested() {
        super(Counter.IDENTIFIERS_REQUESTED);
    }
}
