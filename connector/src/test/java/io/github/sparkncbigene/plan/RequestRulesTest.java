package io.github.sparkncbigene.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.testing.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {
    private static final Map<String, String> VALUES = Map.of(
            "returned_content", "IDS_ONLY",
            "query", "kinase",
            "types", "PROTEIN_CODING",
            "accession_filter", "NM_1.1",
            "tax_search_subtree", "true",
            "sort.field", "gene_id",
            "sort.direction", "SORT_DIRECTION_ASCENDING");

    private static final Map<String, List<String>> SELECTORS = Map.of(
            "accession", List.of("accessions", "NM_1.1"),
            "GeneID", List.of("gene_ids", "1"),
            "locus tag", List.of("locus_tags", "b0001"),
            "symbol", List.of("symbols", "TP53", "taxon", "human"),
            "taxon", List.of("taxon", "human"));

    private static void check(Report report, String... options) {
        Options resolved = Given.options(options);
        RequestRules.check(resolved, report, Selector.of(resolved, List.of()).orElseThrow());
    }

    private static void checkBatches(int batches, String... options) {
        Options resolved = Given.options(options);
        RequestRules.checkBatches(
                resolved, Selector.of(resolved, List.of("from file")).orElseThrow(), batches);
    }

    /** What NCBI's OpenAPI description lists for each of its paths, by hand. */
    private static final String TAKEN = """
            report|gene|accession|returned_content query types sort.field sort.direction
            report|gene|GeneID|returned_content query types sort.field sort.direction
            report|gene|locus tag|returned_content query types sort.field
            report|gene|symbol|returned_content query types tax_search_subtree
            report|gene|taxon|returned_content query types tax_search_subtree
            report|product|accession|query types accession_filter tax_search_subtree sort.field sort.direction
            report|product|GeneID|query types accession_filter sort.field sort.direction
            report|product|locus tag|query types accession_filter sort.field
            report|product|symbol|query types tax_search_subtree
            report|product|taxon|query types tax_search_subtree
            metadata|gene|accession|returned_content accession_filter tax_search_subtree sort.field sort.direction
            metadata|gene|GeneID|returned_content accession_filter tax_search_subtree sort.field sort.direction
            metadata|gene|symbol|returned_content accession_filter tax_search_subtree sort.field sort.direction
            metadata|gene|taxon|returned_content query types accession_filter tax_search_subtree sort.field sort.direction
            """;

    static Stream<Arguments> everyParameterOfEveryPath() {
        return TAKEN.lines().flatMap(line -> {
            String[] cells = line.split("\\|", -1);
            List<String> taken = List.of(cells[3].split(" ", -1));
            return VALUES.keySet().stream()
                    .sorted()
                    .map(parameter -> Arguments.of(
                            cells[0], Report.named(cells[1]), cells[2], parameter, taken.contains(parameter)));
        });
    }

    @ParameterizedTest
    @MethodSource("everyParameterOfEveryPath")
    void aPathTakesWhatNcbiSaysItTakes(
            String endpoint, Report report, String selector, String parameter, boolean taken) {
        List<String> options = new ArrayList<>(SELECTORS.get(selector));
        options.addAll(List.of("endpoint", endpoint, parameter, VALUES.get(parameter)));
        String[] given = options.toArray(String[]::new);

        if (taken) {
            assertThatCode(() -> check(report, given)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> check(report, given))
                    .isInstanceOf(NcbiGeneException.class)
                    .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] NCBI's "
                            + (endpoint.equals("metadata") ? "metadata endpoint" : report.word() + " report") + " by "
                            + selector + " does not take " + parameter + "; drop it"
                            + (isTakenElsewhere(endpoint, report, selector, parameter)
                                    ? ", or change endpoint."
                                    : "."));
        }
    }

    /** Returns true if the other endpoint takes a parameter; the metadata endpoint takes locus tags like accessions. */
    private static boolean isTakenElsewhere(String endpoint, Report report, String selector, String parameter) {
        boolean metadata = endpoint.equals("metadata");
        String path = metadata
                ? "report|gene|" + selector + "|"
                : "metadata|" + report.word() + "|" + selector.replace("locus tag", "accession") + "|";
        return TAKEN.lines().filter(line -> line.startsWith(path)).anyMatch(line -> List.of(
                        line.substring(path.length()).split(" "))
                .contains(parameter));
    }

    @Test
    void rowsOfTranscriptsAreOfTheProductReport() {
        assertThatThrownBy(() -> check(Report.GENE, "accessions", "a", "accession_rows", "transcript"))
                .hasMessage(
                        "[NCBI_GENE_CONFLICTING_OPTIONS] Option accession_rows = transcript is for the product report;"
                                + " set report to product.");
    }

    @Test
    void theMetadataEndpointHasNoProductReport() {
        assertThatThrownBy(() -> check(Report.PRODUCT, "accessions", "a", "endpoint", "metadata"))
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Endpoint = metadata has no product report; set endpoint to"
                        + " report.");
    }

    @Test
    void theMetadataEndpointHasNoGetByLocusTag() {
        assertThatThrownBy(() -> check(Report.GENE, "locus_tags", "b0001", "endpoint", "metadata", "method", "get"))
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Endpoint = metadata has no GET by locus tag; set method to"
                        + " auto or post, or endpoint to report.");
        assertThatCode(() -> check(Report.GENE, "locus_tags", "b0001", "endpoint", "metadata"))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(Report.GENE, "locus_tags", "b0001", "method", "get"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"protein_coding, PROTEIN_CODING", "PROTEIN-CODING, PROTEIN_CODING", "NCRNA, ncRNA", "trna, tRNA"})
    void anUnknownTypeOfGeneIsAnErrorThatSuggestsTheNearest(String type, String meant) {
        assertThatThrownBy(() -> check(Report.GENE, "accessions", "a", "types", "PSEUDO," + type))
                .hasMessageStartingWith(
                        "[NCBI_GENE_INVALID_OPTION] Option types holds '" + type + "', which is not a type of gene.")
                .hasMessageContaining("Did you mean '" + meant + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNKNOWN,tRNA,rRNA,snRNA,scRNA,snoRNA",
                "PROTEIN_CODING,PSEUDO,TRANSPOSON,miscRNA,ncRNA,BIOLOGICAL_REGION,OTHER"
            })
    void allOfNcbisTypesAreTaken(String types) {
        assertThatCode(() -> check(Report.PRODUCT, "accessions", "a", "types", types))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "page_token, abc, 'drop it, or request fewer identifiers'",
        "sort.field, gene_id, 'drop it and use orderBy, or request fewer identifiers'",
        "sort.direction, SORT_DIRECTION_ASCENDING, 'drop it and use orderBy, or request fewer identifiers'"
    })
    void whatOnlyMakesSenseWithinOneRequestIsRefusedOverSeveral(String option, String value, String remedy) {
        assertThatThrownBy(() -> checkBatches(3, "accessions", "a", option, value))
                .hasMessageStartingWith("[NCBI_GENE_CONFLICTING_OPTIONS] ")
                .hasMessageEndingWith(
                        "only makes sense within one request, and this scan needs 3 requests; " + remedy + ".")
                .satisfies(e -> assertThat(e.getMessage()).containsIgnoringCase(option));
        assertThatCode(() -> checkBatches(1, "accessions", "a", option, value)).doesNotThrowAnyException();
        assertThatCode(() -> checkBatches(0, "accessions", "[]", option, value)).doesNotThrowAnyException();
    }

    @Test
    void anOptionIsNamedAsItIsSpelled() {
        assertThatThrownBy(() -> checkBatches(2, "accessions", "a", "page_token", "abc"))
                .hasMessageContaining("page_token");
        assertThatThrownBy(() -> checkBatches(2, "accessions", "a", "sort.field", "x"))
                .hasMessageContaining("sort.field");
    }

    @Test
    void locusTagsBesideAccessionsAreRefusedOverSeveralRequests() {
        assertThatThrownBy(() -> checkBatches(2, "accessions", "a,b", "locus_tags", "t", "endpoint", "metadata"))
                .hasMessageStartingWith("[NCBI_GENE_CONFLICTING_OPTIONS] ")
                .hasMessageEndingWith("ocus_tags beside accessions only make sense within one request, and this scan"
                        + " needs 2 requests; request at most batch_size accessions, or read locus_tags on their"
                        + " own.");
        assertThatCode(() -> checkBatches(1, "accessions", "a,b", "locus_tags", "t", "endpoint", "metadata"))
                .doesNotThrowAnyException();
        assertThatCode(() -> checkBatches(5, "locus_tags", "t1,t2")).doesNotThrowAnyException();
    }
}
