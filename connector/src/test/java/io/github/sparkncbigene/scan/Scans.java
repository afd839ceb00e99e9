package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.read.NcbiGenePartition;
import io.github.sparkncbigene.read.NcbiGenePartitionReader;
import io.github.sparkncbigene.read.ReadProgress;
import io.github.sparkncbigene.read.ReadTask;
import io.github.sparkncbigene.read.TaskResources;
import io.github.sparkncbigene.reuse.TaskCache;
import io.github.sparkncbigene.service.Budget;
import io.github.sparkncbigene.service.GeneService;
import io.github.sparkncbigene.spec.ReadSpec;
import io.github.sparkncbigene.testing.Given;
import io.github.sparkncbigene.testing.SparkValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Plans and reads scans as Spark would, without Spark and without network. */
public final class Scans {
    private static final int IN_FLIGHT = 4;

    private Scans() {}

    public static Options options(String... namesAndValues) {
        List<String> all = new ArrayList<>(List.of("method", "post", "max_retries", "0"));
        all.addAll(Arrays.asList(namesAndValues));
        return Given.options(all.toArray(String[]::new));
    }

    /** Some of the columns that a read with these options has; all if none are named. */
    public static StructType columns(Options options, String... columns) {
        StructType full = NcbiGeneScanBuilder.schema(options);
        return columns.length == 0
                ? full
                : new StructType(Arrays.stream(columns).map(full::apply).toArray(StructField[]::new));
    }

    static ScanPlan plan(Options options, StructType schema, KeyDomains filters, OptionalInt limit) {
        return ScanPlan.of(
                Selector.of(options, List.of()),
                new ReadSpec(RequestFactory.of(options), schema, filters, false),
                limit);
    }

    /** Returns the specification of a read of all columns, as its tasks receive it. */
    public static ReadSpec spec(Options options) {
        return plan(options, columns(options), KeyDomains.ALL, OptionalInt.empty())
                .spec();
    }

    /** The partition of a scan that has only one. */
    public static NcbiGenePartition partition(Options options) {
        ScanPlan plan = plan(options, columns(options), KeyDomains.ALL, OptionalInt.empty());
        return (NcbiGenePartition) new NcbiGeneBatch(plan, 1).planInputPartitions()[0];
    }

    /** The rows of all partitions, one after the other. */
    static List<Map<String, Object>> rows(ScanPlan plan, GeneService service) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Budget budget = new Budget(IN_FLIGHT, Integer.MAX_VALUE);
        budget.register(IN_FLIGHT);
        for (InputPartition partition : new NcbiGeneBatch(plan, Integer.MAX_VALUE).planInputPartitions()) {
            ReadTask task =
                    new ReadTask(plan.spec(), ((NcbiGenePartition) partition).batches(), IN_FLIGHT - 1, plan.limit());
            TaskResources resources = new TaskResources(
                    service,
                    budget,
                    TaskCache.none(plan.spec()),
                    new ReadProgress(0, System::nanoTime, later -> {}, line -> {}),
                    new TaskCounters());
            try (NcbiGenePartitionReader reader = new NcbiGenePartitionReader(task, resources)) {
                while (reader.next()) {
                    rows.add(SparkValues.row(reader.get(), plan.spec().schema()));
                }
            }
        }
        return rows;
    }

    public static List<Map<String, Object>> rows(GeneService service, Options options, String... columns) {
        return rows(plan(options, columns(options, columns), KeyDomains.ALL, OptionalInt.empty()), service);
    }

    /** Rows as texts, values joined by {@code |}. */
    public static List<String> texts(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> row.values().stream().map(String::valueOf).collect(Collectors.joining("|")))
                .toList();
    }
}
