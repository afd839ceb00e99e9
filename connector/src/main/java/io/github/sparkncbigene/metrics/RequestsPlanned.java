package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;

/** Shows {@link Counter#REQUESTS_PLANNED}. */
public final class RequestsPlanned extends ScanMetrics.CounterMetric {
    /** Called by Spark. */
    public RequestsPlanned() {
        super(Counter.REQUESTS_PLANNED);
    }
}
