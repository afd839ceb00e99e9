package io.github.sparkncbigene.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarReadersTest {
    /** A date is read by a faster way than Java's own where it is made of digits; both agree. */
    @Property(tries = 2000)
    void aDateIsWhatJavaReads(@ForAll("almostDates") String text) {
        assertThat(ScalarReaders.parseDate(text)).isEqualTo(days(text));
    }

    @Provide
    Arbitrary<String> almostDates() {
        Arbitrary<String> dates = Arbitraries.integers()
                .between(-100_000, 100_000)
                .map(days -> LocalDate.ofEpochDay(days).toString());
        Arbitrary<Character> characters = Arbitraries.of(
                "0123456789-+/:T .\uff11\u0661".chars().mapToObj(c -> (char) c).toList());
        return dates.flatMap(date -> Arbitraries.integers()
                .between(0, date.length() - 1)
                .flatMap(at -> characters.map(c -> new StringBuilder(date)
                        .replace(at, at + 1, c.toString())
                        .toString())));
    }

    private static Integer days(String text) {
        try {
            return Math.toIntExact(LocalDate.parse(text).toEpochDay());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+202-01-02",
                "2020-+1-02",
                "2020-01-+2",
                "202:-01-02",
                "202/-01-02",
                "2020/01/02",
                "2020-1-022",
                "\uff12\uff10\uff12\uff10-01-02",
                "2020-13-01",
                "2021-02-29",
                "20200102",
                "2020-01-02 03:04"
            })
    void otherTextsAreNoDates(String text) {
        assertThat(ScalarReaders.parseDate(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01, 0",
        "1969-12-31, -1",
        "2020-02-29T12:00:00Z, 18321",
        "2020-01-02TT, 18263",
        "9999-12-31, 2932896",
        "+12000-01-01, 3663382"
    })
    void daysSince1970(String text, int days) {
        assertThat(ScalarReaders.parseDate(text)).isEqualTo(days);
    }

    @Test
    void aYearThatNoIntHoldsIsNoDate() {
        assertThat(ScalarReaders.parseDate("+999999999-01-01")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"2147483647, 2147483647", "2147483648,", "-2147483648, -2147483648", "-2147483649,", "x,", "1.5,"})
    void anIntIsWithinItsRange(String text, Integer value) {
        assertThat(ScalarReaders.parseInt32(text)).isEqualTo(value);
    }
}
