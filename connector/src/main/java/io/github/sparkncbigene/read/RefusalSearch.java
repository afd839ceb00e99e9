package io.github.sparkncbigene.read;

import io.github.sparkncbigene.plan.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the identifiers of a batch that the service refuses without naming them, by requests for groups. A group that is
 * answered is done. One that is refused is halved; if its first half is answered, the other half must hold the refused
 * identifier, and is halved in its turn without a request for the whole of it. Whether an identifier is refused is known
 * only from a request for it alone.
 *
 * @param tested what the next request asks for
 * @param twin the rest of a group that was refused; empty if {@code tested} is not a part of one
 * @param pool identifiers of which nothing is known yet
 * @param refused how many identifiers were refused alone
 * @param answered how many were answered
 * @param sinceRefused how many were answered after the one that was refused last
 * @param lastGroup how many the last group from the pool had, if it was answered and no identifier refused since; else 0
 * @param clustered true if the last two that were refused are neighbours
 */
record RefusalSearch(
        List<Identifier> tested,
        List<Identifier> twin,
        List<Identifier> pool,
        int refused,
        int answered,
        int sinceRefused,
        int lastGroup,
        boolean clustered) {

    /** The search in a batch that was refused as a whole, before its first step. */
    static RefusalSearch in(List<Identifier> batch) {
        List<Identifier> ordered =
                SimilarIdentifiers.groups(batch).stream().flatMap(List::stream).toList();
        return new RefusalSearch(ordered, List.of(), List.of(), 0, 0, 0, 0, false);
    }

    /** How many identifiers are left besides those that are tested. */
    int waiting() {
        return twin.size() + pool.size();
    }

    /** The next step after what was tested was answered; empty if that was all. */
    Optional<RefusalSearch> afterAnswer() {
        int size = tested.size();
        return then(refused, answered + size, sinceRefused + size, twin.isEmpty() ? size : lastGroup, clustered)
                .step(twin, pool);
    }

    /**
     * The next step after what was tested was refused; empty if that was all.
     *
     * @param inDoubt true while the service has answered nothing, so that something other than identifiers may be refused
     * @param turn a number that is another one after each identifier that was refused alone
     */
    Optional<RefusalSearch> afterRefusal(boolean inDoubt, int turn) {
        List<Identifier> rest = concat(twin, pool);
        if (tested.size() == 1) {
            RefusalSearch next = then(refused + 1, answered, 0, 0, refused > 0 && sinceRefused == 0);
            // Should nothing else be answered either, the identifiers are not to blame: look at many at once.
            return inDoubt ? next.test(rest, SimilarIdentifiers.beforeOdd(rest)) : next.step(List.of(), rest);
        }
        return Optional.of(
                inDoubt && tested.size() > 2 ? probe(turn) : step(tested, rest).orElseThrow());
    }

    /** What is left to test once some that were named are taken out; the rest of the group may be faultless then. */
    Optional<RefusalSearch> without(List<Identifier> named) {
        List<Identifier> others = new ArrayList<>(tested);
        others.removeAll(named);
        return others.isEmpty() ? withoutTested() : Optional.of(with(others, List.of(), concat(twin, pool)));
    }

    /** The next step without what was tested, of which nothing was learned; empty if that was all. */
    Optional<RefusalSearch> withoutTested() {
        return step(List.of(), concat(twin, pool));
    }

    /** One identifier alone tells soon whether it is the identifiers; the next one is of another form. */
    private RefusalSearch probe(int turn) {
        List<List<Identifier>> groups = SimilarIdentifiers.groups(tested);
        List<Identifier> group = groups.get(turn % groups.size());
        Identifier one = group.get(group.size() - 1);
        List<Identifier> others = new ArrayList<>(tested);
        others.remove(one);
        return with(List.of(one), others, concat(twin, pool));
    }

    /** @param suspects a group of which at least one is refused, if there is such a group */
    private Optional<RefusalSearch> step(List<Identifier> suspects, List<Identifier> unknown) {
        if (suspects.size() == 1) {
            return Optional.of(with(suspects, List.of(), unknown));
        }
        if (!suspects.isEmpty()) {
            int first = SimilarIdentifiers.beforeOdd(suspects);
            return Optional.of(with(suspects.subList(0, first), suspects.subList(first, suspects.size()), unknown));
        }
        return test(unknown, refused + answered == 0 ? unknown.size() / 2 : groupSize());
    }

    private Optional<RefusalSearch> test(List<Identifier> unknown, int size) {
        int group = Math.min(unknown.size(), Math.max(1, size));
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(with(unknown.subList(0, group), List.of(), unknown.subList(group, unknown.size())));
    }

    /** So many that as many groups are refused as are answered, which is when a request tells most. */
    private int groupSize() {
        if (clustered && lastGroup == 0) {
            return 1;
        }
        double share = Math.min(0.99, (refused + 0.5) / (refused + answered + 1));
        return Math.max(2 * lastGroup, (int) Math.round(Math.log(0.5) / Math.log(1 - share)));
    }

    private RefusalSearch then(int refused, int answered, int sinceRefused, int lastGroup, boolean clustered) {
        return new RefusalSearch(tested, twin, pool, refused, answered, sinceRefused, lastGroup, clustered);
    }

    private RefusalSearch with(List<Identifier> tested, List<Identifier> twin, List<Identifier> pool) {
        return new RefusalSearch(
                List.copyOf(tested),
                List.copyOf(twin),
                List.copyOf(pool),
                refused,
                answered,
                sinceRefused,
                lastGroup,
                clustered);
    }

    private static List<Identifier> concat(List<Identifier> first, List<Identifier> second) {
        List<Identifier> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
