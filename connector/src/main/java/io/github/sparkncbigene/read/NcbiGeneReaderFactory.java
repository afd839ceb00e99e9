package io.github.sparkncbigene.read;

import io.github.sparkncbigene.cache.CacheSettings;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.driver.ApplicationRate;
import io.github.sparkncbigene.http.GeneServices;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.reuse.TaskCache;
import io.github.sparkncbigene.service.ServiceConfig;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Creates the readers of partitions, on the executors. */
public final class NcbiGeneReaderFactory implements PartitionReaderFactory {
    private static final long serialVersionUID = 1L;

    /** Spark's name for the executor inside the driver. */
    private static final String DRIVER = "driver";

    private final ReadSpec spec;
    /** Null for all rows: an OptionalInt cannot be serialized. */
    private final Integer limit;

    private final CacheSettings cache;
    private final UUID query;

    /**
     * Call this constructor on the driver.
     *
     * @param limit largest number of rows that are needed of each partition; empty for all
     */
    public NcbiGeneReaderFactory(ReadSpec spec, OptionalInt limit) {
        this(
                spec,
                limit,
                CacheSettings.of(spec.options(), SparkContext.getOrCreate().hadoopConfiguration()),
                UUID.randomUUID());
    }

    /**
     * @param cache the cache of responses; null if nothing is cached
     * @param query distinguishes the tasks of one query from the tasks of others
     */
    public NcbiGeneReaderFactory(ReadSpec spec, OptionalInt limit, CacheSettings cache, UUID query) {
        this.spec = spec;
        this.limit = limit.isPresent() ? limit.getAsInt() : null;
        this.cache = cache;
        this.query = query;
    }

    /** Returns what the readers read. */
    public ReadSpec spec() {
        return spec;
    }

    /** Returns the largest number of rows that are needed of each partition; empty for all. */
    public OptionalInt limit() {
        return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        NcbiGenePartition planned = (NcbiGenePartition) partition;
        RateAccess rate = ApplicationRate.access(planned.control(), query.toString(), planned.share());
        int ofQuery = spec.options().integer(Option.MAX_IN_FLIGHT);
        int ofTask = isLocal() ? ofQuery : Math.max(1, ofQuery / planned.siblings());
        ServiceConfig config = ServiceConfig.of(spec.options());
        TaskCounters counters = new TaskCounters();
        ReadSpec read = spec.with(spec.requests().with(planned.table())).with(planned.ownRowsOnly());
        TaskCache cached = new TaskCache(read, cache, config, planned.cached());
        GeneServices.Opened service = cached.isOffline()
                ? GeneServices.offline()
                : GeneServices.open(config, rate, ofTask, isRepeated(), counters);
        // For few rows, batches are searched one after another.
        int ahead = limit != null && planned.siblings() == 1 ? 0 : ofQuery - 1;
        ReadProgress progress = ReadProgress.of(query, isLocal() ? planned.identifiers() : 0);
        return new NcbiGenePartitionReader(
                new ReadTask(read, planned.batches(), ahead, limit()),
                new TaskResources(service.service(), service.budget(), cached, progress, counters));
    }

    private static boolean isRepeated() {
        TaskContext task = TaskContext.get();
        return task != null && task.attemptNumber() > 0;
    }

    private static boolean isLocal() {
        return DRIVER.equals(SparkEnv.get().executorId());
    }

    @Override
    public String toString() {
        return "Readers of " + spec + (limit == null ? "" : ", limit " + limit);
    }
}
