package io.github.sparkncbigene.recovery;

import io.github.sparkncbigene.identifier.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the identifiers of a batch that the service rejects without naming them, by requests for groups. A group that
 * succeeds is finished. A rejected group is halved. If its first half succeeds, the other half must contain the
 * rejected identifier, and is halved without a request for the whole of it. Only a request for a single identifier
 * proves that it is rejected.
 *
 * @param tested the identifiers of the next request
 * @param twin the rest of a rejected group; empty if {@code tested} is not a part of one
 * @param pool identifiers that were not tested yet
 * @param refused number of identifiers that were rejected alone
 * @param succeeded number of identifiers that succeeded
 * @param sinceRefused number of identifiers that succeeded after the last rejected one
 * @param lastGroup size of the last group from the pool, if it succeeded and no identifier was rejected since;
 *     otherwise 0
 * @param clustered true if the last two rejected identifiers are neighbours
 */
record RefusalSearch(
        List<Identifier> tested,
        List<Identifier> twin,
        List<Identifier> pool,
        int refused,
        int succeeded,
        int sinceRefused,
        int lastGroup,
        boolean clustered) {

    /** Returns the search in a batch that was rejected as a whole, before its first step. */
    static RefusalSearch in(List<Identifier> batch) {
        List<Identifier> ordered =
                SimilarIdentifiers.groups(batch).stream().flatMap(List::stream).toList();
        return new RefusalSearch(ordered, List.of(), List.of(), 0, 0, 0, 0, false);
    }

    /** Returns the number of identifiers left besides the tested ones. */
    int waiting() {
        return twin.size() + pool.size();
    }

    /** Returns the next step after the tested identifiers succeeded; empty if none is left. */
    Optional<RefusalSearch> afterSuccess() {
        int size = tested.size();
        return then(refused, succeeded + size, sinceRefused + size, twin.isEmpty() ? size : lastGroup, clustered)
                .step(twin, pool);
    }

    /**
     * Returns the next step after the tested identifiers were rejected; empty if none is left.
     *
     * @param inDoubt true while nothing has succeeded, so that the cause may be something other than identifiers
     * @param permit a number that changes after each identifier that was rejected alone
     */
    Optional<RefusalSearch> afterRefusal(boolean inDoubt, int permit) {
        List<Identifier> rest = concat(twin, pool);
        if (tested.size() == 1) {
            RefusalSearch next = then(refused + 1, succeeded, 0, 0, refused > 0 && sinceRefused == 0);
            // If nothing else succeeds either, the identifiers are not the cause: test many at once.
            return inDoubt ? next.test(rest, SimilarIdentifiers.beforeOdd(rest)) : next.step(List.of(), rest);
        }
        return Optional.of(
                inDoubt && tested.size() > 2
                        ? probe(permit)
                        : step(tested, rest).orElseThrow());
    }

    /** Returns the search without some named identifiers; the rest of the group may be valid then. */
    Optional<RefusalSearch> without(List<Identifier> named) {
        List<Identifier> others = new ArrayList<>(tested);
        others.removeAll(named);
        return others.isEmpty() ? withoutTested() : Optional.of(with(others, List.of(), concat(twin, pool)));
    }

    /** Returns the next step without the tested identifiers, whose status is still unknown; empty if none is left. */
    Optional<RefusalSearch> withoutTested() {
        return step(List.of(), concat(twin, pool));
    }

    /**
     * Tests one identifier alone, which soon shows whether identifiers are the cause; the next one has another form.
     */
    private RefusalSearch probe(int permit) {
        List<List<Identifier>> groups = SimilarIdentifiers.groups(tested);
        List<Identifier> group = groups.get(permit % groups.size());
        Identifier one = group.get(group.size() - 1);
        List<Identifier> others = new ArrayList<>(tested);
        others.remove(one);
        return with(List.of(one), others, concat(twin, pool));
    }

    /** @param suspects a group with at least one rejected identifier, if there is one */
    private Optional<RefusalSearch> step(List<Identifier> suspects, List<Identifier> unknown) {
        if (suspects.size() == 1) {
            return Optional.of(with(suspects, List.of(), unknown));
        }
        if (!suspects.isEmpty()) {
            int first = SimilarIdentifiers.beforeOdd(suspects);
            return Optional.of(with(suspects.subList(0, first), suspects.subList(first, suspects.size()), unknown));
        }
        return test(unknown, refused + succeeded == 0 ? unknown.size() / 2 : groupSize());
    }

    private Optional<RefusalSearch> test(List<Identifier> unknown, int size) {
        int group = Math.min(unknown.size(), Math.max(1, size));
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(with(unknown.subList(0, group), List.of(), unknown.subList(group, unknown.size())));
    }

    /** Returns the group size at which half of the groups are rejected: then a request gives most information. */
    private int groupSize() {
        if (clustered && lastGroup == 0) {
            return 1;
        }
        double share = Math.min(0.99, (refused + 0.5) / (refused + succeeded + 1));
        return Math.max(2 * lastGroup, (int) Math.round(Math.log(0.5) / Math.log(1 - share)));
    }

    private RefusalSearch then(int refused, int succeeded, int sinceRefused, int lastGroup, boolean clustered) {
        return new RefusalSearch(tested, twin, pool, refused, succeeded, sinceRefused, lastGroup, clustered);
    }

    private RefusalSearch with(List<Identifier> tested, List<Identifier> twin, List<Identifier> pool) {
        return new RefusalSearch(
                List.copyOf(tested),
                List.copyOf(twin),
                List.copyOf(pool),
                refused,
                succeeded,
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
