package io.github.sparkncbigene.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.testing.Given;
import io.github.sparkncbigene.testing.Serialized;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private static final String KEY = "0123456789abcdefSECRET";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accession_filter",
                "ACCESSION_FILTER",
                "accessionFilter",
                "AccessionFilter",
                "accession-filter",
                "accessionfilter",
                "Accession-Filter",
                "accession_Filter"
            })
    void namesMatchWithoutRegardToCaseAndSeparators(String name) {
        assertThat(Given.options(name, "NM_021803.4").text(Option.ACCESSION_FILTER))
                .isEqualTo("NM_021803.4");
    }

    @Property
    void anyOptionIsFoundUnderAnySpellingOfItsName(@ForAll Option option, @ForAll Random random) {
        StringBuilder spelled = new StringBuilder();
        for (char c : option.key().toCharArray()) {
            switch (c) {
                case '_' -> spelled.append(List.of("_", "-", "", "__").get(random.nextInt(4)));
                case '.' -> spelled.append('.');
                default -> spelled.append(random.nextBoolean() ? Character.toUpperCase(c) : c);
            }
        }
        assertThat(Option.find(spelled.toString())).contains(option);
    }

    @Test
    void namesMatchInATurkishLocaleToo() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            Options options =
                    Given.options("WIRE_FORMAT", "TSV", "INCLUDE_TABULAR_HEADER", "include_tabular_header_never");
            assertThat(options.text(Option.WIRE_FORMAT)).isEqualTo("tsv");
            assertThat(options.text(Option.INCLUDE_TABULAR_HEADER)).isEqualTo("INCLUDE_TABULAR_HEADER_NEVER");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatIsGivenGoesBeforeTheEnvironmentAndThatBeforeTheDefault() {
        Map<String, String> environment = Map.of(
                "NCBI_GATEWAY_URL", "https://gateway.example/v2", "NCBI_API_KEY", "fromEnvironment", "PAGE_SIZE", "7");

        Options byDefault = Options.resolve(Map.of(), Map.of());
        assertThat(byDefault.text(Option.BASE_URL)).isEqualTo("https://api.ncbi.nlm.nih.gov/datasets/v2");
        assertThat(byDefault.apiKey()).isEmpty();

        Options fromEnvironment = Options.resolve(Map.of(), environment);
        assertThat(fromEnvironment.text(Option.BASE_URL)).isEqualTo("https://gateway.example/v2");
        assertThat(fromEnvironment.apiKey().map(Secret::reveal)).contains("fromEnvironment");
        assertThat(fromEnvironment.integer(Option.PAGE_SIZE)).isEqualTo(1000);

        Options given = Options.resolve(Map.of("baseUrl", "https://given.example", "apiKey", "given"), environment);
        assertThat(given.text(Option.BASE_URL)).isEqualTo("https://given.example");
        assertThat(given.apiKey().map(Secret::reveal)).contains("given");
    }

    @Test
    void aBlankEnvironmentVariableIsNone() {
        Options options = Options.resolve(Map.of(), Map.of("NCBI_GATEWAY_URL", " ", "NCBI_API_KEY", ""));

        assertThat(options.text(Option.BASE_URL)).isEqualTo("https://api.ncbi.nlm.nih.gov/datasets/v2");
        assertThat(options.apiKey()).isEmpty();
    }

    @Test
    void aBadEnvironmentVariableIsNamedInTheError() {
        assertThatThrownBy(() -> Options.resolve(Map.of(), Map.of("NCBI_GATEWAY_URL", "ftp://x")))
                .hasMessage(
                        "[NCBI_GENE_INVALID_OPTION] Option NCBI_GATEWAY_URL is 'ftp://x' but must be an http or https"
                                + " address without query, fragment and user.");
    }

    @Test
    void aBadEnvironmentVariableDoesNotMatterWhereTheOptionIsGiven() {
        Options options =
                Options.resolve(Map.of("base_url", "https://given.example"), Map.of("NCBI_GATEWAY_URL", "api.ncbi"));

        assertThat(options.text(Option.BASE_URL)).isEqualTo("https://given.example");
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        Options options = Given.options();

        assertThat(options.text(Option.REPORT)).isEqualTo("gene");
        assertThat(options.text(Option.MODE)).isEqualTo("PERMISSIVE");
        assertThat(options.text(Option.ENDPOINT)).isEqualTo("report");
        assertThat(options.text(Option.METHOD)).isEqualTo("auto");
        assertThat(options.integer(Option.BATCH_SIZE)).isEqualTo(1000);
        assertThat(options.integer(Option.PAGE_SIZE)).isEqualTo(1000);
        assertThat(options.isTrue(Option.ALLOW_HTTP)).isFalse();
        assertThat(options.duration(Option.CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.duration(Option.RESPONSE_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.has(Option.ACCESSIONS)).isFalse();
        assertThat(options.find(Option.TAXON)).isEmpty();
        assertThat(options.list(Option.LOCUS_TAGS)).isEmpty();
    }

    @Test
    void theRateIsWhatNcbiAllowsUnlessItIsGiven() {
        assertThat(Given.options().requestsPerSecond()).isEqualTo(5);
        assertThat(Given.options("api_key", KEY).requestsPerSecond()).isEqualTo(10);
        assertThat(Given.options("api_key", KEY, "requests_per_second", "0.5").requestsPerSecond())
                .isEqualTo(0.5);
        assertThat(Given.options("requests_per_second", "0").requestsPerSecond())
                .isInfinite();
        assertThat(Given.options("requests_per_second", "0.0").requestsPerSecond())
                .isInfinite();
    }

    @ParameterizedTest
    @CsvSource({
        "acessions, accessions",
        "accesions, accessions",
        "page_sise, page_size",
        "locustag, locus_tags",
        "sort.fields, sort.field",
        "tablefield, table_fields",
        "api_keys, api_key",
        "taxid, taxon"
    })
    void anUnknownNameIsAnErrorThatSuggestsTheNearest(String mistyped, String meant) {
        assertThatThrownBy(() -> Given.options(mistyped, "x"))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_UNKNOWN_OPTION] Option '" + mistyped + "' is not known.")
                .hasMessageContaining("Did you mean ")
                .hasMessageContaining("'" + meant + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "organism|Use 'taxon'.",
                "RefSeq|Use 'accessions'.",
                "cache|Use 'cache_path'.",
                "checkpoint_path|Use 'cache_path'.",
                "checkpointMaxAge|Use 'cache_max_age'.",
                "time_out|Use 'response_timeout'.",
                "columns|Choose columns with select: the connector fetches only those.",
                "limit|Use limit(n) on the DataFrame: the connector fetches no more than needed.",
                "proxy|Set Java's own properties, such as -Dhttps.proxyHost and -Dhttps.proxyPort, in"
                        + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions.",
                "email|The service does not need it: remove the option."
            })
    void anotherWordForAnOptionIsAnErrorThatNamesIt(String word, String advice) {
        assertThatThrownBy(() -> Given.options(word, "x"))
                .hasMessage("[NCBI_GENE_UNKNOWN_OPTION] Option '" + word + "' is not known. " + advice
                        + " All options are listed in"
                        + " https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/options.md.");
    }

    @Test
    void aNameLikeNoOtherIsAnErrorWithoutASuggestion() {
        assertThatThrownBy(() -> Given.options("zzzzzzzzzzzz", "x"))
                .hasMessage("[NCBI_GENE_UNKNOWN_OPTION] Option 'zzzzzzzzzzzz' is not known. All options are listed in"
                        + " https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/options.md.");
    }

    @Test
    void aLongUnknownNameIsCutInTheError() {
        assertThatThrownBy(() -> Given.options("z".repeat(5000), "x"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner",
                "provider",
                "location",
                "comment",
                "external",
                "is_managed_location",
                "option.accessions",
                "option.anything",
                "OPTION.PATH",
                "transient_lastDdlTime"
            })
    void whatSparkAddsForCreateTableIsIgnored(String name) {
        Options options = Given.options(name, "whatever it is", "accessions", "NM_021803.4");

        assertThat(options).isEqualTo(Given.options("accessions", "NM_021803.4"));
    }

    @Test
    void loadsPathAndPathsAreAccessionsPath() {
        assertThat(Given.options("path", "/data/accessions.txt").list(Option.ACCESSIONS_PATH))
                .containsExactly("/data/accessions.txt");
        assertThat(Given.options("paths", "[\"/data/a.txt\",\"/data/b.txt\"]").list(Option.ACCESSIONS_PATH))
                .containsExactly("/data/a.txt", "/data/b.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/my files/accessions.txt", "/data/{a,b}.txt", "s3a://bucket/run 7, final/acc.txt.gz"})
    void aPathMayHoldSpacesAndCommas(String path) {
        assertThat(Given.options("path", path).list(Option.ACCESSIONS_PATH)).containsExactly(path);
    }

    @Test
    void severalPathsMayHoldSpacesAndCommas() {
        assertThat(Given.options("paths", "[\"/data/my files/a.txt\",\"/data/{b,c}.txt\"]")
                        .list(Option.ACCESSIONS_PATH))
                .containsExactly("/data/my files/a.txt", "/data/{b,c}.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/datasets/v2",
                "http://127.0.0.1",
                "http://127.1.2.3:99",
                "http://[::1]:8080/x",
                "https://anywhere.example"
            })
    void plainHttpIsAllowedToThisMachine(String url) {
        assertThatCode(() -> Given.options("base_url", url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.ncbi.nlm.nih.gov/datasets/v2",
                "HTTP://api.ncbi.nlm.nih.gov",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "http://evil.example/localhost",
                "http://evil.example/127.0.0.1",
                "http://128.0.0.1",
                "http://10.0.0.1",
                "http://[::2]"
            })
    void plainHttpToOtherMachinesIsRefusedUnlessAllowed(String url) {
        assertThatThrownBy(() -> Given.options("base_url", url))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageContaining("[NCBI_GENE_INVALID_OPTION] Option base_url is '" + url)
                .hasMessageContaining("allow_http");
        assertThatThrownBy(() -> Options.resolve(Map.of(), Map.of("NCBI_GATEWAY_URL", url)))
                .isInstanceOf(NcbiGeneException.class);
        assertThatCode(() -> Given.options("base_url", url, "allow_http", "true"))
                .doesNotThrowAnyException();
    }

    @Test
    void hostNamesHaveNoCase() {
        assertThatCode(() -> Given.options("base_url", "http://LocalHost:8080")).doesNotThrowAnyException();
    }

    @Test
    void aValueOfWhiteSpaceIsEmptyAndAControlCharacterIsShown() {
        for (String blank : List.of("", " ", "\u00a0\n")) {
            assertThatThrownBy(() -> Given.options("accessions", blank))
                    .hasMessage("[NCBI_GENE_INVALID_OPTION] Option accessions is empty. Give it a value, or remove the"
                            + " option.");
        }
        assertThatThrownBy(() -> Given.options("query", "\u0000"))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option query is '\\u0000' but must be not empty.");
    }

    @Test
    void theUsersPasswordInAnAddressIsRefused() {
        assertThatThrownBy(() -> Given.options("base_url", "https://user:pass@example.org"))
                .hasMessageContaining("without query, fragment and user");
    }

    @Test
    void theKeyIsNowhereInWhatCanBePrinted() {
        Options with = Given.options("api_key", KEY, "accessions", "NM_021803.4");
        Options without = Given.options("accessions", "NM_021803.4");

        assertThat(with.apiKey().map(Secret::reveal)).contains(KEY);
        assertThat(with.toString()).doesNotContain(KEY).contains("(hidden)");
        assertThat(with.hashCode()).isEqualTo(without.hashCode());
        assertThat(with.has(Option.API_KEY)).isFalse();
        assertThat(with.text(Option.API_KEY)).isNull();
        assertThat(with.find(Option.API_KEY)).isEmpty();
        assertThat(with.list(Option.API_KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY + " x", "x\n" + KEY, "é" + KEY, KEY + "\r\nX-Evil: 1", "\u007f" + KEY})
    void aBadKeyIsNotRepeatedInTheError(String key) {
        assertThatThrownBy(() -> Given.options("api_key", key))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option api_key must be printable ASCII without spaces.");
        assertThatThrownBy(() -> Options.resolve(Map.of(), Map.of("NCBI_API_KEY", key)))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option NCBI_API_KEY must be printable ASCII without spaces.");
    }

    @Test
    void theSpaceAroundAPastedKeyIsNoPartOfIt() {
        assertThat(Given.options("api_key", " " + KEY + "\n").apiKey().map(Secret::reveal))
                .contains(KEY);
    }

    @Test
    void otherErrorsDoNotRepeatTheKeyEither() {
        assertThatThrownBy(() -> Given.options("api_key", KEY, "page_size", "0"))
                .satisfies(e -> assertThat(e.toString()).doesNotContain(KEY));
        assertThatThrownBy(() -> Given.options("apikeyy", KEY))
                .satisfies(e -> assertThat(e.toString()).doesNotContain(KEY));
        assertThatThrownBy(() -> Given.options("api_key", KEY, "base_url", "http://evil.example"))
                .satisfies(e -> assertThat(e.toString()).doesNotContain(KEY));
    }

    @Test
    void optionsAreEqualIfTheirValuesAndKeysAre() {
        assertThat(Given.options("pageSize", "7", "API_KEY", KEY))
                .isEqualTo(Given.options("page_size", "7", "apikey", KEY));
        assertThat(Given.options("api_key", KEY)).isNotEqualTo(Given.options("api_key", "other"));
        assertThat(Given.options("api_key", KEY)).isNotEqualTo(Given.options());
        assertThat(Given.options("page_size", "7")).isNotEqualTo(Given.options("page_size", "8"));
        assertThat(Given.options("pageSize", "7")).hasSameHashCodeAs(Given.options("page_size", "7"));
    }

    @Test
    void whatIsGivenIsKnownFromWhatIsByDefault() {
        Options options = Options.resolve(
                Map.of("pageSize", "1000", "option.batch_size", "7"), Map.of("NCBI_GATEWAY_URL", "https://x.org"));

        assertThat(options.isGiven(Option.PAGE_SIZE)).isTrue();
        assertThat(options.isGiven(Option.BATCH_SIZE)).isFalse();
        assertThat(options.isGiven(Option.BASE_URL)).isFalse();
        assertThat(Serialized.copy(options).isGiven(Option.PAGE_SIZE)).isTrue();
    }

    @Test
    void optionsTravelToExecutors() {
        Options options = Given.options("accessions", "a,b", "api_key", KEY, "page_size", "7");
        Options arrived = Serialized.copy(options);

        assertThat(arrived).isEqualTo(options).hasSameHashCodeAs(options);
        assertThat(arrived.apiKey().map(Secret::reveal)).contains(KEY);
        assertThat(arrived.list(Option.ACCESSIONS)).containsExactly("a", "b");
        assertThat(Serialized.copy(Given.options()).apiKey()).isEmpty();
    }

    @Test
    void aNullKeyIsAnError() {
        Map<String, String> given = new HashMap<>();
        given.put("api_key", null);

        assertThatThrownBy(() -> Options.resolve(given, Map.of()))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option api_key must be set.");
    }

    @Test
    void aNullValueIsAnErrorThatNamesTheOption() {
        Map<String, String> given = new HashMap<>();
        given.put("accessions", null);

        assertThatThrownBy(() -> Options.resolve(given, Map.of()))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageContaining("Option accessions")
                .hasMessageEndingWith("must be set.");
    }

    @Test
    void aLongValueIsCutInTheError() {
        assertThatThrownBy(() -> Given.options("page_size", "9".repeat(10_000)))
                .hasMessageContaining("'" + "9".repeat(97) + "...'")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void anOptionGivenTwiceUnderTwoSpellingsIsAnErrorUnlessBothSayTheSame() {
        for (List<String> names : List.of(List.of("page_size", "pageSize"), List.of("pageSize", "page_size"))) {
            assertThatThrownBy(() -> Given.options(names.get(0), "10", names.get(1), "20"))
                    .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option page_size is given twice with different values,"
                            + " as 'pageSize' and as 'page_size'. Give it once.");
        }
        assertThat(Given.options("page_size", "10", "pageSize", " 10 ").integer(Option.PAGE_SIZE))
                .isEqualTo(10);
        assertThatThrownBy(() -> Given.options("api_key", KEY, "apiKey", "OTHERSECRET"))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("SECRET"));
    }

    @Test
    void optionsLaidOverOthersReplaceThemHoweverTheyAreSpelled() {
        Map<String, String> all = Options.overlay(
                Map.of("page_size", "10", "report", "gene", "path", "/a", "owner", "x"),
                Map.of("pageSize", "20", "accessions-path", "/b", "OWNER", "y"));

        assertThat(all)
                .containsOnly(
                        Map.entry("pageSize", "20"),
                        Map.entry("report", "gene"),
                        Map.entry("accessions-path", "/b"),
                        Map.entry("OWNER", "y"));
    }

    @Test
    void whatStandsBeforeANameIsShownInErrors() {
        assertThatThrownBy(() -> Options.resolve(
                        Map.of("acessions", "x"), variable -> Optional.empty(), "spark.sql.catalog.ncbi."))
                .hasMessageContaining("'spark.sql.catalog.ncbi.acessions' is not known. Did you mean"
                        + " 'spark.sql.catalog.ncbi.accessions'");
        assertThatThrownBy(() -> Options.resolve(
                        Map.of("page_size", "0"), variable -> Optional.empty(), "spark.sql.catalog.ncbi."))
                .hasMessageContaining("Option spark.sql.catalog.ncbi.page_size is '0' but must be");
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void anEmptyValueIsAnErrorThatNamesTheOption(Option option) {
        assertThatThrownBy(() -> Given.options(option.key(), "  "))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageContaining("Option " + option.key())
                .extracting(e -> ((NcbiGeneException) e).code())
                .isEqualTo(ErrorCode.INVALID_OPTION);
    }

    @Property
    void anyNameIsAnOptionOrARefusal(@ForAll("names") String name) {
        try {
            Given.options(name, "1");
        } catch (NcbiGeneException e) {
            assertThat(e.code()).isIn(ErrorCode.UNKNOWN_OPTION, ErrorCode.INVALID_OPTION);
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("acespgizon_-.").ofMaxLength(12),
                Arbitraries.of("", ".", "_", "İ", "accessions ", " accessions"));
    }

    @Test
    void theKeyMayBeCalledAToken() {
        for (String name : List.of("api_token", "apiToken", "API-TOKEN")) {
            Options options = Options.resolve(Map.of(name, "the-key"), Map.of("NCBI_API_KEY", "another"));

            assertThat(options.apiKey().orElseThrow().reveal()).isEqualTo("the-key");
            assertThat(options.requestsPerSecond()).isEqualTo(10);
            assertThat(options.toString()).doesNotContain("the-key");
        }
        assertThat(Options.overlay(Map.of("api_key", "lower"), Map.of("api_token", "upper")))
                .isEqualTo(Map.of("api_token", "upper"));
    }

    @Test
    void twoKeysAreAnErrorThatShowsNeither() {
        assertThatThrownBy(() -> Options.resolve(Map.of("api_key", "one-key", "api_token", "two-key"), Map.of()))
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option api_key is given twice with different values, as"
                        + " 'api_key' and as 'api_token'. Give it once.");
    }

    @Test
    void theEnvironmentIsNotAskedForWhatIsGiven() {
        List<String> requested = new ArrayList<>();
        Options.resolve(
                Map.of("api_key", "given"),
                variable -> {
                    requested.add(variable);
                    return Optional.empty();
                },
                "");

        assertThat(requested)
                .containsExactly("NCBI_GATEWAY_URL", "NCBI_GENE_CACHE_SECRET", "https_proxy", "HTTPS_PROXY");
    }

    /** What people, and those who mean no good, may write for a value. */
    static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\u0000",
            "a\r\nX-Evil: 1",
            "\u001b[31m",
            "-1",
            "0",
            "1e9",
            "NaN",
            "99999999999999999999",
            "999999999d",
            "null",
            "[",
            "[\"a",
            "['a' 'b'",
            "{}",
            "../../etc/passwd",
            "https://user:pass@x.org",
            "http://127.0.0.1:99999",
            "http://[::1",
            "%",
            "\uD800",
            "\uFEFF",
            "x".repeat(100_000));

    @ParameterizedTest
    @EnumSource
    void noValueLeadsToAnythingButTheConnectorsOwnError(Option option) {
        for (String value : HOSTILE) {
            try {
                Options options = Options.resolve(Map.of(option.key(), value), Map.of());
                if (option.type() == OptionType.LIST) {
                    options.list(option);
                }
            } catch (NcbiGeneException e) {
                assertThat(e.getMessage())
                        .matches("(?s)\\[" + e.code().code() + "\\] .*" + option.key() + ".*\\.")
                        .hasSizeLessThan(700);
                assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
            }
        }
        assertThatThrownBy(() -> Options.resolve(Collections.singletonMap(option.key(), null), Map.of()))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option " + option.key() + " must be set.");
    }

    @Test
    void aPasswordInTheAddressIsNotShown() {
        assertThatThrownBy(() -> Given.options("base_url", "https://me:hunter2@x.org/v2"))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option base_url is 'https://(hidden)@x.org/v2' but must be an"
                        + " http or https address without query, fragment and user.");
        assertThatThrownBy(() -> Given.options("base_url", "https://me:hun?ter#2@x.org"))
                .hasMessageNotContaining("hun")
                .hasMessageContaining("(hidden)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef\r\nX-Evil: 1",
                "0123456789abcdef\nx",
                "0123456789abcd\u00e9f",
                "0123456789abcdef x"
            })
    void aKeyThatWouldBreakTheHeaderIsRefusedAndNotShown(String key) {
        assertThatThrownBy(() -> Given.options("api_key", key))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option api_key must be printable ASCII without spaces.");
        assertThatThrownBy(() -> Options.resolve(Map.of(), Map.of("NCBI_API_KEY", key)))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option NCBI_API_KEY must be printable ASCII without spaces.");
    }
}
