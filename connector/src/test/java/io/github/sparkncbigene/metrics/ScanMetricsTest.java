package io.github.sparkncbigene.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.junit.jupiter.api.Test;

class ScanMetricsTest {
    @Test
    void everyCounterIsShown() {
        assertThat(ScanMetrics.all())
                .extracting(metric -> ((ScanMetrics.CounterMetric) metric).counter())
                .containsExactly(Counter.values());
        assertThat(ScanMetrics.all()).extracting(CustomMetric::name).doesNotHaveDuplicates();
        assertThat(ScanMetrics.all()).extracting(CustomMetric::description).doesNotHaveDuplicates();
    }

    /** As Spark does, by name, where a metric is shown. */
    @Test
    void everyMetricCanBeMadeByItsClassName() throws ReflectiveOperationException {
        for (CustomMetric metric : ScanMetrics.all()) {
            CustomMetric made = Class.forName(metric.getClass().getName())
                    .asSubclass(CustomMetric.class)
                    .getConstructor()
                    .newInstance();
            assertThat(made.name()).isEqualTo(metric.name());
        }
    }

    @Test
    void aTaskReportsAllThatTasksCount() {
        TaskCounters counters = new TaskCounters();
        counters.count(Counter.REQUESTS);
        counters.add(Counter.BYTES_RECEIVED, 1234);

        CustomTaskMetric[] values = ScanMetrics.of(counters);

        assertThat(values)
                .extracting(CustomTaskMetric::name)
                .containsExactlyElementsOf(Stream.of(Counter.values())
                        .filter(counter -> counter.place() == Counter.Place.TASK)
                        .map(Counter::key)
                        .toList());
        assertThat(Arrays.stream(values).filter(value -> value.value() != 0))
                .extracting(value -> value.name() + "=" + value.value())
                .containsExactly("requests=1", "bytesReceived=1234");
    }

    @Test
    void oneTasksValueStandsAlone() {
        assertThat(new BytesReceived().aggregateTaskMetrics(new long[] {2048})).isEqualTo("2.0 KiB");
        assertThat(new Requests().aggregateTaskMetrics(new long[0])).isEqualTo("0");
        assertThat(new Requests().aggregateTaskMetrics(new long[2])).isEqualTo("0");
    }

    @Test
    void severalTasksAreAddedUpAndTheirSpreadIsShown() {
        assertThat(new Requests().aggregateTaskMetrics(new long[] {7000, 1, 12}))
                .isEqualTo("7,013 (min 1, med 12, max 7,000)");
        assertThat(new RateWait().aggregateTaskMetrics(new long[] {1_500_000_000L, 500_000_000L}))
                .isEqualTo("2.0 s (min 500 ms, med 1.5 s, max 1.5 s)");
    }

    /** Spark adds the tasks' zeros to what the driver reports. */
    @Test
    void whatTheDriverKnowsIsNotSpread() {
        assertThat(new IdentifiersGiven().aggregateTaskMetrics(new long[] {2500, 0, 0}))
                .isEqualTo("2,500");
    }
}
