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
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * Makes the readers of partitions, on the executors.
 *
 * @param limit rows wanted of each partition, at most; 0 for all
 * @param cache where answers are cached; null where they are not
 * @param query tells the tasks of one query from those of others
 */
public record NcbiGeneReaderFactory(ReadSpec spec, int limit, CacheSettings cache, UUID query)
        implements PartitionReaderFactory {
    /** Spark's name for the executor inside the driver. */
    private static final String DRIVER = "driver";

    /** Call this constructor on the driver. */
    public NcbiGeneReaderFactory(ReadSpec spec, int limit) {
        this(
                spec,
                limit,
                CacheSettings.of(spec.options(), SparkContext.getOrCreate().hadoopConfiguration()),
                UUID.randomUUID());
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
        return new NcbiGenePartitionReader(
                read,
                planned.batches(),
                service.service(),
                service.budget(),
                cached,
                // Few rows are looked for in one batch after another.
                limit > 0 && planned.siblings() == 1 ? 0 : ofQuery - 1,
                limit,
                counters,
                ReadProgress.of(query, isLocal() ? planned.identifiers() : 0));
    }

    private static boolean isRepeated() {
        TaskContext task = TaskContext.get();
        return task != null && task.attemptNumber() > 0;
    }

    private static boolean isLocal() {
        return DRIVER.equals(SparkEnv.get().executorId());
    }
}
