package io.github.sparkncbigene.rows;

import static io.github.sparkncbigene.scan.ScriptedGeneService.failure;
import static io.github.sparkncbigene.scan.ScriptedGeneService.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.scan.Scans;
import io.github.sparkncbigene.scan.ScriptedGeneService;
import io.github.sparkncbigene.scan.ScriptedGeneService.Page;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of batches answered by NCBI's tabular report, against a service in memory. */
class TsvBatchRowsTest {
    private static final String HEADER = "NCBI GeneID\tSymbol\n";

    private static List<String> read(ScriptedGeneService service, String... options) {
        List<String> all = new ArrayList<>();
        if (!Arrays.asList(options).contains("accessions")) {
            all.addAll(List.of("accessions", "a,b,c"));
        }
        if (!Arrays.asList(options).contains("table_fields")) {
            all.addAll(List.of("table_fields", "gene-id,symbol"));
        }
        all.addAll(Arrays.asList(options));
        return Scans.texts(Scans.rows(service, Scans.options(all.toArray(String[]::new))));
    }

    private static ScriptedGeneService answering(String body) {
        return new ScriptedGeneService(request -> Page.of(body));
    }

    @Test
    void theTableIsAskedForAndRead() {
        ScriptedGeneService service = answering(HEADER + "2\tB\n1\tA\n1\tA\n");

        assertThat(read(service))
                .as("in NCBI's order, and as often as NCBI has it")
                .containsExactly("2|B", "1|A", "1|A");
        assertThat(service.accepts()).containsExactly("text/tab-separated-values");
        assertThat(list(service.requests().get(0), "table_fields")).containsExactly("gene-id", "symbol");
    }

    @Test
    void whatIsLeftOfAGeneWithoutAKeptTranscriptIsNoRow() {
        ScriptedGeneService service = answering("Symbol\tTranscript Accession\nA\t\nB\tNM_1.1\n");

        assertThat(read(
                        service,
                        "report",
                        "product",
                        "table_fields",
                        "symbol,transcript-accession",
                        "accession_filter",
                        "NM_1.1"))
                .containsExactly("B|NM_1.1");
    }

    @Test
    void pagesAreFollowedAndHeadersAreNoRows() {
        for (String when : List.of("FIRST_PAGE_ONLY", "ALWAYS", "NEVER")) {
            ScriptedGeneService service = new ScriptedGeneService(request -> {
                boolean first = request.path("page_token").isMissingNode();
                boolean header = when.equals("ALWAYS") || (when.equals("FIRST_PAGE_ONLY") && first);
                return new Page(
                        (header ? "Gene ID\tGene symbol\n" : "") + (first ? "1\tA\n" : "2\tB\n"), first ? "t" : null);
            });

            assertThat(read(service, "include_tabular_header", "INCLUDE_TABULAR_HEADER_" + when))
                    .as(when)
                    .containsExactly("1|A", "2|B");
            assertThat(service.requests()).hasSize(2);
        }
    }

    /** NCBI has labels that end in a blank, which some pages lose; other builds have other labels. */
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "Annotation Genomic Range Accession |Annotation Genomic Range Accession ",
                "Annotation Genomic Range Accession |Annotation Genomic Range Accession",
                "Annotation Genomic Range Accession|Annotation Genomic Range Accession ",
                "annotation genomic range accession|ANNOTATION GENOMIC RANGE ACCESSION ",
                "Another Label|Another Label",
                "Another Label | Another Label",
                "Another Label|Annotation Genomic Range Accession ",
            })
    void aHeaderOnEveryPageIsNoRow(String first, String later) {
        ScriptedGeneService service = new ScriptedGeneService(
                request -> switch (request.path("page_token").asText()) {
                    case "" -> new Page(first + "\nNC_1.1\n", "two");
                    case "two" -> new Page(later + "\nNC_2.1\n", "three");
                    default -> Page.of(later + "\nNC_3.1\n");
                });

        assertThat(read(service, "table_fields", "annotation-genomic-range-accession"))
                .containsExactly("NC_1.1", "NC_2.1", "NC_3.1");
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void aLineThatIsTooLongIsAnErrorThatNamesTheOption() {
        String body = HEADER + "1\t" + "A".repeat(70_000) + "\n";

        assertThatThrownBy(() -> read(answering(body), "accessions", "a", "max_report_bytes", "65536"))
                .hasMessage("[NCBI_GENE_RESPONSE_TOO_LARGE] The response to POST /gene/dataset_report (request id PHID)"
                        + " cannot be read: line 2 of the table in it has more than max_report_bytes = 65536 bytes. If"
                        + " that is right, raise max_report_bytes.");
        assertThatThrownBy(() -> read(answering(HEADER + "\t".repeat(60_000) + "\n")))
                .hasMessageContaining("line 2 of the table has 60001 cells where 2 fields were requested");
    }

    @Test
    void fromAPageOnwardsThereIsNoHeader() {
        assertThat(read(answering("1\tA\n"), "page_token", "t")).containsExactly("1|A");
        assertThat(Scans.texts(Scans.rows(
                        answering("Alpha\nBeta\n"),
                        Scans.options("accessions", "a", "table_fields", "symbol", "page_token", "t"))))
                .containsExactly("Alpha", "Beta");
    }

    @Test
    void nothingFoundIsNoRow() {
        assertThat(read(answering("{}"))).isEmpty();
        assertThat(read(answering(""))).isEmpty();
        assertThat(read(answering(HEADER))).isEmpty();
    }

    @Test
    void aTableThatIsCutIsReadAgainAndNoRowComesTwice() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedGeneService service = new ScriptedGeneService(
                request -> Page.of(calls.incrementAndGet() == 1 ? HEADER + "1\tA\n2" : HEADER + "1\tA\n2\tB\n"));

        assertThat(read(service, "max_retries", "1")).containsExactly("1|A", "2|B");
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "1\tA\textra\n", HEADER + "1\n"})
    void aTableThatStaysUnreadableIsAnErrorThatQuotesTheLine(String body) {
        assertThatThrownBy(() -> read(answering(body)))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_BAD_RESPONSE] The response to POST /gene/dataset_report")
                .hasMessageContaining("fields were requested");
    }

    @Test
    void aTokenThatRepeatsIsAnError() {
        ScriptedGeneService service = new ScriptedGeneService(request -> new Page("1\tA\n", "same"));

        assertThatThrownBy(() -> read(service)).hasMessageContaining("[NCBI_GENE_TOKEN_TROUBLE]");
    }

    @Test
    void whatWasReadBeforeATokenRepeatedIsNotReadTwice() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedGeneService service = new ScriptedGeneService(request -> switch (calls.incrementAndGet()) {
            case 1 -> new Page(HEADER + "1\tA\n1\tA\n", "two");
            case 2 -> new Page("2\tB\n", "two");
            case 3 -> new Page(HEADER + "1\tA\n1\tA\n", "other");
            default -> Page.of("2\tB\n2\tB\n3\tC\n");
        });

        assertThat(read(service, "max_retries", "1")).containsExactlyInAnyOrder("1|A", "1|A", "2|B", "2|B", "3|C");
    }

    @Test
    void aBatchThatIsTooMuchIsDivided() {
        Map<String, String> rows = Map.of("a", "1\tA\n", "b", "2\tB\n", "c", "3\tC\n");
        ScriptedGeneService service = new ScriptedGeneService(request -> {
            List<String> requested = list(request, "accessions");
            if (requested.size() > 1) {
                throw failure(Kind.TOO_LARGE, ErrorCode.SERVICE_FAILED, "too much");
            }
            return Page.of(HEADER + requested.stream().map(rows::get).collect(Collectors.joining()));
        });

        assertThat(read(service)).containsExactlyInAnyOrder("1|A", "2|B", "3|C");
    }

    @Test
    void cellsThatDoNotFitAreNull() {
        assertThat(read(answering(HEADER + "x\tA\n2\tB\n"))).containsExactly("null|A", "2|B");
    }

    @Test
    void cellsThatDoNotFitGoTheWayOfTheModeAsTheyDoInJson() {
        String json = "{\"reports\":[{\"gene\":{\"gene_id\":\"x\",\"symbol\":\"A\"},\"query\":[\"a\"]},"
                + "{\"gene\":{\"gene_id\":\"2\",\"symbol\":\"B\"},\"query\":[\"b\"]}]}";
        List<String> fromJson = read(answering(json), "mode", "DROPMALFORMED", "wire_format", "json");

        assertThat(fromJson).containsExactly("2|B");
        assertThat(read(answering(HEADER + "x\tA\n2\tB\n"), "mode", "DROPMALFORMED"))
                .isEqualTo(fromJson);
    }
}
