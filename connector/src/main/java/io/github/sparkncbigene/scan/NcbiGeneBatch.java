package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.driver.ApplicationRate;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.rate.RateControl;
import io.github.sparkncbigene.rate.RateShare;
import io.github.sparkncbigene.read.NcbiGenePartition;
import io.github.sparkncbigene.read.NcbiGeneReaderFactory;
import io.github.sparkncbigene.read.PlainErrorsReaderFactory;
import io.github.sparkncbigene.reuse.CachedPart;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * The physical side of a scan: divides its batches and its rate among partitions.
 *
 * @param planned the work of all tasks
 * @param tasksAtOnce number of tasks that can run at once
 * @param missing creates the error for a plan that names no genes
 */
record NcbiGeneBatch(
        ScanPlan plan, Supplier<PlannedReads> planned, int tasksAtOnce, Supplier<NcbiGeneException> missing)
        implements Batch {
    NcbiGeneBatch(ScanPlan plan, int tasksAtOnce) {
        this(plan, () -> CachePlanning.reads(plan), tasksAtOnce, Selector::missing);
    }

    @Override
    public InputPartition[] planInputPartitions() {
        if (plan.namesNothing()) {
            throw missing.get();
        }
        PlannedReads reads = planned.get();
        List<RateShare> shares = RateShare.divide(
                plan.spec().options().requestsPerSecond(), plan.partitions(reads.parts(), tasksAtOnce));
        List<List<IdentifierBatch>> runs =
                reads.requests(shares.stream().map(RateShare::permits).toList());
        List<CachedPart> cached = reads.cached(shares.size());
        RateControl control = ApplicationRate.control();
        long identifiers = reads.identifiers();
        InputPartition[] partitions = new InputPartition[runs.size()];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = new NcbiGenePartition(
                    runs.get(i),
                    shares.get(i),
                    control,
                    partitions.length,
                    identifiers,
                    cached.get(i),
                    plan.spec().requests().narrowed().table(),
                    plan.spec().ownRowsOnly());
        }
        return partitions;
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        PartitionReaderFactory factory = new NcbiGeneReaderFactory(plan.spec().forTasks(), plan.limit());
        return SparkThreads.findConnector() ? factory : new PlainErrorsReaderFactory(factory);
    }

    /** Equal plans read the same rows, however large the cluster was when they were planned. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NcbiGeneBatch that && plan.equals(that.plan);
    }

    @Override
    public int hashCode() {
        return plan.hashCode();
    }
}
