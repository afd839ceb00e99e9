package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.Identifier;
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

/** The rows of identifiers that are not cached, where nothing is fetched. */
public final class NotCachedRows implements BatchRows {
    private final RowLayout layout;
    private final Mode mode;
    private final boolean shown;
    private final Iterator<Identifier> identifiers;
    private final Deque<Object[]> ready = new ArrayDeque<>();

    public NotCachedRows(ReadSpec spec, IdentifierBatch batch) {
        this.layout = spec.layout(batch);
        this.mode = spec.mode();
        // A row without a taxon does not pass the filter that names it.
        this.shown = mode == Mode.PERMISSIVE && batch.taxon().isEmpty();
        this.identifiers = batch.requested().iterator();
    }

    @Override
    public Object[] next() {
        while (ready.isEmpty() && identifiers.hasNext()) {
            missing(identifiers.next());
        }
        return ready.poll();
    }

    private void missing(Identifier identifier) {
        String what =
                identifier.kind().words() + " '" + identifier.text() + "' is not cached, and cache_mode is offline";
        if (mode == Mode.FAILFAST) {
            throw new NcbiGeneException(
                    ErrorCode.NOT_CACHED,
                    "The " + what + ". Read it once with cache_mode normal, or read with mode PERMISSIVE to get a row"
                            + " that says so, or DROPMALFORMED to get none.");
        }
        if (shown) {
            layout.missing(
                    identifier,
                    List.of(NcbiWarning.own(Warnings.NOT_CACHED, "The " + what + ".")),
                    Retrieval.NONE,
                    ready::add);
        }
    }

    @Override
    public List<BatchAttempt> leftovers() {
        return List.of();
    }

    @Override
    public void readOut() {
        // There is no response.
    }
}
