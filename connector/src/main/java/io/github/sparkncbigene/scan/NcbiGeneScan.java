package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.Planner;
import io.github.sparkncbigene.plan.RequestRules;
import io.github.sparkncbigene.plan.Selector;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;

/** A scan of the gene service: which genes, and which columns of them. */
final class NcbiGeneScan implements Scan {
    private final Selector selector;
    private final ReadSpec spec;

    NcbiGeneScan(Selector selector, ReadSpec spec) {
        this.selector = selector;
        this.spec = spec;
    }

    @Override
    public StructType readSchema() {
        return spec.schema();
    }

    @Override
    public String description() {
        String selected = selector.kind()
                .map(kind ->
                        (selector.identifiers().size() + selector.locusTags().size()) + " "
                                + kind.option().key())
                .orElse("taxon");
        return "ncbi-gene " + spec.requests().report().word() + " by " + selected + ", "
                + batches().size() + " requests, " + spec.requests().wire();
    }

    @Override
    public Batch toBatch() {
        List<IdentifierBatch> batches = batches();
        RequestRules.checkBatches(spec.options(), selector, batches.size());
        return new NcbiGeneBatch(batches, spec);
    }

    /** Else Spark plans the partitions once more, only to ask each whether it is columnar. */
    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.UNSUPPORTED;
    }

    private List<IdentifierBatch> batches() {
        return Planner.batches(selector, spec.options().integer(Option.BATCH_SIZE));
    }

    /** Equal scans read the same rows, so that Spark may read them once. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NcbiGeneScan that && selector.equals(that.selector) && spec.equals(that.spec);
    }

    @Override
    public int hashCode() {
        return Objects.hash(selector, spec);
    }
}
