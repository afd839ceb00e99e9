package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.Planner;
import io.github.sparkncbigene.plan.RequestRules;
import io.github.sparkncbigene.plan.Selector;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;

/** A scan of the gene service: which genes, and which columns of them. */
final class NcbiGeneScan implements Scan {
    private final Supplier<Selector> selecting;
    private final ReadSpec spec;
    private Selector selector;
    private boolean streamed;

    /** @param selecting finds out which genes; a stream finds out by itself */
    NcbiGeneScan(Supplier<Selector> selecting, ReadSpec spec) {
        this.selecting = selecting;
        this.spec = spec;
    }

    private Selector selector() {
        if (selector == null) {
            selector = selecting.get();
        }
        return selector;
    }

    @Override
    public StructType readSchema() {
        return spec.schema();
    }

    @Override
    public String description() {
        String report = "ncbi-gene " + spec.requests().report().word();
        if (streamed) {
            return report + " stream, " + spec.requests().wire();
        }
        String selected = selector()
                .kind()
                .map(kind -> (selector().identifiers().size()
                                + selector().locusTags().size()) + " "
                        + kind.option().key())
                .orElse("taxon");
        return report + " by " + selected + ", " + batches().size() + " requests, "
                + spec.requests().wire();
    }

    @Override
    public Batch toBatch() {
        List<IdentifierBatch> batches = batches();
        RequestRules.checkBatches(spec.options(), selector(), batches.size());
        return new NcbiGeneBatch(batches, spec);
    }

    /** The files are read by the stream, bit by bit; filters and limits are left to Spark. */
    @Override
    public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
        StreamRules.check(spec);
        streamed = true;
        return new NcbiGeneStream(
                new AccessionStreamFiles(
                        SparkContext.getOrCreate().hadoopConfiguration(),
                        spec.options().list(Option.ACCESSIONS_PATH),
                        Clock.systemUTC()),
                spec);
    }

    /** Else Spark plans the partitions once more, only to ask each whether it is columnar. */
    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.UNSUPPORTED;
    }

    private List<IdentifierBatch> batches() {
        return Planner.batches(selector(), spec.options().integer(Option.BATCH_SIZE));
    }

    /** Equal scans read the same rows, so that Spark may read them once. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NcbiGeneScan that && selector().equals(that.selector()) && spec.equals(that.spec);
    }

    @Override
    public int hashCode() {
        return Objects.hash(selector(), spec);
    }
}
