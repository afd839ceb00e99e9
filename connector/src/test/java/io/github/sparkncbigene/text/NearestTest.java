package io.github.sparkncbigene.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> FRUIT = List.of("apple", "apples", "apply", "maple", "banana", "fig");

    private static List<String> of(String name) {
        return Nearest.of(name, FRUIT, UnaryOperator.identity());
    }

    @Test
    void theNearestComesFirst() {
        assertThat(of("appel")).startsWith("apple");
        assertThat(of("bananna")).containsExactly("banana");
    }

    @Test
    void threeAtMostAndInAFixedOrder() {
        assertThat(of("appl")).containsExactly("apple", "apply", "apples");
    }

    @Test
    void whatIsMuchTooLongIsNotCompared() {
        assertThat(of("apple".repeat(1_000_000))).isEmpty();
    }

    @Test
    void nothingLikeIt() {
        assertThat(of("xylophone")).isEmpty();
        assertThat(Nearest.of("x", List.of(), UnaryOperator.identity())).isEmpty();
    }

    @Test
    void aNameThatHoldsItComesToo() {
        assertThat(Nearest.of("tabular", List.of("include_tabular_header", "mode"), UnaryOperator.identity()))
                .containsExactly("include_tabular_header");
    }

    @Test
    void comparesNormalisedAndAnswersAsNamed() {
        assertThat(Nearest.of("protein_coding", List.of("PROTEIN_CODING", "ncRNA"), t -> t.toLowerCase(Locale.ROOT)))
                .containsExactly("PROTEIN_CODING");
    }

    @Test
    void theQuestion() {
        assertThat(Nearest.didYouMean(List.of())).isEmpty();
        assertThat(Nearest.didYouMean(List.of("a"))).isEqualTo(" Did you mean 'a'?");
        assertThat(Nearest.didYouMean(List.of("a", "b", "c"))).isEqualTo(" Did you mean 'a' or 'b' or 'c'?");
    }

    @Property
    void suggestionsAreKnownNamesAndTheNameItselfIsTheFirst(
            @ForAll @Size(min = 1, max = 20) @UniqueElements
                    List<@AlphaChars @StringLength(min = 1, max = 12) String> names) {
        for (String name : names) {
            List<String> nearest = Nearest.of(name, names, UnaryOperator.identity());
            assertThat(nearest)
                    .startsWith(name)
                    .hasSizeLessThanOrEqualTo(3)
                    .isSubsetOf(names)
                    .doesNotHaveDuplicates();
        }
    }
}
