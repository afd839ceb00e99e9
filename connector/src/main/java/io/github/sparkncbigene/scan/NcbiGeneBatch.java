package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.Planner;
import java.util.List;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * The physical side of a scan: its batches, shared out over partitions.
 *
 * @param batches in the order of the identifiers
 */
record NcbiGeneBatch(List<IdentifierBatch> batches, ReadSpec spec) implements Batch {
    @Override
    public InputPartition[] planInputPartitions() {
        return Planner.partitions(batches, spec.options().integer(Option.MAX_PARTITIONS)).stream()
                .map(NcbiGenePartition::new)
                .toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new NcbiGeneReaderFactory(spec);
    }
}
