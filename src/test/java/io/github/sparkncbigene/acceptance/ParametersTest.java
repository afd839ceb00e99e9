package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The eleven parameters of NCBI's endpoint for genes by accession are options: docs/parameters.md. */
@ExtendWith(LocalSpark.class)
class ParametersTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private static final List<String> ELEVEN = List.of(
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
            "tax_search_subtree");

    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private static DataFrameReader reader(SparkSession spark) {
        return spark.read().format("ncbi-gene").option("base_url", SERVICE.baseUrl());
    }

    private static DataFrameReader metadata(SparkSession spark) {
        return reader(spark).option("endpoint", "metadata");
    }

    /** Options written as {@code name=value; name=value}. */
    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : text.split(";", -1)) {
            String[] pair = option.strip().split("=", 2);
            options.put(pair[0], pair[1]);
        }
        return options;
    }

    private static RecordedRequest only() {
        assertThat(SERVICE.requests()).hasSize(1);
        return SERVICE.requests().get(0);
    }

    private static JsonNode body(RecordedRequest request) throws IOException {
        return new ObjectMapper().readTree(request.body());
    }

    /**
     * The query string and the body hold the parameters given and the page size, and nothing else.
     *
     * @param query what GET sends beyond the page size
     * @param member what POST sends beyond the accessions and the page size
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "accessions=NM_021803.4|page_size=1000|{}",
                "accession_filter=NM_001407959.1 NM_001408458.1|accession_filter=NM_001407959.1,NM_001408458.1;"
                        + "page_size=1000|{\"accession_filter\":[\"NM_001407959.1\",\"NM_001408458.1\"]}",
                "include_tabular_header=INCLUDE_TABULAR_HEADER_ALWAYS; table_fields=gene-id|table_fields=gene-id;"
                        + "include_tabular_header=INCLUDE_TABULAR_HEADER_ALWAYS;page_size=1000"
                        + "|{\"table_fields\":[\"gene-id\"],\"include_tabular_header\":\"INCLUDE_TABULAR_HEADER_ALWAYS\"}",
                "include_tabular_header=INCLUDE_TABULAR_HEADER_NEVER; table_fields=gene-id|table_fields=gene-id;"
                        + "include_tabular_header=INCLUDE_TABULAR_HEADER_NEVER;page_size=1000"
                        + "|{\"table_fields\":[\"gene-id\"],\"include_tabular_header\":\"INCLUDE_TABULAR_HEADER_NEVER\"}",
                "locus_tags=b0001, b0002|locus_tags=b0001,b0002;page_size=1000|{\"locus_tags\":[\"b0001\",\"b0002\"]}",
                "page_size=7|page_size=7|{\"page_size\":7}",
                "returned_content=COMPLETE|returned_content=COMPLETE;page_size=1000|{\"returned_content\":\"COMPLETE\"}",
                "returned_content=IDS_ONLY|returned_content=IDS_ONLY;page_size=1000|{\"returned_content\":\"IDS_ONLY\"}",
                "returned_content=COUNTS_ONLY|returned_content=COUNTS_ONLY;page_size=1000"
                        + "|{\"returned_content\":\"COUNTS_ONLY\"}",
                "sort.field=gene_id|sort.field=gene_id;page_size=1000|{\"sort\":[{\"field\":\"gene_id\"}]}",
                "sort.field=gene_id; sort.direction=SORT_DIRECTION_DESCENDING|sort.field=gene_id;"
                        + "sort.direction=SORT_DIRECTION_DESCENDING;page_size=1000"
                        + "|{\"sort\":[{\"field\":\"gene_id\",\"direction\":\"SORT_DIRECTION_DESCENDING\"}]}",
                "table_fields=['gene-id', 'gene-type', 'description']"
                        + "|table_fields=gene-id,gene-type,description;page_size=1000"
                        + "|{\"table_fields\":[\"gene-id\",\"gene-type\",\"description\"]}",
                "tax_search_subtree=true|tax_search_subtree=true;page_size=1000|{\"tax_search_subtree\":true}",
                "tax_search_subtree=false|tax_search_subtree=false;page_size=1000|{\"tax_search_subtree\":false}"
            })
    void aParameterReachesTheService(String given, String query, String member, SparkSession spark) throws IOException {
        Map<String, String> options = new LinkedHashMap<>(Map.of("accessions", "NP_068575.1 NM_021803.4"));
        options.putAll(options(given));
        boolean both = options.get("accessions").contains(" ");

        metadata(spark).options(options).option("method", "get").load().collectAsList();

        assertThat(only().method()).isEqualTo("GET");
        assertThat(only().path()).isEqualTo("/datasets/v2/gene/accession/NM_021803.4" + (both ? ",NP_068575.1" : ""));
        assertThat(only().parameters()).isEqualTo(parameters(query));

        SERVICE.clearRequests();
        metadata(spark).options(options).option("method", "post").load().collectAsList();

        assertThat(only().method() + only().path()).isEqualTo("POST/datasets/v2/gene");
        assertThat(only().parameters()).isEmpty();
        String accessions = both ? "[\"NM_021803.4\",\"NP_068575.1\"]" : "[\"NM_021803.4\"]";
        Map<String, Object> expected = new LinkedHashMap<>(Map.of("page_size", 1000));
        ObjectMapper mapper = new ObjectMapper();
        expected.put("accessions", mapper.readTree(accessions));
        mapper.readTree(member).properties().forEach(entry -> expected.put(entry.getKey(), entry.getValue()));
        assertThat(body(only())).isEqualTo(mapper.readTree(mapper.writeValueAsString(expected)));
    }

    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        options(query).forEach((name, values) -> parameters.put(name, List.of(values.split(","))));
        return parameters;
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "post"})
    void aPageTokenReachesTheService(String method, SparkSession spark) throws IOException {
        DataFrameReader twoPages = metadata(spark)
                .option("accessions", "NM_021803.4,NM_007294.4")
                .option("page_size", 1)
                .option("method", method);
        List<String> all = LocalSpark.rows(twoPages.load().select("symbol"));
        String token = token(SERVICE.requests().get(1));
        SERVICE.clearRequests();

        List<String> second =
                LocalSpark.rows(twoPages.option("page_token", token).load().select("symbol"));

        assertThat(all).hasSize(2);
        assertThat(second).containsExactly(all.get(1));
        assertThat(token(only())).isEqualTo(token);
    }

    private static String token(RecordedRequest request) throws IOException {
        return request.body().isEmpty()
                ? request.parameter("page_token").orElseThrow()
                : body(request).path("page_token").textValue();
    }

    @Test
    void theCallOfNcbisDocumentation(SparkSession spark) {
        metadata(spark)
                .option("accessions", "NM_021803.4")
                .option("returned_content", "IDS_ONLY")
                .option("locus_tags", "b0001")
                .option("table_fields", "['gene-id', 'gene-type', 'description']")
                .option("accession_filter", "NM_001407959.1, NM_001408458.1")
                .load()
                .collectAsList();

        assertThat(only().method()).isEqualTo("GET");
        assertThat(only().rawPath()).isEqualTo("/datasets/v2/gene/accession/NM_021803.4");
        assertThat(only().header("accept")).contains("text/tab-separated-values");
        assertThat(only().parameters())
                .isEqualTo(Map.of(
                        "returned_content", List.of("IDS_ONLY"),
                        "locus_tags", List.of("b0001"),
                        "table_fields", List.of("gene-id", "gene-type", "description"),
                        "accession_filter", List.of("NM_001407959.1", "NM_001408458.1"),
                        "page_size", List.of("1000")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accessions=a; locus_tags=b0001|Options accessions and locus_tags go together only with endpoint ="
                        + " metadata; NCBI's report endpoints take one of them. Set endpoint to metadata, or read twice and"
                        + " union.",
                "accessions=a; accession_filter=b|NCBI's gene report by accession does not take accession_filter; drop it,"
                        + " or change endpoint.",
                "accessions=a; tax_search_subtree=true|NCBI's gene report by accession does not take tax_search_subtree;"
                        + " drop it, or change endpoint.",
                "accessions=a; report=product; returned_content=IDS_ONLY|NCBI's product report by accession does not take"
                        + " returned_content; drop it.",
                "locus_tags=a; sort.direction=SORT_DIRECTION_ASCENDING|NCBI's gene report by locus tag does not take"
                        + " sort.direction; drop it, or change endpoint.",
                "symbols=a; taxon=human; sort.field=x|NCBI's gene report by symbol does not take sort.field; drop it, or"
                        + " change endpoint.",
                "symbols=a; taxon=human; report=product; accession_filter=x|NCBI's product report by symbol does not take"
                        + " accession_filter; drop it.",
                "accessions=a; endpoint=metadata; query=x|NCBI's metadata endpoint by accession does not take query; drop"
                        + " it, or change endpoint.",
                "accessions=a; endpoint=metadata; types=ncRNA|NCBI's metadata endpoint by accession does not take types;"
                        + " drop it, or change endpoint.",
                "accessions=a; endpoint=metadata; report=product|Endpoint = metadata has no product report; set endpoint to"
                        + " report.",
                "locus_tags=a; endpoint=metadata; method=get|Endpoint = metadata has no GET by locus tag; set method to"
                        + " auto or post, or endpoint to report."
            })
    void whatAnEndpointDoesNotTakeIsRefused(String given, String sentence, SparkSession spark) {
        assertRefused(spark, given, "[NCBI_GENE_CONFLICTING_OPTIONS] " + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page_token=x|Option page_token only makes sense within one request, and this scan needs 3 requests; drop it, or"
                        + " request fewer identifiers.",
                "sort.field=x|Option sort.field only makes sense within one request, and this scan needs 3 requests; drop it and"
                        + " use orderBy, or request fewer identifiers.",
                "sort.direction=SORT_DIRECTION_ASCENDING|Option sort.direction only makes sense within one request, and this scan"
                        + " needs 3 requests; drop it and use orderBy, or request fewer identifiers.",
                "locus_tags=b0001|Options locus_tags beside accessions only make sense within one request, and this scan needs 3"
                        + " requests; request at most batch_size accessions, or read locus_tags on their own."
            })
    void whatOnlyMakesSenseWithinOneRequestIsRefused(String given, String sentence, SparkSession spark) {
        assertRefused(
                spark,
                "endpoint=metadata; accessions=a b c; batch_size=1; " + given,
                "[NCBI_GENE_CONFLICTING_OPTIONS] " + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page_size=1001|Option page_size is '1001' but must be a whole number from 1 to 1000.",
                "page_size=0|Option page_size is '0' but must be a whole number from 1 to 1000.",
                "returned_content=SOME|Option returned_content is 'SOME' but must be one of COMPLETE, IDS_ONLY,"
                        + " COUNTS_ONLY.",
                "sort.direction=UP|Option sort.direction is 'UP' but must be one of SORT_DIRECTION_UNSPECIFIED,"
                        + " SORT_DIRECTION_ASCENDING, SORT_DIRECTION_DESCENDING.",
                "include_tabular_header=YES|Option include_tabular_header is 'YES' but must be one of"
                        + " INCLUDE_TABULAR_HEADER_FIRST_PAGE_ONLY, INCLUDE_TABULAR_HEADER_ALWAYS,"
                        + " INCLUDE_TABULAR_HEADER_NEVER.",
                "tax_search_subtree=yes|Option tax_search_subtree is 'yes' but must be one of true, false."
            })
    void aValueThatNcbiDoesNotHaveIsRefused(String given, String sentence, SparkSession spark) {
        assertRefused(spark, "endpoint=metadata; accessions=a; " + given, "[NCBI_GENE_INVALID_OPTION] " + sentence);
    }

    private static void assertRefused(SparkSession spark, String given, String message) {
        assertThatThrownBy(() -> reader(spark).options(options(given)).load().collectAsList())
                .hasMessage(message);
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void thePageNamesAllParametersAndTestsThatExist() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("ncbi.gene.root"), "docs", "parameters.md"));

        assertThat(page.lines()
                        .takeWhile(line -> !line.startsWith("## "))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("`", -1)[1]))
                .containsExactlyElementsOf(ELEVEN);
        assertThat(page.lines().filter(line -> line.startsWith("| `")).limit(ELEVEN.size()))
                .allMatch(line -> TEST_NAME.matcher(line).find());
        assertThat(TEST_NAME.matcher(page).results()).allMatch(ParametersTest::isTest, "is a test");
    }

    private static boolean isTest(MatchResult name) {
        try {
            Class<?> tests = Class.forName(ParametersTest.class.getPackageName() + "." + name.group(1));
            return Arrays.stream(tests.getDeclaredMethods())
                    .filter(method -> method.getName().equals(name.group(2)))
                    .anyMatch(method -> method.isAnnotationPresent(Test.class)
                            || method.isAnnotationPresent(ParameterizedTest.class));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void aFilterByTranscriptIsNotSentWhereNcbiDoesNotTakeIt(SparkSession spark) {
        for (String selector : List.of("symbols=IL21; taxon=9606", "taxon=9606")) {
            SERVICE.clearRequests();

            assertThat(LocalSpark.rows(reader(spark)
                            .options(options(selector))
                            .option("report", "product")
                            .load()
                            .filter("transcript_accession = 'NM_021803.4'")
                            .select("symbol", "transcript_accession")))
                    .containsExactly("IL21|NM_021803.4");
            assertThat(only().parameters()).containsOnlyKeys("page_size");
        }
    }
}
