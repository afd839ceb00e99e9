package io.github.sparkncbigene.read;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.plan.Identifier;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    private static final Pattern VERSION = Pattern.compile("\\.[0-9]+$");
    private static final Pattern REGULAR_FORM = Pattern.compile("[NX][MRP]_([0-9]{6}|[0-9]{9})|ENS[A-Z]*[TP][0-9]{11}");
    /** What all of these forms are called. */
    private static final String REGULAR = "";

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

    private static List<BatchAttempt> halves(BatchAttempt work) {
        return work.batch().halves().stream().map(work::part).toList();
    }

    /** Whether it may be something else than identifiers that is refused: little should be asked until it is known. */
    boolean isInDoubt() {
        return inDoubt && !answered;
    }

    /** The identifiers that the message names, each alone, after the others; halves where it names none. */
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
            return byForm(work);
        }
        // One alone tells soon whether it is the identifiers; the next one is of another form, and from elsewhere.
        List<List<Identifier>> forms = forms(asked);
        List<Identifier> same = forms.get(refused % forms.size());
        List<BatchAttempt> parts = apart(work, same.subList(same.size() - 1, same.size()));
        List<BatchAttempt> inTurn = new ArrayList<>(parts.subList(1, 2));
        inTurn.addAll(byForm(parts.get(0)));
        return inTurn;
    }

    /** The others first: once they are answered, it is known that the named ones are to blame. */
    private static List<BatchAttempt> apart(BatchAttempt work, List<Identifier> some) {
        List<BatchAttempt> parts = new ArrayList<>();
        parts.add(work.part(work.batch().without(some)));
        some.forEach(identifier -> parts.add(work.part(IdentifierBatch.single(identifier))));
        return parts;
    }

    /** Two parts, the odd ones last: what the service refuses is likely to look unlike the others. */
    private static List<BatchAttempt> byForm(BatchAttempt work) {
        List<List<Identifier>> forms = forms(work.batch().asked());
        List<Identifier> odd = new ArrayList<>();
        for (int i = forms.size() - 1; i > 0; i--) {
            if (odd.size() + forms.get(i).size() <= work.batch().size() / 2) {
                odd.addAll(forms.get(i));
            }
        }
        return odd.isEmpty()
                ? halves(work)
                : List.of(
                        work.part(work.batch().without(odd)),
                        work.part(work.batch().only(odd)));
    }

    /** Identifiers that look alike, those of NCBI's and Ensembl's forms first, then the most frequent. */
    private static List<List<Identifier>> forms(List<Identifier> identifiers) {
        Map<String, List<Identifier>> forms = new TreeMap<>();
        for (Identifier identifier : identifiers) {
            forms.computeIfAbsent(form(identifier.asked()), form -> new ArrayList<>())
                    .add(identifier);
        }
        List<List<Identifier>> ordered = new ArrayList<>();
        Optional.ofNullable(forms.remove(REGULAR)).ifPresent(ordered::add);
        forms.values().stream()
                .sorted(Comparator.comparingInt((List<Identifier> same) -> same.size())
                        .reversed())
                .forEach(ordered::add);
        return ordered;
    }

    /** The letters and the lengths of numbers, without the version's. */
    private static String form(String text) {
        String base = VERSION.matcher(text).replaceFirst("");
        return REGULAR_FORM.matcher(base).matches() ? REGULAR : base.replaceAll("[0-9]", "9");
    }

    private static boolean names(String message, String identifier) {
        int at = message.indexOf(identifier);
        return at >= 0
                && Pattern.compile("(?<![\\w.])" + Pattern.quote(identifier) + "(?![\\w.]*\\w)")
                        .matcher(message)
                        .find();
    }
}
