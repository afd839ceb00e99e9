package io.github.sparkncbigene.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.ReturnedContent;
import io.github.sparkncbigene.options.WireFormat;
import io.github.sparkncbigene.plan.RequestFactory.Narrowed;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.testing.Given;
import io.github.sparkncbigene.testing.Serialized;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFactoryTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static GeneRequest request(
            Report report, WireFormat wire, List<String> fields, String token, String... options) {
        Options resolved = Given.options(options);
        Selector selector = Selector.of(resolved, List.of()).orElseThrow();
        List<IdentifierBatch> batches = Planner.batches(selector, 1000);
        assertThat(batches).hasSize(1);
        return new RequestFactory(report, resolved, wire, fields, Narrowed.NOT)
                .request(batches.get(0), Optional.ofNullable(token));
    }

    private static GeneRequest json(Report report, String... options) {
        return request(report, WireFormat.JSON, List.of(), null, options);
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GENE|accessions|NP_2.1,NM_1.1||report|/gene/accession/NM_1.1,NP_2.1/dataset_report",
                "PRODUCT|accessions|NM_1.1||report|/gene/accession/NM_1.1/product_report",
                "GENE|accessions|NM_1.1||metadata|/gene/accession/NM_1.1",
                "GENE|locus_tags|b0002,b0001||report|/gene/locus_tag/b0001,b0002/dataset_report",
                "PRODUCT|locus_tags|b0001||report|/gene/locus_tag/b0001/product_report",
                "GENE|gene_ids|59067,6392||report|/gene/id/59067,6392/dataset_report",
                "PRODUCT|gene_ids|59067||report|/gene/id/59067/product_report",
                "GENE|gene_ids|59067||metadata|/gene/id/59067",
                "GENE|symbols|TP53,BRCA1|human|report|/gene/symbol/BRCA1,TP53/taxon/human/dataset_report",
                "PRODUCT|symbols|TP53|9606|report|/gene/symbol/TP53/taxon/9606/product_report",
                "GENE|symbols|TP53|9606|metadata|/gene/symbol/TP53/taxon/9606",
                "GENE||Homo sapiens||report|/gene/taxon/Homo%20sapiens/dataset_report",
                "PRODUCT||9606||report|/gene/taxon/9606/product_report",
                "GENE||9606||metadata|/gene/taxon/9606",
            })
    void getAsksUnderNcbisPaths(
            Report report, String option, String value, String taxon, String endpoint, String path) {
        List<String> options = new ArrayList<>(List.of("method", "get", "endpoint", endpoint));
        if (option != null) {
            options.addAll(List.of(option, value));
        } else {
            options.addAll(List.of("taxon", value));
        }
        if (taxon != null) {
            options.addAll(List.of("taxon", taxon));
        }
        GeneRequest request = json(report, options.toArray(String[]::new));

        assertThat(request.isPost()).isFalse();
        assertThat(request.path()).isEqualTo(path);
        assertThat(request.pathAndQuery()).isEqualTo(path + "?page_size=1000");
        assertThat(request.accept()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GENE|accessions|NP_2.1,NM_1.1||report|/gene/dataset_report|{\"accessions\":[\"NM_1.1\",\"NP_2.1\"]}",
                "PRODUCT|accessions|NM_1.1||report|/gene/product_report|{\"accessions\":[\"NM_1.1\"]}",
                "GENE|accessions|NM_1.1||metadata|/gene|{\"accessions\":[\"NM_1.1\"]}",
                "GENE|locus_tags|b0001||report|/gene/dataset_report|{\"locus_tags\":[\"b0001\"]}",
                "PRODUCT|locus_tags|b0001||report|/gene/product_report|{\"locus_tags\":[\"b0001\"]}",
                "GENE|locus_tags|b0001||metadata|/gene|{\"locus_tags\":[\"b0001\"]}",
                "GENE|gene_ids|59067,6392||report|/gene/dataset_report|{\"gene_ids\":[59067,6392]}",
                "PRODUCT|gene_ids|59067||report|/gene/product_report|{\"gene_ids\":[59067]}",
                "GENE|gene_ids|59067||metadata|/gene|{\"gene_ids\":[59067]}",
                "GENE|symbols|TP53|human|report|/gene/dataset_report|{\"symbols_for_taxon\":{\"symbols\":[\"TP53\"],\"taxon\":\"human\"}}",
                "PRODUCT|symbols|TP53|9606|report|/gene/product_report|{\"symbols_for_taxon\":{\"symbols\":[\"TP53\"],\"taxon\":\"9606\"}}",
                "GENE|symbols|TP53|9606|metadata|/gene|{\"symbols_for_taxon\":{\"symbols\":[\"TP53\"],\"taxon\":\"9606\"}}",
                "GENE|taxon|Homo sapiens||report|/gene/dataset_report|{\"taxon\":\"Homo sapiens\"}",
                "PRODUCT|taxon|9606||report|/gene/product_report|{\"taxon\":\"9606\"}",
                "GENE|taxon|9606||metadata|/gene|{\"taxon\":\"9606\"}",
            })
    void postAsksWithTheSelectorInTheBody(
            Report report, String option, String value, String taxon, String endpoint, String path, String body) {
        List<String> options = new ArrayList<>(List.of("method", "post", "endpoint", endpoint, option, value));
        if (taxon != null) {
            options.addAll(List.of("taxon", taxon));
        }
        GeneRequest request = json(report, options.toArray(String[]::new));

        assertThat(request.isPost()).isTrue();
        assertThat(request.pathAndQuery()).isEqualTo(path);
        assertThat(request.body()).satisfies(text -> {
            JsonNode sent = tree(text);
            assertThat(sent.path("page_size").isInt()).isTrue();
            assertThat(sent).isEqualTo(tree(body.replaceFirst("}$", ",\"page_size\":1000}")));
        });
    }

    private static final String[] EVERY_PARAMETER = {
        "accessions", "NM_1.1",
        "returned_content", "ids_only",
        "page_size", "17",
        "query", "cell cycle & more",
        "types", "PROTEIN_CODING,ncRNA",
        "accession_filter", "NM_1.1 NM_2.2",
        "tax_search_subtree", "true",
        "include_tabular_header", "include_tabular_header_always",
        "page_token", "eNrjYos2+/=",
        "sort.field", "gene_id",
        "sort.direction", "sort_direction_descending"
    };

    @Test
    void everyParameterIsSentByGetAsNcbiSpellsIt() {
        GeneRequest request = request(
                Report.PRODUCT,
                WireFormat.TSV,
                List.of("gene-id", "transcript-accession"),
                null,
                Stream.concat(Stream.of("method", "get"), Stream.of(EVERY_PARAMETER))
                        .toArray(String[]::new));

        assertThat(request.query().stream().map(p -> p.name() + "=" + p.value()))
                .containsExactlyInAnyOrder(
                        "returned_content=IDS_ONLY",
                        "table_fields=gene-id",
                        "table_fields=transcript-accession",
                        "include_tabular_header=INCLUDE_TABULAR_HEADER_ALWAYS",
                        "page_size=17",
                        "query=cell cycle & more",
                        "types=PROTEIN_CODING",
                        "types=ncRNA",
                        "accession_filter=NM_1.1",
                        "accession_filter=NM_2.2",
                        "tax_search_subtree=true",
                        "page_token=eNrjYos2+/=",
                        "sort.field=gene_id",
                        "sort.direction=SORT_DIRECTION_DESCENDING");
        assertThat(request.pathAndQuery())
                .startsWith("/gene/accession/NM_1.1/product_report?")
                .contains("query=cell%20cycle%20%26%20more", "page_token=eNrjYos2%2B%2F%3D")
                .contains("table_fields=gene-id&table_fields=transcript-accession");
        assertThat(request.accept()).isEqualTo("text/tab-separated-values");
    }

    @Test
    void everyParameterIsSentByPostAsNcbiSpellsIt() {
        GeneRequest request = request(
                Report.PRODUCT,
                WireFormat.TSV,
                List.of("gene-id", "transcript-accession"),
                null,
                Stream.concat(Stream.of("method", "post"), Stream.of(EVERY_PARAMETER))
                        .toArray(String[]::new));

        assertThat(request.query()).isEmpty();
        assertThat(tree(request.body())).isEqualTo(tree("""
                        {"accessions": ["NM_1.1"],
                         "returned_content": "IDS_ONLY",
                         "table_fields": ["gene-id", "transcript-accession"],
                         "include_tabular_header": "INCLUDE_TABULAR_HEADER_ALWAYS",
                         "page_size": 17,
                         "query": "cell cycle & more",
                         "types": ["PROTEIN_CODING", "ncRNA"],
                         "accession_filter": ["NM_1.1", "NM_2.2"],
                         "tax_search_subtree": true,
                         "page_token": "eNrjYos2+/=",
                         "sort": [{"field": "gene_id", "direction": "SORT_DIRECTION_DESCENDING"}]}"""));
    }

    @Test
    void whatIsNotSetIsNotSent() {
        assertThat(json(Report.GENE, "accessions", "a").query())
                .containsExactly(new GeneRequest.Parameter("page_size", "1000"));
        JsonNode body = tree(json(Report.GENE, "accessions", "a", "method", "post", "sort.field", "x")
                .body());
        assertThat(body).isEqualTo(tree("{\"accessions\":[\"a\"],\"page_size\":1000,\"sort\":[{\"field\":\"x\"}]}"));
    }

    @Test
    void parametersOfTheTableAreNotSentForJson() {
        for (WireFormat wire : List.of(WireFormat.JSON, WireFormat.NDJSON)) {
            GeneRequest request = request(
                    Report.GENE,
                    wire,
                    List.of("gene-id"),
                    null,
                    "accessions",
                    "a",
                    "table_fields",
                    "gene-id",
                    "include_tabular_header",
                    "INCLUDE_TABULAR_HEADER_NEVER");

            assertThat(request.pathAndQuery()).doesNotContain("table_fields").doesNotContain("tabular");
            assertThat(request.accept())
                    .isEqualTo(wire == WireFormat.JSON ? "application/json" : "application/x-ndjson");
        }
    }

    @Test
    void locusTagsGoBesideTheAccessionsOfTheMetadataEndpoint() {
        String[] options = {"accessions", "a,b", "locus_tags", "t2,t1", "endpoint", "metadata"};
        GeneRequest get = json(Report.GENE, options);

        assertThat(get.pathAndQuery()).isEqualTo("/gene/accession/a,b?locus_tags=t1&locus_tags=t2&page_size=1000");
        GeneRequest post = json(
                Report.GENE,
                Stream.concat(Stream.of("method", "post"), Stream.of(options)).toArray(String[]::new));
        assertThat(tree(post.body()))
                .isEqualTo(tree("{\"accessions\":[\"a\",\"b\"],\"locus_tags\":[\"t1\",\"t2\"],\"page_size\":1000}"));
    }

    @Test
    void locusTagsAloneGoByPostOnTheMetadataEndpoint() {
        GeneRequest request = json(Report.GENE, "locus_tags", "t", "endpoint", "metadata");

        assertThat(request.isPost()).isTrue();
        assertThat(request.path()).isEqualTo("/gene");
    }

    @Test
    void theTokenOfAPageGoesBeforeTheOneGiven() {
        GeneRequest second =
                request(Report.GENE, WireFormat.JSON, List.of(), "two", "accessions", "a", "page_token", "one");
        GeneRequest first =
                request(Report.GENE, WireFormat.JSON, List.of(), null, "accessions", "a", "page_token", "one");

        assertThat(second.query()).contains(new GeneRequest.Parameter("page_token", "two"));
        assertThat(second.query()).doesNotContain(new GeneRequest.Parameter("page_token", "one"));
        assertThat(first.query()).contains(new GeneRequest.Parameter("page_token", "one"));
    }

    @Test
    void aLongUrlBecomesAPost() {
        String few = String.join(
                ",", IntStream.range(0, 20).mapToObj(i -> "NM_00000" + i).toList());
        String many = String.join(
                ",", IntStream.range(0, 900).mapToObj(i -> "NM_00000" + i).toList());

        assertThat(json(Report.GENE, "accessions", few).isPost()).isFalse();
        GeneRequest post = json(Report.GENE, "accessions", many);
        assertThat(post.isPost()).isTrue();
        assertThat(tree(post.body()).path("accessions")).hasSize(900);
        assertThat(json(Report.GENE, "accessions", many, "method", "get").isPost())
                .isFalse();
        int rest = json(Report.GENE, "accessions", "a", "query", "x")
                        .pathAndQuery()
                        .length()
                - 1;
        assertThat(json(Report.GENE, "accessions", "a", "query", "x".repeat(2000 - rest))
                        .isPost())
                .isFalse();
        assertThat(json(Report.GENE, "accessions", "a", "query", "x".repeat(2001 - rest))
                        .isPost())
                .isTrue();
        assertThat(json(Report.GENE, "accessions", "a", "query", "x".repeat(3000))
                        .isPost())
                .isTrue();
        assertThat(request(Report.GENE, WireFormat.JSON, List.of(), "t".repeat(3000), "accessions", "a")
                        .isPost())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b?c#d%2e..",
                "../../evil",
                "..%2f",
                "a%00b",
                "a;b=c",
                "a&page_size=1",
                "a+b",
                "β-globin",
                "漢字",
                "\uD83E\uDDEC",
                "a\\b",
                "<script>",
                "//evil.example/"
            })
    void hostileIdentifiersStayInTheirSegment(String identifier) {
        GeneRequest get = json(Report.GENE, "accessions", "['" + identifier + "']", "method", "get");
        String raw = URI.create("https://host" + get.pathAndQuery()).getRawPath();

        assertThat(raw.split("/", -1))
                .hasSize(5)
                .startsWith("", "gene", "accession")
                .endsWith("dataset_report");
        assertThat(URLDecoder.decode(raw.split("/", -1)[3], StandardCharsets.UTF_8))
                .isEqualTo(identifier);
        assertThat(URI.create("https://host" + get.pathAndQuery()).getRawQuery())
                .isEqualTo("page_size=1000");
        GeneRequest post = json(Report.GENE, "accessions", "['" + identifier + "']", "method", "post");
        assertThat(tree(post.body()).path("accessions").get(0).asText()).isEqualTo(identifier);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void anIdentifierOfDotsLeadsToNoOtherPath(String identifier) {
        GeneRequest request = json(Report.GENE, "accessions", identifier);
        URI requested = URI.create("https://host" + request.pathAndQuery());

        assertThat(requested.normalize()).isEqualTo(requested);
    }

    @ParameterizedTest
    @CsvSource({"., report", ".., report", ".., metadata"})
    void aTaxonOfDotsLeadsToNoOtherPath(String taxon, String endpoint) {
        for (GeneRequest request : List.of(
                json(Report.GENE, "taxon", taxon, "endpoint", endpoint, "method", "get"),
                json(Report.GENE, "taxon", taxon, "endpoint", endpoint, "symbols", "TP53"))) {
            URI requested = URI.create("https://host" + request.pathAndQuery());

            assertThat(requested.normalize()).isEqualTo(requested);
            assertThat(tree(request.body()).findValue("taxon").asText()).isEqualTo(taxon);
        }
    }

    @Property
    void whateverTheIdentifiersThePathHoldsThemAndNothingElse(
            @ForAll("identifiers") String one,
            @ForAll("identifiers") String other,
            @ForAll("identifiers") String taxon) {
        IdentifierBatch batch = new IdentifierBatch(IdentifierKind.SYMBOL, List.of(one, other), List.of());
        Options options = Given.options("symbols", "x", "taxon", "a" + taxon, "method", "get");
        GeneRequest get = new RequestFactory(Report.GENE, options, WireFormat.JSON, List.of(), Narrowed.NOT)
                .request(batch, Optional.empty());
        String[] segments = get.path().split("/", -1);

        assertThat(get.path()).matches("[A-Za-z0-9/,%._*-]+");
        assertThat(segments).hasSize(7);
        assertThat(Stream.of(segments[3].split(",", -1)).map(s -> URLDecoder.decode(s, StandardCharsets.UTF_8)))
                .containsExactlyElementsOf(Stream.of(one, other).distinct().toList());
        assertThat(URLDecoder.decode(segments[5], StandardCharsets.UTF_8)).isEqualTo(options.text(Option.TAXON));
    }

    @Property
    void whateverTheIdentifiersTheBodyIsJsonThatHoldsThem(@ForAll("identifiers") String identifier) {
        IdentifierBatch batch = new IdentifierBatch(IdentifierKind.LOCUS_TAG, List.of(identifier), List.of());
        GeneRequest post = new RequestFactory(
                        Report.GENE,
                        Given.options("method", "post", "query", "q" + identifier),
                        WireFormat.JSON,
                        List.of(),
                        Narrowed.NOT)
                .request(batch, Optional.of(identifier));
        JsonNode body = tree(post.body());

        assertThat(body.path("locus_tags").get(0).asText()).isEqualTo(identifier);
        assertThat(body.path("page_token").asText()).isEqualTo(identifier);
    }

    /** Those of dots alone are asked for by POST, and have a test of their own. */
    @Provide
    Arbitrary<String> identifiers() {
        return Arbitraries.strings()
                .ascii()
                .withChars("é漢/?#%&=+,\"\\")
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(identifier -> !identifier.equals(".") && !identifier.equals(".."));
    }

    @Test
    void aRequestSaysWhetherLessCanBeAskedFor() {
        for (String method : List.of("get", "post")) {
            assertThat(json(Report.GENE, "accessions", "a,b", "method", method).divisible())
                    .isTrue();
            assertThat(json(Report.GENE, "accessions", "a", "method", method).divisible())
                    .isFalse();
            assertThat(json(Report.GENE, "taxon", "human", "method", method).divisible())
                    .isFalse();
        }
    }

    @Test
    void theKeyIsInNoRequest() {
        for (String method : List.of("get", "post")) {
            GeneRequest request = json(Report.GENE, "accessions", "a", "api_key", "SECRET", "method", method);

            assertThat(request.toString()).doesNotContain("SECRET");
        }
    }

    private static RequestFactory factory(String pageSize) {
        return new RequestFactory(
                Report.GENE, Given.options("page_size", pageSize), WireFormat.TSV, List.of("gene-id"), Narrowed.NOT);
    }

    @Test
    void whatTheQueryNarrowsGoesBeforeTheOptions() {
        RequestFactory factory = new RequestFactory(
                Report.PRODUCT,
                Given.options("method", "post", "taxon", "human", "page_size", "9", "accession_filter", "x"),
                WireFormat.JSON,
                List.of(),
                new Narrowed(ReturnedContent.IDS_ONLY, 3, List.of("NM_1.1", "NM_2.1")));
        IdentifierBatch batch = new IdentifierBatch(IdentifierKind.SYMBOL, List.of("A"), List.of()).inTaxon("9606");

        assertThat(factory.isNarrowed()).isTrue();
        assertThat(tree(factory.request(batch, Optional.empty()).body())).isEqualTo(tree("""
                        {"symbols_for_taxon":{"symbols":["A"],"taxon":"9606"},"returned_content":"IDS_ONLY",
                         "page_size":3,"accession_filter":["NM_1.1","NM_2.1"]}"""));
        assertThat(factory.plain().isNarrowed()).isFalse();
        assertThat(tree(factory.plain().request(batch, Optional.empty()).body()))
                .isEqualTo(tree("""
                        {"symbols_for_taxon":{"symbols":["A"],"taxon":"9606"},"page_size":3,
                         "accession_filter":["x"]}"""));
    }

    @Test
    void locusTagsWithoutAccessionsDoNotLeadToAnEmptySegment() {
        Options options = Given.options("accessions", "[]", "locus_tags", "t1", "endpoint", "metadata");
        Selector selector = Selector.of(options, List.of()).orElseThrow();
        for (IdentifierBatch batch : Planner.batches(selector, 1000)) {
            GeneRequest request = new RequestFactory(Report.GENE, options, WireFormat.JSON, List.of(), Narrowed.NOT)
                    .request(batch, Optional.empty());

            assertThat(request.path()).doesNotEndWith("/");
        }
    }

    @Test
    void equalFactoriesAreEqualAndTravel() {
        RequestFactory factory = factory("7");

        assertThat(Serialized.copy(factory)).isEqualTo(factory).hasSameHashCodeAs(factory);
        assertThat(factory).isNotEqualTo(factory("8"));
    }
}
