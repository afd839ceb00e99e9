package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierAdvice;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.report.Warnings;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** The rows of identifiers for which nothing is sent. The warning of each row says why. */
final class UnfetchedRows implements BatchRows {
    private final RowLayout layout;
    private final boolean shown;
    private final Iterator<Identifier> identifiers;
    private final Function<Identifier, NcbiWarning> reason;
    private final Deque<Object[]> ready = new ArrayDeque<>();

    private UnfetchedRows(
            ReadSpec spec,
            IdentifierBatch batch,
            List<Identifier> identifiers,
            Function<Identifier, NcbiWarning> reason) {
        this.layout = spec.layout(batch);
        // A row without a taxon does not pass the filter that names it.
        this.shown = spec.mode() == Mode.PERMISSIVE && batch.taxon().isEmpty();
        this.identifiers = identifiers.iterator();
        this.reason = reason;
    }

    /** The malformed identifiers of a batch. */
    static UnfetchedRows malformed(ReadSpec spec, IdentifierBatch batch, TaskCounters counters) {
        return new UnfetchedRows(spec, batch, batch.malformed(), identifier -> {
            counters.count(Counter.NOT_FOUND);
            String place = batch.places().getOrDefault(identifier.text(), "");
            return NcbiWarning.invalid(identifier, IdentifierAdvice.invalid(identifier, place));
        });
    }

    /** The identifiers of a batch that are not cached, where nothing is fetched. */
    static UnfetchedRows notCached(ReadSpec spec, IdentifierBatch batch) {
        return new UnfetchedRows(spec, batch, batch.requested(), identifier -> {
            String what = "The " + identifier.kind().words() + " '" + identifier.text()
                    + "' is not cached, and cache_mode is offline";
            if (spec.mode() == Mode.FAILFAST) {
                throw NcbiGeneException.of(
                        ErrorCode.NOT_CACHED,
                        what + ". Read it once with cache_mode normal, or read with mode PERMISSIVE to get a row"
                                + " that says so, or DROPMALFORMED to get none.");
            }
            return NcbiWarning.own(Warnings.NOT_CACHED, what + ".");
        });
    }

    @Override
    public Object[] next() {
        while (ready.isEmpty() && identifiers.hasNext()) {
            Identifier identifier = identifiers.next();
            NcbiWarning why = reason.apply(identifier);
            if (shown) {
                layout.missing(identifier, List.of(why), Retrieval.NONE, ready::add);
            }
        }
        return ready.poll();
    }

    @Override
    public List<BatchAttempt> leftovers() {
        return List.of();
    }

    @Override
    public void drain() {
        // There is no response.
    }
}
