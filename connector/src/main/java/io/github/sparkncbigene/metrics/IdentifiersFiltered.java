package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#IDENTIFIERS_FILTERED}. */
public final class IdentifiersFiltered extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public IdentifiersFiltered() {
        super(Counter.IDENTIFIERS_FILTERED);
    }
}
