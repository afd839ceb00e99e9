package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.tally.Counter;

/** Shows {@link Counter#IDENTIFIERS_ASKED}. */
public final class IdentifiersAsked extends CounterMetric {
    /** Called by Spark. */
    public IdentifiersAsked() {
        super(Counter.IDENTIFIERS_ASKED);
    }
}
