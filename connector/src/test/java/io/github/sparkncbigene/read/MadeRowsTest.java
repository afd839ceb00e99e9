package io.github.sparkncbigene.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class MadeRowsTest {
    private static Object[] row(Object... values) {
        return values;
    }

    @Test
    void aKeyIsFirstOnce() {
        MadeRows made = new MadeRows();

        assertThat(made.first("a")).isTrue();
        assertThat(made.first("b")).isTrue();
        assertThat(made.first("a")).isFalse();
        assertThat(made.isEmpty()).as("keys are no rows of a table").isTrue();
    }

    @Test
    void rowsThatDifferAreNotTakenForOneAnother() {
        MadeRows made = new MadeRows();
        made.add(row(UTF8String.fromString("a"), null, 1L));

        assertThat(made.takeBack(row(null, UTF8String.fromString("a"), 1L))).isFalse();
        assertThat(made.takeBack(row(UTF8String.fromString("a"), 1L, null))).isFalse();
        assertThat(made.takeBack(row(UTF8String.fromString("a"), null, 2L))).isFalse();
        assertThat(made.takeBack(row(UTF8String.fromString("a"), null, 1L))).isTrue();
        assertThat(made.isEmpty()).isTrue();
    }

    @Property
    void ofATableReadAgainOnlyWhatIsNewIsLeft(
            @ForAll @Size(max = 30) List<@IntRange(max = 5) Integer> before,
            @ForAll @Size(max = 30) List<@IntRange(max = 5) Integer> again) {
        MadeRows made = new MadeRows();
        before.forEach(value -> made.add(row(value, null)));
        List<Integer> left = new ArrayList<>();
        for (int value : again) {
            if (!made.takeBack(row(value, null))) {
                left.add(value);
            }
        }
        List<Integer> expected = new ArrayList<>(again);
        before.forEach(expected::remove);
        assertThat(left).containsExactlyInAnyOrderElementsOf(expected);
    }
}
