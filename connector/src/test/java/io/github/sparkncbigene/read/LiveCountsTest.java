package io.github.sparkncbigene.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.reuse.TaskCache;
import io.github.sparkncbigene.scan.Scans;
import io.github.sparkncbigene.scan.ScriptedGeneService;
import io.github.sparkncbigene.scan.ScriptedGeneService.Page;
import io.github.sparkncbigene.service.Budget;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.junit.jupiter.api.Test;

/** What a task has read can be seen while it reads. */
class LiveCountsTest {
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private final ScriptedGeneService service =
            new ScriptedGeneService(request -> Page.of(ScriptedGeneService.reports(ScriptedGeneService.match(
                    "{\"gene_id\":\"7\"}",
                    ScriptedGeneService.list(request, "accessions").get(0)))));
    private long now;

    private NcbiGenePartitionReader reader(String... options) {
        Options resolved = Scans.options(options);
        ReadSpec spec = Scans.spec(resolved);
        NcbiGenePartition partition = Scans.partition(resolved);
        Budget budget = new Budget(1, Integer.MAX_VALUE);
        budget.register(1);
        return new NcbiGenePartitionReader(
                new ReadTask(spec, partition.batches(), 0, OptionalInt.empty()),
                new TaskResources(
                        service,
                        budget,
                        TaskCache.none(spec),
                        new ReadProgress(partition.identifiers(), () -> now, later::add, log::add),
                        new TaskCounters()));
    }

    private static long value(NcbiGenePartitionReader reader, String name) {
        return Arrays.stream(reader.currentMetricsValues())
                .filter(metric -> metric.name().equals(name))
                .mapToLong(CustomTaskMetric::value)
                .sum();
    }

    private void halfAMinute() {
        now += ReadProgress.INTERVAL.toNanos();
        later.remove().run();
    }

    @Test
    void metricsGrowRowByRow() {
        try (NcbiGenePartitionReader reader = reader("accessions", "a b c", "batch_size", "1")) {
            for (int rows = 1; reader.next(); rows++) {
                assertThat(value(reader, "rows")).isEqualTo(rows);
                assertThat(value(reader, "reports")).isEqualTo(rows);
                assertThat(value(reader, "bytesDecoded")).isPositive();
            }
            assertThat(value(reader, "rows")).isEqualTo(3);
            assertThat(value(reader, "pages")).isEqualTo(3);
        }
    }

    @Test
    void theLogSaysHowManyIdentifiersAreDone() {
        try (NcbiGenePartitionReader reader = reader("accessions", "a b c d", "batch_size", "2")) {
            assertThat(reader.next()).isTrue();
            halfAMinute();
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isTrue();
            halfAMinute();
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isFalse();
        }
        halfAMinute();

        assertThat(log)
                .containsExactly(
                        "Read 0 of 4 accessions in 30.0 s; requests: 0, repeated: 0.",
                        "Read 2 of 4 accessions in 1.0 min, 2.0 a minute, about 1.0 min left; requests: 0, repeated: 0.");
        assertThat(later).isEmpty();
    }
}
