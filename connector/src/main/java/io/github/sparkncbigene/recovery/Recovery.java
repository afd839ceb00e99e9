package io.github.sparkncbigene.recovery;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Replaces a batch that the service does not respond to: with halves if it is too large; with the rejected identifiers
 * alone and the others without them; with the same batch from its start if its page tokens fail.
 */
public final class Recovery {
    /**
     * After this many identifiers were rejected one by one without any success, another part of the request must be the
     * cause. The limit is low if the request has parameters that may be wrong, and high if it has only identifiers.
     */
    public static final int REFUSALS_IN_VAIN = 3;

    public static final int REFUSALS_OF_IDENTIFIERS_IN_VAIN = 20;

    private final int refusalsInVain;
    private final TaskCounters counters;
    private int refused;
    private boolean succeeded;
    private boolean inDoubt;
    private final List<Runnable> later = new ArrayList<>();

    /**
     * @param refusalsInVain number of identifiers that may be rejected one by one before a request succeeds
     * @param counters counts divided batches
     */
    public Recovery(int refusalsInVain, TaskCounters counters) {
        this.refusalsInVain = refusalsInVain;
        this.counters = counters;
    }

    /** Records that a request succeeded. */
    public void succeeded() {
        succeeded = true;
        later.forEach(Runnable::run);
        later.clear();
    }

    /** Runs a task once a request has succeeded; at once if one has. */
    public void whenSucceeded(Runnable task) {
        if (succeeded) {
            task.run();
        } else {
            later.add(task);
        }
    }

    /** Returns true if the service has responded successfully. */
    public boolean hasSucceeded() {
        return succeeded;
    }

    /**
     * Returns the work that replaces a batch.
     *
     * @param firstPage true if the batch itself failed, not a page token
     * @return empty if the batch's only identifier has to be taken as unknown
     * @throws io.github.sparkncbigene.error.NcbiGeneException if nothing can replace the batch
     */
    public Optional<List<BatchAttempt>> replacementFor(BatchAttempt work, ServiceException failure, boolean firstPage) {
        boolean divisible = work.batch().isDivisible();
        boolean tooMuch = failure.kind() == Kind.TOO_LARGE || failure.kind() == Kind.TIMEOUT;
        if (tooMuch && divisible) {
            counters.count(Counter.BATCHES_DIVIDED);
            return Optional.of(halves(work));
        }
        if (failure.kind() == Kind.REJECTED && !firstPage) {
            return Optional.of(List.of(work.restart(failure).orElseThrow(failure::error)));
        }
        boolean identifiersRefused =
                failure.kind() == Kind.REJECTED && firstPage && !work.batch().isWholeTaxon();
        if (identifiersRefused && divisible) {
            counters.count(Counter.BATCHES_DIVIDED);
            return Optional.of(isolate(work, failure.said()));
        }
        if (identifiersRefused && failure.error().code() == ErrorCode.REQUEST_REFUSED) {
            refused++;
            boolean named =
                    names(failure.said(), work.batch().requested().get(0).requested());
            if (succeeded || refused < (named ? REFUSALS_OF_IDENTIFIERS_IN_VAIN : refusalsInVain)) {
                return Optional.empty();
            }
        }
        throw failure.error();
    }

    /**
     * Returns the work that remains after a batch succeeded.
     *
     * @param leftovers remaining work of the batch itself
     */
    public List<BatchAttempt> afterSuccess(BatchAttempt work, List<BatchAttempt> leftovers) {
        return followedBy(leftovers, work, work.search().flatMap(RefusalSearch::afterSuccess));
    }

    /** Returns the work that remains after the only identifier of a batch was rejected. */
    public List<BatchAttempt> afterRefusal(BatchAttempt work) {
        return followedBy(List.of(), work, work.search().flatMap(search -> search.afterRefusal(!succeeded, refused)));
    }

    private List<BatchAttempt> halves(BatchAttempt work) {
        List<BatchAttempt> halves =
                work.batch().halves().stream().map(work::part).toList();
        return followedBy(halves, work, work.search().flatMap(RefusalSearch::withoutTested));
    }

    private static List<BatchAttempt> followedBy(
            List<BatchAttempt> parts, BatchAttempt work, Optional<RefusalSearch> next) {
        List<BatchAttempt> all = new ArrayList<>(parts);
        next.ifPresent(search -> all.add(work.step(search)));
        return all;
    }

    /**
     * Returns true if the cause of a rejection may be something other than identifiers: until it is known, few requests
     * should be sent.
     */
    public boolean isInDoubt() {
        return inDoubt && !succeeded;
    }

    /** Isolates the identifiers that the message names, after the others; starts a search if it names none. */
    private List<BatchAttempt> isolate(BatchAttempt work, String message) {
        List<Identifier> requested = work.batch().requested();
        List<Identifier> named = requested.stream()
                .filter(identifier -> names(message, identifier.requested()))
                .toList();
        if (!named.isEmpty() && named.size() < requested.size()) {
            return apart(work, named);
        }
        inDoubt = true;
        RefusalSearch search = work.search().orElseGet(() -> RefusalSearch.in(requested));
        return followedBy(List.of(), work, search.afterRefusal(!succeeded, refused));
    }

    /** Puts the other identifiers first: if they succeed, the named ones are the cause. */
    private static List<BatchAttempt> apart(BatchAttempt work, List<Identifier> named) {
        List<BatchAttempt> parts = new ArrayList<>();
        if (work.search().isPresent()) {
            parts.addAll(followedBy(List.of(), work, work.search().get().without(named)));
        } else {
            parts.add(work.part(work.batch().without(named)));
        }
        named.forEach(identifier -> parts.add(work.part(work.batch().single(identifier))));
        return parts;
    }

    private static boolean names(String message, String identifier) {
        int at = message.indexOf(identifier);
        return at >= 0
                && Pattern.compile("(?<![\\w.])" + Pattern.quote(identifier) + "(?![\\w.]*\\w)")
                        .matcher(message)
                        .find();
    }
}
