package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#TABLES_REREAD}. */
public final class TablesReread extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public TablesReread() {
        super(Counter.TABLES_REREAD);
    }
}
