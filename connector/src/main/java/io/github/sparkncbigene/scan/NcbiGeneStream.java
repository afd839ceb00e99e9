package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.files.AccessionStreamFiles;
import io.github.sparkncbigene.files.FilesOffset;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.IdentifierList;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxRows;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;

/** A stream of the accessions in files that may grow. Each micro-batch is a scan of a limited number of them. */
final class NcbiGeneStream implements MicroBatchStream, SupportsTriggerAvailableNow {
    private final AccessionStreamFiles files;
    private final ReadSpec spec;

    NcbiGeneStream(AccessionStreamFiles files, ReadSpec spec) {
        this.files = files;
        this.spec = spec;
    }

    @Override
    public Offset initialOffset() {
        return new FilesOffset(Map.of());
    }

    @Override
    public Offset deserializeOffset(String json) {
        return FilesOffset.parse(json);
    }

    @Override
    public ReadLimit getDefaultReadLimit() {
        return ReadLimit.maxRows(spec.options().integer(Option.MAX_IDS_PER_TRIGGER));
    }

    @Override
    public void prepareForTriggerAvailableNow() {
        files.freeze();
    }

    /** Returns null while there are no files. */
    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
        FilesOffset from = (FilesOffset) start;
        boolean limited = limit instanceof ReadMaxRows;
        long most = limited ? ((ReadMaxRows) limit).maxRows() : Long.MAX_VALUE;
        FilesOffset reached = files.reach(from, most, !limited);
        return reached.files().isEmpty() ? null : reached;
    }

    @Override
    public Offset latestOffset() {
        throw new UnsupportedOperationException("Spark asks for the latest offset within a limit");
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        IdentifierList accessions = new IdentifierList(IdentifierKind.ACCESSION);
        files.between((FilesOffset) start, (FilesOffset) end, accessions::add);
        return batch(accessions).planInputPartitions();
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        // The readers need the same information in all micro-batches.
        return batch(new IdentifierList(IdentifierKind.ACCESSION)).createReaderFactory();
    }

    /** Does nothing: Spark stores the stream's offset. */
    @Override
    public void commit(Offset end) {}

    @Override
    public void stop() {}

    private NcbiGeneBatch batch(IdentifierList accessions) {
        Selector selector = accessions.selector();
        return new NcbiGeneBatch(ScanPlan.of(Optional.of(selector), spec, OptionalInt.empty()), TasksAtOnce.now());
    }
}
