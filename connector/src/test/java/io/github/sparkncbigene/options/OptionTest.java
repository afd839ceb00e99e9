package io.github.sparkncbigene.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.View;
import io.github.sparkncbigene.testing.Given;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTest {
    /** What {@code GET /gene/accession/{accessions}} takes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "accessions",
                "accession_filter",
                "include_tabular_header",
                "locus_tags",
                "page_size",
                "page_token",
                "returned_content",
                "sort.field",
                "sort.direction",
                "table_fields",
                "tax_search_subtree"
            })
    void everyParameterOfTheEndpointIsAnOptionUnderItsOwnName(String parameter) {
        assertThat(Option.find(parameter).map(Option::key)).contains(parameter);
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void everyOptionIsDescribedAndItsDefaultIsAValueItTakes(Option option) {
        assertThat(option.sentence()).isNotBlank().endsWith(".").doesNotContain("\n");
        assertThat(option.type().name()).isNotBlank();
        assertThat(option.since()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(option.defaultValue().map(option.type()::canonical)).isEqualTo(option.defaultValue());
    }

    @Test
    void enumerationsHoldAllOfNcbisWords() {
        assertThat(takes(Option.RETURNED_CONTENT, "COMPLETE", "IDS_ONLY", "COUNTS_ONLY"))
                .isTrue();
        assertThat(takes(
                        Option.INCLUDE_TABULAR_HEADER,
                        "INCLUDE_TABULAR_HEADER_FIRST_PAGE_ONLY",
                        "INCLUDE_TABULAR_HEADER_ALWAYS",
                        "INCLUDE_TABULAR_HEADER_NEVER"))
                .isTrue();
        assertThat(takes(
                        Option.SORT_DIRECTION,
                        "SORT_DIRECTION_UNSPECIFIED",
                        "SORT_DIRECTION_ASCENDING",
                        "SORT_DIRECTION_DESCENDING"))
                .isTrue();
    }

    private static Stream<Arguments> choices() {
        return Stream.of(
                choice(Option.ENDPOINT, Endpoint.values(), Options::endpoint),
                choice(Option.ACCESSION_ROWS, AccessionRows.values(), Options::accessionRows),
                choice(Option.INCLUDE_TABULAR_HEADER, TabularHeader.values(), Options::tabularHeader),
                choice(Option.RETURNED_CONTENT, ReturnedContent.values(), Options::returnedContent),
                choice(Option.TABLE_FORMAT, TableFormat.values(), options -> options.tableFormat()
                        .orElseThrow()),
                choice(Option.METHOD, Method.values(), options -> options.method()
                        .orElseThrow()),
                choice(Option.WIRE_FORMAT, WireFormat.values(), options -> options.wireFormat()
                        .orElseThrow()),
                choice(Option.MODE, Mode.values(), Options::mode),
                choice(Option.CACHE_MODE, CacheMode.values(), Options::cacheMode),
                choice(
                        Option.REPLACED_FILES,
                        ReplacedFiles.values(),
                        options -> options.rereadsReplacedFiles() ? ReplacedFiles.REREAD : ReplacedFiles.ERROR));
    }

    private static Arguments choice(Option option, Object[] choices, Function<Options, Object> typed) {
        return Arguments.of(option, List.of(choices), typed);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void everyValueOfAChoiceIsOneOfItsConstants(Option option, List<Object> choices, Function<Options, Object> typed) {
        List<String> values = List.of(option.type().name().split(Pattern.quote(" \\| ")));

        assertThat(values)
                .filteredOn(value -> !value.equals("auto"))
                .isEqualTo(choices.stream().map(Object::toString).toList());
        for (Object choice : choices) {
            String[] given = {option.key(), choice.toString().toUpperCase(Locale.ROOT), "cache_path", "c"};
            assertThat(typed.apply(Given.options(given))).isEqualTo(choice);
        }
    }

    @Test
    void whatIsNotChosenIsTheDefaultOrLeftToTheConnector() {
        Options options = Given.options();

        assertThat(options.mode()).isEqualTo(Mode.PERMISSIVE);
        assertThat(options.endpoint()).isEqualTo(Endpoint.REPORT);
        assertThat(options.accessionRows()).isEqualTo(AccessionRows.GENE);
        assertThat(options.returnedContent()).isEqualTo(ReturnedContent.COMPLETE);
        assertThat(options.tabularHeader()).isEqualTo(TabularHeader.FIRST_PAGE_ONLY);
        assertThat(options.method()).isEmpty();
        assertThat(options.wireFormat()).isEmpty();
        assertThat(Given.options("method", "auto", "wire_format", "AUTO").wireFormat())
                .isEmpty();
        assertThat(options.tableFormat()).isEmpty();
        assertThat(options.report()).isEqualTo(Report.GENE);
        assertThat(options.view()).isEmpty();
        assertThat(Given.options("report", "Transcript").view()).contains(View.TRANSCRIPT);
        assertThat(Given.options("report", "transcript").report()).isEqualTo(Report.PRODUCT);
    }

    private static boolean takes(Option option, String... values) {
        return Stream.of(values).allMatch(value -> value.equals(option.type().canonical(value)));
    }

    @Test
    void nothingThatHoldsASecretHasADefault() {
        List<Option> secrets = Stream.of(Option.values())
                .filter(option -> option.type() == OptionType.SECRET)
                .toList();

        assertThat(secrets).containsExactly(Option.API_KEY);
        assertThat(Option.API_KEY.defaultValue()).isEmpty();
    }

    @Test
    void theEnvironmentsNamesAreThoseOfNcbisClient() {
        assertThat(Option.API_KEY.environmentVariable()).contains("NCBI_API_KEY");
        assertThat(Option.BASE_URL.environmentVariable()).contains("NCBI_GATEWAY_URL");
        assertThat(Option.PAGE_SIZE.environmentVariable()).isEmpty();
    }

    @Test
    void anUnknownNameIsNotFound() {
        assertThat(Option.find("accession")).isEmpty();
        assertThat(Option.find("")).isEmpty();
        assertThat(Option.find("accessions2")).isEmpty();
    }
}
