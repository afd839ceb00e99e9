package io.github.sparkncbigene.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
