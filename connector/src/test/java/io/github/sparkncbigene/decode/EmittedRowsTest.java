package io.github.sparkncbigene.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class EmittedRowsTest {
    private static Object[] row(Object... values) {
        return values;
    }

    @Test
    void aKeyIsFirstOnce() {
        EmittedRows emitted = new EmittedRows();

        assertThat(emitted.first("a")).isTrue();
        assertThat(emitted.first("b")).isTrue();
        assertThat(emitted.first("a")).isFalse();
        assertThat(emitted.isEmpty()).as("keys are no rows of a table").isTrue();
    }

    @Test
    void rowsThatDifferAreNotTakenForOneAnother() {
        EmittedRows emitted = new EmittedRows();
        emitted.add(row(UTF8String.fromString("a"), null, 1L));

        assertThat(emitted.takeBack(row(null, UTF8String.fromString("a"), 1L))).isFalse();
        assertThat(emitted.takeBack(row(UTF8String.fromString("a"), 1L, null))).isFalse();
        assertThat(emitted.takeBack(row(UTF8String.fromString("a"), null, 2L))).isFalse();
        assertThat(emitted.takeBack(row(UTF8String.fromString("a"), null, 1L))).isTrue();
        assertThat(emitted.isEmpty()).isTrue();
    }

    @Test
    void twoTextsOfTheSameHashesAreTwoRows() {
        EmittedRows emitted = new EmittedRows();
        emitted.add(row(UTF8String.fromString("TP53"), UTF8String.fromString("GO:49715")));

        assertThat(emitted.takeBack(row(UTF8String.fromString("TP53"), UTF8String.fromString("GO:149797"))))
                .isFalse();
    }

    @Property
    void rowsAreTheSameOnlyIfEachOfTheirValuesIs(
            @ForAll("rows") List<Object> one, @ForAll("rows") List<Object> another) {
        EmittedRows emitted = new EmittedRows();
        emitted.add(one.toArray());

        assertThat(emitted.takeBack(another.toArray())).isEqualTo(one.equals(another));
    }

    /** Short rows of few letters, so that equal ones and those that look alike when run together are common. */
    @Provide
    Arbitrary<List<Object>> rows() {
        Arbitrary<Object> texts = Arbitraries.strings()
                .withChars('a', 'b', '\0', ',')
                .ofMaxLength(3)
                .map(UTF8String::fromString);
        return texts.injectNull(0.2).list().ofSize(3);
    }

    /** Values of the shape that comes in tables, of which 32-bit hashes alone would take several for one another. */
    @Test
    void noTwoOfManyRowsAreTakenForOneAnother() {
        EmittedRows emitted = new EmittedRows();
        for (int i = 0; i < 200_000; i++) {
            Object[] row = row(UTF8String.fromString("TP53"), UTF8String.fromString("GO:" + i), (long) i % 7, null);
            assertThat(emitted.takeBack(row)).as("row %s", i).isFalse();
            emitted.add(row);
        }
    }

    @Property
    void ofATableReadAgainOnlyWhatIsNewIsLeft(
            @ForAll @Size(max = 30) List<@IntRange(max = 5) Integer> before,
            @ForAll @Size(max = 30) List<@IntRange(max = 5) Integer> again) {
        EmittedRows emitted = new EmittedRows();
        before.forEach(value -> emitted.add(row(value, null)));
        List<Integer> left = new ArrayList<>();
        for (int value : again) {
            if (!emitted.takeBack(row(value, null))) {
                left.add(value);
            }
        }
        List<Integer> expected = new ArrayList<>(again);
        before.forEach(expected::remove);
        assertThat(left).containsExactlyInAnyOrderElementsOf(expected);
    }
}
