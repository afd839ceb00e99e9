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
    /** After so many identifiers refused one by one, and none answered, it is not the identifiers that are wrong. */
    private static final int REFUSALS_IN_VAIN = 3;

    private final Tally tally;
    private int refused;
    private boolean answered;
    private boolean inDoubt;

    /** @param tally counts what is divided */
    Recovery(Tally tally) {
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
            if (answered || refused < REFUSALS_IN_VAIN) {
                return Optional.empty();
            }
        }
        throw trouble.error();
    }

    private static List<BatchAttempt> halves(BatchAttempt work) {
        return work.batch().halves().stream().map(work::part).toList();
    }

    /** Whether it may be something else than identifiers that is refused: little should be asked until it is known. */
    boolean isInDoubt() {
        return inDoubt && !answered;
    }

    /** The identifiers that the message names, each alone, and the others; halves where it names none. */
    private List<BatchAttempt> isolate(BatchAttempt work, String message) {
        List<Identifier> asked = work.batch().asked();
        List<Identifier> named = asked.stream()
                .filter(identifier -> names(message, identifier.asked()))
                .toList();
        if (!named.isEmpty() && named.size() < asked.size()) {
            return apart(work, named);
        }
        inDoubt = true;
        if (answered || asked.size() == 2) {
            return halves(work);
        }
        // One alone tells soon whether it is the identifiers; the others are refused with what they were refused with.
        List<BatchAttempt> parts = apart(work, asked.subList(0, 1));
        BatchAttempt others = parts.remove(1);
        parts.addAll(halves(others));
        return parts;
    }

    private static List<BatchAttempt> apart(BatchAttempt work, List<Identifier> some) {
        List<BatchAttempt> parts = new ArrayList<>();
        some.forEach(identifier -> parts.add(work.part(IdentifierBatch.single(identifier))));
        parts.add(work.part(work.batch().without(some)));
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
