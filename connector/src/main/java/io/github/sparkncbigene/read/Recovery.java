package io.github.sparkncbigene.read;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.plan.Identifier;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is read instead of a batch that the service does not answer: halves of one that is too much for it; the
 * identifiers that it refuses alone, and the others without them; the same batch anew where pages lead nowhere.
 */
final class Recovery {
    /**
     * After so many identifiers refused one by one, and none answered, it is something else of the request that is
     * refused: soon where it has parameters that may be wrong, late where there is nothing but identifiers.
     */
    static final int REFUSALS_IN_VAIN = 3;

    static final int REFUSALS_OF_IDENTIFIERS_IN_VAIN = 20;

    private final int refusalsInVain;
    private final Tally tally;
    private int refused;
    private boolean answered;
    private boolean inDoubt;

    /**
     * @param refusalsInVain how many identifiers may be refused one by one before any is answered
     * @param tally counts what is divided
     */
    Recovery(int refusalsInVain, Tally tally) {
        this.refusalsInVain = refusalsInVain;
        this.tally = tally;
    }

    /** Takes note that the service has answered something. */
    void answered() {
        answered = true;
    }

    /** Whether the service has answered anything. */
    boolean hasAnswered() {
        return answered;
    }

    /**
     * The work that takes the place of a batch.
     *
     * @param firstPage whether the trouble was with the batch itself, not with a page token
     * @return empty if nothing can be done but to take the only identifier as unknown
     * @throws io.github.sparkncbigene.error.NcbiGeneException where nothing can be done
     */
    Optional<List<BatchAttempt>> replacementFor(BatchAttempt work, ServiceException trouble, boolean firstPage) {
        boolean divisible = work.batch().isDivisible();
        boolean tooMuch = trouble.kind() == Kind.TOO_LARGE || trouble.kind() == Kind.TIMEOUT;
        if (tooMuch && divisible) {
            tally.count(Counter.BATCHES_DIVIDED);
            return Optional.of(halves(work));
        }
        if (trouble.kind() == Kind.REJECTED && !firstPage) {
            return Optional.of(List.of(work.restart(trouble).orElseThrow(trouble::error)));
        }
        boolean identifiersRefused =
                trouble.kind() == Kind.REJECTED && firstPage && work.batch().kind() != null;
        if (identifiersRefused && divisible) {
            tally.count(Counter.BATCHES_DIVIDED);
            return Optional.of(isolate(work, trouble.said()));
        }
        if (identifiersRefused && trouble.error().code() == ErrorCode.REQUEST_REFUSED) {
            refused++;
            boolean named = names(trouble.said(), work.batch().asked().get(0).asked());
            if (answered || refused < (named ? REFUSALS_OF_IDENTIFIERS_IN_VAIN : refusalsInVain)) {
                return Optional.empty();
            }
        }
        throw trouble.error();
    }

    /**
     * What is left to read after a batch was answered.
     *
     * @param leftovers of the batch itself
     */
    List<BatchAttempt> afterAnswer(BatchAttempt work, List<BatchAttempt> leftovers) {
        return followedBy(leftovers, work, work.search().flatMap(RefusalSearch::afterAnswer));
    }

    /** What is left to read after the only identifier of a batch was refused. */
    List<BatchAttempt> afterRefusal(BatchAttempt work) {
        return followedBy(List.of(), work, work.search().flatMap(search -> search.afterRefusal(!answered, refused)));
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

    /** Whether it may be something else than identifiers that is refused: little should be asked until it is known. */
    boolean isInDoubt() {
        return inDoubt && !answered;
    }

    /** The identifiers that the message names, each alone, after the others; a search where it names none. */
    private List<BatchAttempt> isolate(BatchAttempt work, String message) {
        List<Identifier> asked = work.batch().asked();
        List<Identifier> named = asked.stream()
                .filter(identifier -> names(message, identifier.asked()))
                .toList();
        if (!named.isEmpty() && named.size() < asked.size()) {
            return apart(work, named);
        }
        inDoubt = true;
        RefusalSearch search = work.search().orElseGet(() -> RefusalSearch.in(asked));
        return followedBy(List.of(), work, search.afterRefusal(!answered, refused));
    }

    /** The others first: once they are answered, it is known that the named ones are to blame. */
    private static List<BatchAttempt> apart(BatchAttempt work, List<Identifier> named) {
        List<BatchAttempt> parts = new ArrayList<>();
        if (work.search().isPresent()) {
            parts.addAll(followedBy(List.of(), work, work.search().get().without(named)));
        } else {
            parts.add(work.part(work.batch().without(named)));
        }
        named.forEach(identifier -> parts.add(work.part(IdentifierBatch.single(identifier))));
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
