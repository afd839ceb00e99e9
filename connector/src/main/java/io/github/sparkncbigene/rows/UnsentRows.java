package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierAdvice;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The rows of a batch's malformed identifiers, which are not sent. */
public final class UnsentRows implements BatchRows {
    private final IdentifierBatch batch;
    private final RowLayout layout;
    private final boolean shown;
    private final TaskCounters counters;
    private final Iterator<Identifier> identifiers;
    private final Deque<Object[]> ready = new ArrayDeque<>();

    public UnsentRows(ReadSpec spec, IdentifierBatch batch, TaskCounters counters) {
        this.batch = batch;
        this.layout = spec.layout(batch);
        this.shown = spec.mode() == Mode.PERMISSIVE && batch.taxon().isEmpty();
        this.counters = counters;
        this.identifiers = batch.malformed().iterator();
    }

    @Override
    public Object[] next() {
        while (ready.isEmpty() && identifiers.hasNext()) {
            Identifier identifier = identifiers.next();
            counters.count(Counter.NOT_FOUND);
            if (shown) {
                String why = IdentifierAdvice.invalid(identifier, batch.places().getOrDefault(identifier.text(), ""));
                layout.missing(identifier, List.of(NcbiWarning.invalid(identifier, why)), Retrieval.NONE, ready::add);
            }
        }
        return ready.poll();
    }

    @Override
    public List<BatchAttempt> leftovers() {
        return List.of();
    }

    @Override
    public void readOut() {
        // No response to discard.
    }
}
