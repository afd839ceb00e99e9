package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#IDENTIFIERS_DONE}. */
public final class IdentifiersDone extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public IdentifiersDone() {
        super(Counter.IDENTIFIERS_DONE);
    }
}
