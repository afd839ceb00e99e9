package io.github.sparkncbigene.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.ReturnedContent;
import io.github.sparkncbigene.plan.Planner;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.plan.RequestFactory.Narrowed;
import io.github.sparkncbigene.plan.RequestRules;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.testkit.check.LiveCheck;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request that the connector or the live check can make is one that NCBI's OpenAPI document describes. */
class OpenApiTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("ncbi.openapi", "ncbi-datasets-openapi3-v2.yaml"));

    /** What a query may narrow by itself, beyond its options. */
    private static final List<Narrowed> NARROWED = List.of(
            Narrowed.NOT,
            new Narrowed(ReturnedContent.IDS_ONLY, 20, List.of()),
            new Narrowed(ReturnedContent.COUNTS_ONLY, Narrowed.ANY_PAGE, List.of()));

    private static final Narrowed FILTERED =
            new Narrowed(ReturnedContent.COMPLETE, Narrowed.ANY_PAGE, List.of("NM_001407959.1", "NM_001408458.1"));

    /** Which genes: every kind of selector, with one identifier and with several. */
    private static final List<Map<String, String>> SELECTORS = List.of(
            Map.of("accessions", "NM_021803.4"),
            Map.of("accessions", "NM_021803.4,NP_068575.1"),
            Map.of("accessions", "NM_021803.4", "locus_tags", "b0001,b0002"),
            Map.of("locus_tags", "b0001"),
            Map.of("locus_tags", "YER095W,YML032C"),
            Map.of("gene_ids", "59067"),
            Map.of("gene_ids", "59067,50615"),
            Map.of("symbols", "IL21", "taxon", "human"),
            Map.of("symbols", "IL21,TP53", "taxon", "9606"),
            Map.of("taxon", "Homo sapiens"));

    /** Every parameter that is optional, with each of its values where they are few. */
    private static final List<Map<String, String>> PARAMETERS = List.of(
            Map.of(),
            Map.of("returned_content", "COMPLETE"),
            Map.of("returned_content", "IDS_ONLY"),
            Map.of("returned_content", "COUNTS_ONLY"),
            Map.of("table_fields", "gene-id,symbol"),
            Map.of("table_fields", "gene-id", "include_tabular_header", "INCLUDE_TABULAR_HEADER_FIRST_PAGE_ONLY"),
            Map.of("table_fields", "gene-id", "include_tabular_header", "INCLUDE_TABULAR_HEADER_ALWAYS"),
            Map.of("table_fields", "gene-id", "include_tabular_header", "INCLUDE_TABULAR_HEADER_NEVER"),
            Map.of("table_format", "summary"),
            Map.of("table_fields", "gene-id,symbol", "wire_format", "json"),
            Map.of("wire_format", "ndjson"),
            Map.of("page_size", "1"),
            Map.of("page_token", "eNrjYos2+/="),
            Map.of("sort.field", "gene_id"),
            Map.of("sort.direction", "SORT_DIRECTION_UNSPECIFIED"),
            Map.of("sort.direction", "SORT_DIRECTION_ASCENDING"),
            Map.of("sort.direction", "SORT_DIRECTION_DESCENDING"),
            Map.of("sort.field", "gene_id", "sort.direction", "SORT_DIRECTION_DESCENDING"),
            Map.of("query", "cell cycle & more"),
            Map.of("types", "PROTEIN_CODING"),
            Map.of(
                    "types",
                    "UNKNOWN,tRNA,rRNA,snRNA,scRNA,snoRNA,PROTEIN_CODING,PSEUDO,TRANSPOSON,miscRNA,ncRNA,"
                            + "BIOLOGICAL_REGION,OTHER"),
            Map.of("accession_filter", "NM_001407959.1"),
            Map.of("accession_filter", "NM_001407959.1,NM_001408458.1"),
            Map.of("tax_search_subtree", "true"),
            Map.of("tax_search_subtree", "false"));

    private static OpenApiInteractionValidator validator;

    /** Before each test, so that each one is counted as skipped without the document. */
    @BeforeEach
    void read() {
        assumeTrue(
                Files.isRegularFile(DOCUMENT),
                () -> "Skipped for want of " + DOCUMENT.toAbsolutePath().normalize());
        if (validator != null) {
            return;
        }
        validator = OpenApiInteractionValidator.createForSpecificationUrl(
                        DOCUMENT.toAbsolutePath().normalize().toString())
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                        .build())
                .build();
    }

    /** One way to ask: what is read, by which method, of which endpoint, for which genes. */
    record Way(Report report, String endpoint, String method, Map<String, String> selector) {
        Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>(selector);
            options.put("report", report.word());
            options.put("endpoint", endpoint);
            options.put("method", method);
            return options;
        }

        @Override
        public String toString() {
            return method + " " + report.word() + " " + endpoint + " by " + new TreeSet<>(selector.keySet());
        }
    }

    static Stream<Way> ways() {
        return Stream.of(Report.values())
                .flatMap(report -> Stream.of("report", "metadata")
                        .flatMap(endpoint -> Stream.of("get", "post").flatMap(method -> SELECTORS.stream()
                                .map(selector -> new Way(report, endpoint, method, selector)))))
                .filter(OpenApiTest::isTaken);
    }

    /** Whether the connector asks in this way at all. */
    private static boolean isTaken(Way way) {
        return !requests(way, Map.of()).isEmpty();
    }

    @Test
    void noWayToAskIsLeftOut() {
        // Accessions and locus tags together are for the metadata endpoint, which has no GET by locus tag alone.
        assertThat(ways().filter(way -> way.report == Report.GENE && way.endpoint.equals("report")))
                .hasSize(18);
        assertThat(ways().filter(way -> way.report == Report.PRODUCT)).hasSize(18);
        assertThat(ways().filter(way -> way.endpoint.equals("metadata") && way.method.equals("post")))
                .hasSize(10);
        assertThat(ways().filter(way -> way.endpoint.equals("metadata") && way.method.equals("get")))
                .hasSize(8);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void eachParameterAlone(Way way) {
        int made = 0;
        for (Map<String, String> parameter : PARAMETERS) {
            for (GeneRequest request : requests(way, parameter)) {
                assertConforms(request);
                made++;
            }
        }
        // At least those that every endpoint takes: content type, table fields and pages.
        assertThat(made).isGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void allParametersTogether(Way way) {
        for (boolean tabular : List.of(false, true)) {
            Map<String, String> together = new LinkedHashMap<>();
            for (Map<String, String> parameter : PARAMETERS) {
                boolean fits = tabular
                        ? !parameter.containsKey("wire_format") && !parameter.containsKey("table_format")
                        : parameter.keySet().stream().noneMatch(name -> name.contains("tab") || name.contains("wire"));
                if (fits && !requests(way, parameter).isEmpty()) {
                    together.putAll(parameter);
                }
            }
            List<GeneRequest> requests = requests(way, together);

            assertThat(requests).isNotEmpty().allSatisfy(OpenApiTest::assertConforms);
            assertThat(together).hasSizeGreaterThan(1);
        }
    }

    @Test
    void eachRequestOfTheLiveCheck() {
        assertThat(LiveCheck.requests()).hasSizeGreaterThan(30).allSatisfy(check -> {
            List<GeneRequest.Parameter> query = new ArrayList<>();
            check.query().forEach(given -> query.add(new GeneRequest.Parameter(given.name(), given.value())));
            assertConforms(new GeneRequest(check.path(), query, check.body().orElse(null), check.accept(), false));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gene/accession/NM_021803.4?page_sise=10",
                "/gene/accession/NM_021803.4?query=x",
                "/gene/accession/NM_021803.4?page_size=ten",
                "/gene/accession/NM_021803.4?returned_content=SOME",
                "/gene/accession/NM_021803.4?sort.direction=UP",
                "/gene/accession/NM_021803.4/dataset_report?locus_tags=b0001",
                "/gene/accession/NM_021803.4/product_report?returned_content=IDS_ONLY",
                "/gene/locus_tag/b0001/dataset_report?sort.direction=SORT_DIRECTION_ASCENDING",
                "/gene/id/a/dataset_report",
                "/gene/locus_tag/b0001",
                "/gene/accession/NM_021803.4/report"
            })
    void aWrongGetIsFound(String pathAndQuery) {
        String[] parts = pathAndQuery.split("\\?", 2);
        List<GeneRequest.Parameter> query = new ArrayList<>();
        if (parts.length > 1) {
            String[] pair = parts[1].split("=", 2);
            query.add(new GeneRequest.Parameter(pair[0], pair[1]));
        }

        assertThat(faults(new GeneRequest(parts[0], query, null, GeneRequest.JSON, false)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"gene_ids\":[\"a\"]}",
                "{\"accessions\":\"NM_021803.4\"}",
                "{\"page_size\":\"ten\"}",
                "{\"returned_content\":\"SOME\"}",
                "{\"types\":[\"GENE\"]}",
                "{\"sort\":{\"field\":\"x\"}}",
                "{\"sort\":[{\"direction\":\"UP\"}]}",
                "{\"tax_search_subtree\":\"yes\"}",
                "{\"page_sise\":10}",
                "{\"symbols_for_taxon\":{\"symbol\":[\"a\"],\"taxon\":\"human\"}}"
            })
    void aWrongPostIsFound(String body) {
        for (String path : List.of("/gene", "/gene/dataset_report", "/gene/product_report")) {
            assertThat(faults(new GeneRequest(path, List.of(), body, GeneRequest.JSON, false)))
                    .as(path)
                    .isNotEmpty();
        }
    }

    /** The requests of a read with these options, first and later page; none where the connector refuses the options. */
    private static List<GeneRequest> requests(Way way, Map<String, String> parameters) {
        Map<String, String> given = way.options();
        given.putAll(parameters);
        List<GeneRequest> requests = new ArrayList<>();
        try {
            Options options = Options.resolve(given, Map.of());
            Selector selector = Selector.of(options, List.of()).orElseThrow();
            RequestRules.check(options, way.report, selector);
            RequestFactory factory = RequestFactory.of(options);
            List<Narrowed> narrowed = new ArrayList<>(way.report == Report.GENE ? NARROWED : List.of(Narrowed.NOT));
            if (way.report == Report.PRODUCT && !way.selector.containsKey("taxon")) {
                narrowed.add(FILTERED);
            }
            Planner.batches(selector, 1000)
                    .forEach(batch -> narrowed.forEach(less -> {
                        requests.add(factory.with(less).request(batch, Optional.empty()));
                        requests.add(factory.with(less).request(batch, Optional.of("next")));
                    }));
        } catch (NcbiGeneException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CONFLICTING_OPTIONS);
        }
        return requests;
    }

    private static void assertConforms(GeneRequest request) {
        assertThat(faults(request))
                .as(() -> (request.isPost() ? "POST " : "GET ") + request.pathAndQuery() + " " + request.body())
                .isEmpty();
    }

    /** What is wrong with a request, in the validator's words. */
    private static List<String> faults(GeneRequest request) {
        SimpleRequest.Builder checked = request.isPost()
                ? SimpleRequest.Builder.post(request.path())
                        .withContentType("application/json")
                        .withBody(request.body())
                : SimpleRequest.Builder.get(URLDecoder.decode(request.path(), StandardCharsets.UTF_8));
        Map<String, List<String>> query = new LinkedHashMap<>();
        request.query().forEach(p -> query.computeIfAbsent(p.name(), name -> new ArrayList<>())
                .add(p.value()));
        query.forEach(checked::withQueryParam);
        checked.withAccept(request.accept());
        return validator.validateRequest(checked.build()).getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(ValidationReport.Message::toString)
                .toList();
    }
}
