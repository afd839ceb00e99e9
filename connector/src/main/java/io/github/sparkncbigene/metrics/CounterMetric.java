package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.tally.Counter;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.apache.spark.sql.connector.metric.CustomMetric;

/** A counter as Spark shows it: the sum over all tasks and, for several tasks, the distribution among them. */
abstract class CounterMetric implements CustomMetric {
    private final Counter counter;

    CounterMetric(Counter counter) {
        this.counter = counter;
    }

    /** Returns the counter that this metric shows. */
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

    /** Returns a single line: Spark 4.2 takes a text of several lines for its own table of tasks. */
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
