package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.options.WireFormat;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.recovery.Recovery;
import io.github.sparkncbigene.reuse.CacheRecorder;
import io.github.sparkncbigene.segment.CachedIdentifier;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Opens the rows of each batch of a task, and holds what its batches learn from each other. */
public final class TaskRows {
    private final ReadSpec spec;
    private final TaskState state;

    /** @param isFirstNotice returns true the first time that a task of the query calls it */
    public TaskRows(ReadSpec spec, Recovery recovery, TaskCounters counters, BooleanSupplier isFirstNotice) {
        this.spec = spec;
        ProjectionCheck projection = new ProjectionCheck();
        TableTrial tables = new TableTrial(projection, spec.options()::hidden, counters, isFirstNotice);
        this.state = new TaskState(recovery, projection, tables, counters);
    }

    /** Returns true if a response has shown whether reduced reports are enough. */
    public boolean isProjectionDecided() {
        return state.projection().isDecided();
    }

    /** Returns true if a response has shown that reduced reports are not enough. */
    public boolean isProjectionRefuted() {
        return state.projection().isRefuted();
    }

    /**
     * Opens the rows of cached identifiers.
     *
     * @param cached cached identifiers by their text, including others'
     */
    public BatchRows cached(BatchAttempt attempt, Map<String, CachedIdentifier> cached) {
        return new CachedRows(spec, attempt, cached, state.counters());
    }

    /** Opens the rows of a batch's malformed identifiers, which are not sent. */
    public BatchRows malformed(IdentifierBatch batch) {
        return UnfetchedRows.malformed(spec, batch, state.counters());
    }

    /** Opens the rows of identifiers that are not cached, where nothing is fetched. */
    public BatchRows notCached(IdentifierBatch batch) {
        return UnfetchedRows.notCached(spec, batch);
    }

    /**
     * Opens the rows of a batch that is fetched.
     *
     * @param requests built the batch's requests, which may be for reduced reports
     * @param recorder caches what is read
     */
    public BatchRows fetched(BatchAttempt attempt, RequestFactory requests, PageReader pages, CacheRecorder recorder) {
        ReadSpec sent = spec.with(requests);
        if (requests.isTable()) {
            return new TableBatchRows(sent, attempt, pages, state);
        }
        return spec.requests().wireFormat() == WireFormat.TSV
                ? new TsvBatchRows(spec, attempt, pages, state)
                : new JsonBatchRows(sent, attempt, pages, recorder, state);
    }
}
