package io.github.sparkncbigene.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTypeTest {
    private static final OptionType SMALL = OptionType.intBetween(1, 1000);

    @ParameterizedTest
    @CsvSource({"product, product", "PRODUCT, product", "' Product ', product"})
    void aWordReadsInAnyCaseAndComesOutAsDocumented(String text, String canonical) {
        assertThat(OptionType.oneOf(Stream.of("gene", "product")).canonical(text))
                .isEqualTo(canonical);
    }

    @Test
    void anUnknownWordSaysWhichThereAre() {
        assertThatThrownBy(() -> OptionType.oneOf(Stream.of("gene", "product")).canonical("genes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one of gene, product");
    }

    @Property
    void numbersInTheRangeAreTaken(@ForAll @IntRange(min = 1, max = 1000) int number) {
        assertThat(SMALL.canonical(" " + number + " ")).isEqualTo(Integer.toString(number));
    }

    @Property
    void numbersOutsideTheRangeAreNot(@ForAll int number) {
        if (number < 1 || number > 1000) {
            assertThatThrownBy(() -> SMALL.canonical(Integer.toString(number)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a whole number from 1 to 1000");
        } else {
            assertThat(SMALL.canonical(Integer.toString(number))).isEqualTo(Integer.toString(number));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.0", "1e2", "0x10", "99999999999", "1 000", "1,000", "--1"})
    void whatIsNoWholeNumberIsNotTaken(String text) {
        assertThatThrownBy(() -> SMALL.canonical(text)).hasMessage("a whole number from 1 to 1000");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "False, false", "' false ', false"})
    void booleans(String text, String canonical) {
        assertThat(OptionType.BOOLEAN.canonical(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "t", "", "truefalse"})
    void whatIsNeitherTrueNorFalseIsNotTaken(String text) {
        assertThatThrownBy(() -> OptionType.BOOLEAN.canonical(text)).hasMessage("one of true, false");
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "5m, PT5M",
        "2h, PT2H",
        "7d, PT168H",
        "7 days, PT168H",
        "1 Day, PT24H",
        "30, PT30S",
        "'30 s', PT30S",
        "' 30S ', PT30S",
        "999999999h, PT999999999H"
    })
    void durations(String text, Duration duration) {
        assertThat(OptionType.parseDuration(text)).isEqualTo(duration);
        assertThat(OptionType.parseDuration(OptionType.DURATION.canonical(text)))
                .isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "1w", "1 min", "PT1S", "1e3", "9999999999", "10 0s"})
    void whatIsNoDurationIsNotTaken(String text) {
        assertThatThrownBy(() -> OptionType.DURATION.canonical(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a duration such as 500ms, 30s, 5m, 2h or 7d");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.ncbi.nlm.nih.gov/datasets/v2, https://api.ncbi.nlm.nih.gov/datasets/v2",
        "https://api.ncbi.nlm.nih.gov/datasets/v2/, https://api.ncbi.nlm.nih.gov/datasets/v2",
        "' https://x.org ', https://x.org",
        "https://x.org/, https://x.org",
        "http://[::1]:80, http://[::1]:80"
    })
    void addressesLoseTheirLastSlash(String text, String canonical) {
        assertThat(OptionType.URL.canonical(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.ncbi.nlm.nih.gov",
                "/datasets/v2",
                "ftp://x.org",
                "file:///etc/passwd",
                "https://",
                "https:///v2",
                "https://x.org/?a=b",
                "https://x.org/#a",
                "https://user@x.org",
                "https://x.org/a b",
                "https://x.org:port",
                "javascript:alert(1)"
            })
    void whatIsNoPlainAddressIsNotTaken(String text) {
        assertThatThrownBy(() -> OptionType.URL.canonical(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an http or https address without query, fragment and user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x.org:0", "https://x.org:65536", "http://127.0.0.1:99999/v2"})
    void aPortThatCannotBeIsNotTaken(String text) {
        assertThatThrownBy(() -> OptionType.URL.canonical(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an http or https address with a port from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0ms", "0d"})
    void aTimeoutTakesSomeTimeAndAnAgeMayBeNone(String text) {
        assertThat(OptionType.DURATION.canonical(text)).isEqualTo(text);
        assertThatThrownBy(() -> OptionType.TIMEOUT.canonical(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a duration above 0, such as 500ms, 30s, 5m, 2h or 7d");
        assertThatThrownBy(() -> OptionType.TIMEOUT.canonical("soon"))
                .hasMessage("a duration such as 500ms, 30s, 5m, 2h or 7d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\nb", "a\r\nX-Evil: 1", "é", "\u007f", "a\u0000b"})
    void aSecretThatWouldBreakAHeaderIsNotTaken(String text) {
        assertThatThrownBy(() -> OptionType.SECRET.canonical(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("printable ASCII without spaces");
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "' 0.5 ', 0.5", "0, 0", "10.25, 10.25"})
    void rates(String text, String canonical) {
        assertThat(OptionType.RATE.canonical(text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", ".5", "5.", "1e3", "NaN", "Infinity", "5/s", "1000000000000", "\u0665"})
    void whatIsNoRateIsNotTaken(String text) {
        assertThatThrownBy(() -> OptionType.RATE.canonical(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a number of requests such as 5");
    }

    @Test
    void textsAndListsAreTrimmedAndNotEmpty() {
        assertThat(OptionType.TEXT.canonical(" Homo sapiens ")).isEqualTo("Homo sapiens");
        assertThat(OptionType.LIST.canonical(" a, b ")).isEqualTo("a, b");
        assertThatThrownBy(() -> OptionType.TEXT.canonical(" \n")).hasMessage("not empty");
        assertThatThrownBy(() -> OptionType.TEXT.canonical("\u0000")).hasMessage("not empty");
        assertThatThrownBy(() -> OptionType.TEXT.canonical("\u0000\u2003")).hasMessage("not empty");
        assertThatThrownBy(() -> OptionType.LIST.canonical("")).hasMessage("not empty");
    }
}
