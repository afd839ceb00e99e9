package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#IDENTIFIERS_CACHED}. */
public final class IdentifiersCached extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public IdentifiersCached() {
        super(Counter.IDENTIFIERS_CACHED);
    }
}
