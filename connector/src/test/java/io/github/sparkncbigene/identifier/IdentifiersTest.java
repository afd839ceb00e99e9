package io.github.sparkncbigene.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testing.Serialized;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
    private static final Comparator<String> BY_BYTES = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    /** The same as a plain list. */
    private static List<String> plain(List<String> texts) {
        Set<String> sorted = new TreeSet<>(BY_BYTES);
        sorted.addAll(texts);
        return List.copyOf(sorted);
    }

    @Property
    void theyAreTheDifferentTextsSorted(@ForAll("texts") List<String> texts) {
        Identifiers identifiers = Identifiers.of(texts);
        List<String> plain = plain(texts);

        assertThat(identifiers).containsExactlyElementsOf(plain);
        assertThat(identifiers.equals(plain)).isTrue();
        assertThat(plain.equals(identifiers)).isTrue();
        assertThat(identifiers).hasSameHashCodeAs(plain).hasToString(plain.toString());
        assertThat(Identifiers.of(identifiers)).isSameAs(identifiers);
    }

    @Property
    void theyHaveWhatAPlainListHas(@ForAll("texts") List<String> texts, @ForAll("text") String text) {
        Identifiers identifiers = Identifiers.of(texts);
        List<String> plain = plain(texts);

        assertThat(identifiers.contains(text)).isEqualTo(plain.contains(text));
        assertThat(identifiers.indexOf(text)).isEqualTo(plain.indexOf(text));
        assertThat(texts)
                .allSatisfy(one -> assertThat(identifiers.contains(one)).isTrue());
        assertThat(identifiers.contains(null)).isFalse();
        assertThat(identifiers.contains((Object) 1)).isFalse();
    }

    @Property
    void equalListsAreEqualHoweverTheyCameToBe(@ForAll("texts") List<String> one, @ForAll("texts") List<String> other) {
        List<String> reversed = new ArrayList<>(one);
        Collections.reverse(reversed);

        assertThat(Identifiers.of(reversed)).isEqualTo(Identifiers.of(one)).hasSameHashCodeAs(Identifiers.of(one));
        assertThat(Identifiers.of(one).equals(Identifiers.of(other)))
                .isEqualTo(plain(one).equals(plain(other)));
    }

    @Property
    void aPartIsThePartOfAPlainList(@ForAll("texts") List<String> texts, @ForAll("text") String text) {
        Identifiers identifiers = Identifiers.of(texts);
        List<String> plain = plain(texts);
        for (int from = 0; from <= plain.size(); from++) {
            for (int to = from; to <= plain.size(); to++) {
                Identifiers part = identifiers.subList(from, to);
                List<String> plainPart = plain.subList(from, to);

                assertThat(part).isEqualTo(plainPart).isEqualTo(Identifiers.of(plainPart));
                assertThat(part.indexOf(text)).isEqualTo(plainPart.indexOf(text));
                assertThat(part.subList(0, part.size() / 2)).isEqualTo(plainPart.subList(0, plainPart.size() / 2));
                assertThat(Serialized.copy(part))
                        .isInstanceOf(Identifiers.class)
                        .isEqualTo(plainPart);
            }
        }
    }

    @Property
    void whatIsInBothIsWhatTwoSetsHaveInCommon(@ForAll("texts") List<String> one, @ForAll("texts") List<String> other) {
        List<String> both = new ArrayList<>(plain(one));
        both.retainAll(other);

        assertThat(Identifiers.of(one).and(Identifiers.of(other))).isEqualTo(both);
        assertThat(Identifiers.of(other).and(Identifiers.of(one))).isEqualTo(both);
    }

    @Test
    void nothingChangesThem() {
        Identifiers identifiers = Identifiers.of(List.of("a", "b"));

        assertThatThrownBy(() -> identifiers.add("c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> identifiers.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> identifiers.set(0, "c")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void outsideThereIsNothing() {
        Identifiers part = Identifiers.of(List.of("a", "b", "c", "d")).subList(1, 3);

        assertThatThrownBy(() -> part.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.subList(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(part.contains("a")).isFalse();
        assertThat(part.contains("d")).isFalse();
    }

    @Test
    void aPartTravelsWithoutTheRest() {
        Identifiers many = Identifiers.of(
                IntStream.range(0, 100_000).mapToObj(i -> "NM_" + i + ".1").toList());

        assertThat(Serialized.size(many.subList(5000, 6000))).isLessThan(10_000);
        assertThat(Serialized.copy(many)).isEqualTo(many);
    }

    @Test
    void aListLongerThanAnArrayIsAnErrorThatSaysWhatToDo() {
        IdentifiersBuilder builder = new IdentifiersBuilder(5, 1, 1);
        builder.add("aaa");
        builder.add("bb");

        assertThatThrownBy(() -> builder.add("c"))
                .hasMessage("[NCBI_GENE_INVALID_IDENTIFIER] The list of identifiers is longer than 5 bytes, after 2"
                        + " identifiers. Read it in parts, or as a stream.");
        assertThat(builder.build()).containsExactly("aaa", "bb");
    }

    @Provide
    Arbitrary<String> text() {
        // Of one byte in UTF-8 to four, the last two in another order than as chars.
        return Arbitraries.of("", "\u0000", "a", "b", "A", ".", "1", "\u00e9", "\uffee", "\ud83e\uddec")
                .list()
                .ofMaxSize(3)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return text().list().ofMaxSize(12);
    }
}
