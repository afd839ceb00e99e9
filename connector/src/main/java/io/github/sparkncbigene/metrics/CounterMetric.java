package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.tally.Counter;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.apache.spark.sql.connector.metric.CustomMetric;

/** A counter as Spark shows it: the sum over all tasks, and how it is spread over them where there are several. */
abstract class CounterMetric implements CustomMetric {
    private final Counter counter;

    CounterMetric(Counter counter) {
        this.counter = counter;
    }

    /** What it shows. */
    final Counter counter() {
        return counter;
    }

    @Override
    public final String name() {
        return counter.key();
    }

    @Override
    public final String description() {
        return counter.words();
    }

    /** In one line: what has several, Spark 4.2 takes for a table of its own. */
    @Override
    public final String aggregateTaskMetrics(long[] ofTasks) {
        LongFunction<String> words = counter.unit()::words;
        long sum = Arrays.stream(ofTasks).sum();
        String total = words.apply(sum);
        if (sum == 0 || ofTasks.length < 2 || counter.place() == Counter.Place.DRIVER) {
            return total;
        }
        long[] sorted = ofTasks.clone();
        Arrays.sort(sorted);
        return total + " (min " + words.apply(sorted[0]) + ", med " + words.apply(sorted[sorted.length / 2]) + ", max "
                + words.apply(sorted[sorted.length - 1]) + ")";
    }
}
