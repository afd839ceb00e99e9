package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.Wire;
import io.github.sparkncbigene.service.GeneService;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;

/** The rows of a partition, batch after batch. */
final class NcbiGenePartitionReader implements PartitionReader<InternalRow> {
    private final ReadSpec spec;
    private final GeneService service;
    private final Deque<IdentifierBatch> waiting;
    private BatchRows rows;
    private Object[] row;

    NcbiGenePartitionReader(ReadSpec spec, List<IdentifierBatch> batches, GeneService service) {
        this.spec = spec;
        this.service = service;
        this.waiting = new ArrayDeque<>(batches);
    }

    @Override
    public boolean next() {
        while (true) {
            if (rows != null) {
                row = rows.next();
                if (row != null) {
                    return true;
                }
                rows.leftovers().forEach(waiting::addFirst);
            }
            IdentifierBatch batch = waiting.poll();
            if (batch == null) {
                rows = null;
                return false;
            }
            rows = open(batch);
        }
    }

    @Override
    public InternalRow get() {
        return new GenericInternalRow(row);
    }

    @Override
    public void close() {
        service.close();
    }

    private BatchRows open(IdentifierBatch batch) {
        PageSource pages = new PageSource(service, spec.requests(), batch);
        return spec.requests().wire() == Wire.TSV
                ? new TsvBatchRows(spec, pages)
                : new JsonBatchRows(spec, pages, batch);
    }
}
