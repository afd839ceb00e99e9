package io.github.sparkncbigene.read;

import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/**
 * Creates readers whose errors contain only classes of the JDK.
 *
 * @param factory creates the underlying readers
 */
public record PlainErrorsReaderFactory(PartitionReaderFactory factory) implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        try {
            return new Reader(factory.createReader(partition));
        } catch (RuntimeException e) {
            throw PlainErrors.ofSpark().of(e);
        }
    }

    private record Reader(PartitionReader<InternalRow> reader) implements PartitionReader<InternalRow> {
        @Override
        public boolean next() throws IOException {
            try {
                return reader.next();
            } catch (RuntimeException e) {
                throw PlainErrors.ofSpark().of(e);
            }
        }

        @Override
        public InternalRow get() {
            return reader.get();
        }

        @Override
        public CustomTaskMetric[] currentMetricsValues() {
            return reader.currentMetricsValues();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
