package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** All metrics of a scan, and their current values. */
public final class ScanMetrics {
    /** A counter as Spark shows it: the sum over all tasks and, for several tasks, the distribution among them. */
    abstract static class CounterMetric implements CustomMetric {
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
            return total + " (min " + words.apply(sorted[0]) + ", med " + words.apply(sorted[sorted.length / 2])
                    + ", max " + words.apply(sorted[sorted.length - 1]) + ")";
        }
    }

    /** A counter's value in one task, or on the driver. */
    private record Value(String name, long value) implements CustomTaskMetric {}

    private static final Counter[] OF_TASKS = Arrays.stream(Counter.values())
            .filter(counter -> counter.place() == Counter.Place.TASK)
            .toArray(Counter[]::new);

    private ScanMetrics() {}

    /** Returns the metrics that Spark shows. */
    public static CustomMetric[] all() {
        return new CustomMetric[] {
            new Requests(),
            new Retries(),
            new RateWait(),
            new Turns(),
            new ResponseTime(),
            new BytesReceived(),
            new BytesDecoded(),
            new Pages(),
            new Reports(),
            new Rows(),
            new IdentifiersDone(),
            new NotFound(),
            new BatchesDivided(),
            new TablesReread(),
            new IdentifiersCached(),
            new ResponsesCached(),
            new IdentifiersGiven(),
            new IdentifiersFiltered(),
            new IdentifiersRequested(),
            new Partitions(),
            new RequestsPlanned()
        };
    }

    /** Returns a task's current counts. */
    public static CustomTaskMetric[] of(TaskCounters task) {
        CustomTaskMetric[] values = new CustomTaskMetric[OF_TASKS.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(OF_TASKS[i], task.get(OF_TASKS[i]));
        }
        return values;
    }

    /** Returns the driver's value of a counter. */
    public static CustomTaskMetric value(Counter counter, long value) {
        return new Value(counter.key(), value);
    }
}
