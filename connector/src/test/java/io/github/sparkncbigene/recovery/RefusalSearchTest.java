package io.github.sparkncbigene.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalSearchTest {
    private static final int COUNT = 1000;

    private static List<Identifier> identifiers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Identifier(IdentifierKind.ACCESSION, String.format("NM_%09d.1", i)))
                .toList();
    }

    private static Set<Identifier> at(List<Identifier> all, IntStream places) {
        Set<Identifier> some = new HashSet<>();
        places.forEach(place -> some.add(all.get(place)));
        return some;
    }

    /** Runs the search on a service that refuses some, and counts requests, with the one for the whole batch. */
    private static int requests(List<Identifier> all, Collection<Identifier> bad, boolean answeredBefore) {
        Set<Identifier> answered = new HashSet<>();
        Set<Identifier> refused = new HashSet<>();
        boolean inDoubt = !answeredBefore;
        int requests = 1;
        Optional<RefusalSearch> step = RefusalSearch.in(all).afterRefusal(inDoubt, 0);
        while (step.isPresent()) {
            List<Identifier> tested = step.get().tested();
            requests++;
            assertThat(requests).as("steps").isLessThan(3 * all.size() + 10);
            if (Collections.disjoint(tested, bad)) {
                inDoubt = false;
                answered.addAll(tested);
                step = step.get().afterSuccess();
            } else {
                if (tested.size() == 1) {
                    refused.addAll(tested);
                }
                step = step.get().afterRefusal(inDoubt, refused.size());
            }
            assertThat(answered.size()
                            + refused.size()
                            + step.map(next -> next.tested().size() + next.waiting())
                                    .orElse(0))
                    .as("each identifier is in one place")
                    .isEqualTo(all.size());
        }
        assertThat(refused).containsExactlyInAnyOrderElementsOf(bad);
        return requests;
    }

    /** log2 of the number of ways to choose 10 of 1000 is 78: no search can do with fewer requests on average. */
    @ParameterizedTest
    @CsvSource({"1, 16, 23", "2, 27, 35", "3, 37, 45", "10, 94, 105", "50, 335, 360"})
    void refusedAtRandomPlacesTheyTakeLittleMoreThanTheLeastPossible(int refused, int mean, int most) {
        List<Identifier> all = identifiers(COUNT);
        IntSummaryStatistics requests = IntStream.range(0, 200)
                .map(seed -> requests(
                        all, at(all, new Random(seed).ints(0, COUNT).distinct().limit(refused)), seed % 2 == 0))
                .summaryStatistics();

        assertThat(requests.getAverage()).isLessThanOrEqualTo(mean);
        assertThat(requests.getMax()).isLessThanOrEqualTo(most);
    }

    @Test
    void refusedAtEqualDistancesToo() {
        List<Identifier> all = identifiers(COUNT);

        assertThat(requests(all, at(all, IntStream.range(0, 10).map(i -> 99 * i)), false))
                .isLessThanOrEqualTo(105);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 303, 495, 989, 990})
    void neighboursTakeFewRequests(int first) {
        List<Identifier> all = identifiers(COUNT);

        for (boolean answeredBefore : new boolean[] {true, false}) {
            assertThat(requests(all, at(all, IntStream.range(first, first + 10)), answeredBefore))
                    .isLessThanOrEqualTo(45);
        }
    }

    @Test
    void allOfThemTakeOneRequestEach() {
        List<Identifier> all = identifiers(200);

        assertThat(requests(all, all, true)).isLessThanOrEqualTo(215);
        assertThat(requests(all.subList(0, 2), all.subList(0, 2), true)).isEqualTo(3);
        assertThat(requests(all.subList(0, 2), all.subList(1, 2), false)).isEqualTo(3);
    }

    /** Ten of another form among 990: the odd ones are looked at apart, wherever they sort. */
    @ParameterizedTest
    @ValueSource(strings = {"AA_%05d", "NM_%09d:c.1A>G", "ZZ%d"})
    void oddOnesAreFoundSoon(String form) {
        List<Identifier> odd = IntStream.range(0, 10)
                .mapToObj(i -> new Identifier(IdentifierKind.ACCESSION, String.format(form, 99 * i)))
                .toList();
        List<Identifier> all = new ArrayList<>(identifiers(990));
        all.addAll(odd);
        Collections.shuffle(all, new Random(1));

        assertThat(requests(all, odd, false)).isLessThanOrEqualTo(25);
    }
}
