package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.Planner;
import io.github.sparkncbigene.service.RateShare;
import java.util.List;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * The physical side of a scan: its batches, shared out over partitions, and the rate with them.
 *
 * @param batches in the order of the identifiers
 */
record NcbiGeneBatch(List<IdentifierBatch> batches, ReadSpec spec) implements Batch {
    @Override
    public InputPartition[] planInputPartitions() {
        List<RateShare> shares = RateShare.divide(spec.options().requestsPerSecond(), partitions());
        List<List<IdentifierBatch>> runs = Planner.partitions(
                batches, shares.stream().map(RateShare::permits).toList());
        InputPartition[] planned = new InputPartition[runs.size()];
        for (int i = 0; i < planned.length; i++) {
            planned[i] = new NcbiGenePartition(runs.get(i), shares.get(i));
        }
        return planned;
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new NcbiGeneReaderFactory(spec, partitions());
    }

    private int partitions() {
        int most = Math.min(
                spec.options().integer(Option.MAX_PARTITIONS),
                RateShare.maxParts(spec.options().requestsPerSecond()));
        return Math.min(batches.size(), most);
    }
}
