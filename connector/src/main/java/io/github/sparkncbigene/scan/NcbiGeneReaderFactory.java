package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.service.HttpGeneService;
import io.github.sparkncbigene.service.ServiceConfig;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Makes the readers of partitions, on the executors. */
record NcbiGeneReaderFactory(ReadSpec spec) implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        return new NcbiGenePartitionReader(
                spec, ((NcbiGenePartition) partition).batches(), new HttpGeneService(ServiceConfig.of(spec.options())));
    }
}
