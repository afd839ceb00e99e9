package io.github.sparkncbigene.recovery;

import io.github.sparkncbigene.fetch.PageBudgets;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.layout.EmittedRows;
import io.github.sparkncbigene.service.Retries;
import io.github.sparkncbigene.service.ServiceException;
import java.time.Duration;
import java.util.Optional;

/**
 * A batch to read, and the state that earlier attempts left.
 *
 * @param emitted rows already emitted by an earlier attempt, or by a larger batch that this one is a part of
 * @param budgets retry budgets of its pages
 * @param restarts number of restarts of the batch
 * @param delay delay before its first request
 * @param search the search for rejected identifiers that the batch is a step of, if any
 * @param whole true if it is read as whole reports in JSON, whatever form the other batches have
 */
public record BatchAttempt(
        IdentifierBatch batch,
        EmittedRows emitted,
        PageBudgets budgets,
        int restarts,
        Duration delay,
        Optional<RefusalSearch> search,
        boolean whole) {
    public static BatchAttempt first(IdentifierBatch batch, Retries retries) {
        return new BatchAttempt(
                batch, new EmittedRows(), new PageBudgets(retries), 0, Duration.ZERO, Optional.empty(), false);
    }

    /** Returns an attempt for a part of this batch. Its requests are different ones, so their budgets are unspent. */
    public BatchAttempt part(IdentifierBatch some) {
        return new BatchAttempt(some, emitted, budgets.unspent(), restarts, Duration.ZERO, Optional.empty(), whole);
    }

    /** Returns the next step of a search in the batch that this one is a part of. */
    BatchAttempt step(RefusalSearch next) {
        return new BatchAttempt(
                batch.of(next.tested()), emitted, budgets.unspent(), restarts, Duration.ZERO, Optional.of(next), whole);
    }

    /** Returns the number of identifiers still to read: its own, and those that the search will reach. */
    public int size() {
        return batch.size() + search.map(RefusalSearch::waiting).orElse(0);
    }

    /** The same batch as whole reports. */
    public BatchAttempt asWholeReports() {
        return new BatchAttempt(batch, emitted, budgets.unspent(), restarts, Duration.ZERO, search, true);
    }

    /** Returns the same batch from its first page; empty if a page would exceed its retries. */
    Optional<BatchAttempt> restart(ServiceException failure) {
        return budgets.tryRestart(failure)
                .map(wait -> new BatchAttempt(batch, emitted, budgets, restarts + 1, wait, search, whole));
    }
}
