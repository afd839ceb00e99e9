package io.github.sparkncbigene.layout;

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
    }

    @Test
    void rowsThatDifferAreNotTakenForOneAnother() {
        EmittedRows emitted = new EmittedRows();
        emitAndFail(emitted, row(UTF8String.fromString("a"), null, 1L));

        assertThat(emitted.isNew(row(null, UTF8String.fromString("a"), 1L))).isTrue();
        assertThat(emitted.isNew(row(UTF8String.fromString("a"), 1L, null))).isTrue();
        assertThat(emitted.isNew(row(UTF8String.fromString("a"), null, 2L))).isTrue();
        assertThat(emitted.isNew(row(UTF8String.fromString("a"), null, 1L))).isFalse();
        assertThat(emitted.isNew(row(UTF8String.fromString("a"), null, 1L)))
                .as("the same row a second time")
                .isTrue();
    }

    @Test
    void twoTextsOfTheSameHashesAreTwoRows() {
        EmittedRows emitted = new EmittedRows();
        emitAndFail(emitted, row(UTF8String.fromString("TP53"), UTF8String.fromString("GO:49715")));

        assertThat(emitted.isNew(row(UTF8String.fromString("TP53"), UTF8String.fromString("GO:149797"))))
                .isTrue();
    }

    @Property
    void rowsAreTheSameOnlyIfEachOfTheirValuesIs(
            @ForAll("rows") List<Object> one, @ForAll("rows") List<Object> another) {
        EmittedRows emitted = new EmittedRows();
        emitAndFail(emitted, one.toArray());

        assertThat(emitted.isNew(another.toArray())).isEqualTo(!one.equals(another));
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
            emitAndFail(emitted, row);
        }
    }

    /**
     * A batch whose attempts fail, on its way to the end, after any number of rows, and which is divided where it is
     * tried for the last time: the rows that are out in the end are those of the table, however many are the same.
     */
    @Property
    void whateverFailsEachRowIsOutOnce(
            @ForAll @Size(max = 20) List<@IntRange(max = 3) Integer> table,
            @ForAll @Size(max = 5) List<@IntRange(max = 20) Integer> failures,
            @ForAll @IntRange(max = 20) int cut,
            @ForAll @Size(max = 3) List<@IntRange(max = 20) Integer> failuresOfSecondPart) {
        EmittedRows emitted = new EmittedRows();
        List<Integer> out = new ArrayList<>();
        for (int end : failures) {
            read(emitted, table.subList(0, Math.min(end, table.size())), out);
            emitted.failed();
        }
        int middle = Math.min(cut, table.size());
        read(emitted, table.subList(0, middle), out);
        emitted.completed();
        List<Integer> rest = table.subList(middle, table.size());
        for (int end : failuresOfSecondPart) {
            read(emitted, rest.subList(0, Math.min(end, rest.size())), out);
            emitted.failed();
        }
        read(emitted, rest, out);
        emitted.completed();

        assertThat(out).containsExactlyInAnyOrderElementsOf(table);
    }

    private static void read(EmittedRows emitted, List<Integer> table, List<Integer> out) {
        for (int value : table) {
            if (emitted.isNew(row(value, null))) {
                out.add(value);
            }
        }
    }

    private static void emitAndFail(EmittedRows emitted, Object[] row) {
        assertThat(emitted.isNew(row)).isTrue();
        emitted.failed();
    }
}
