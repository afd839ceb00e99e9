package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.tally.Counter;

/** Shows {@link Counter#BATCHES_KEPT}. */
public final class BatchesKept extends CounterMetric {
    /** Called by Spark. */
    public BatchesKept() {
        super(Counter.BATCHES_KEPT);
    }
}
