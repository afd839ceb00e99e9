package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#IDENTIFIERS_GIVEN}. */
public final class IdentifiersGiven extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public IdentifiersGiven() {
        super(Counter.IDENTIFIERS_GIVEN);
    }
}
