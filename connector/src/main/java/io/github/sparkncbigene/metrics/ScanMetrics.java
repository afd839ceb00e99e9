package io.github.sparkncbigene.metrics;

import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
import java.util.Arrays;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** All metrics of a scan, and their current values. */
public final class ScanMetrics {
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
    public static CustomTaskMetric[] of(Tally task) {
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
