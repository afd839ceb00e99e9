package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#PAGES}. */
public final class Pages extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public Pages() {
        super(Counter.PAGES);
    }
}
