package io.github.sparkncbigene.spec;

import static io.github.sparkncbigene.scan.ScriptedGeneService.list;
import static io.github.sparkncbigene.scan.ScriptedGeneService.match;
import static io.github.sparkncbigene.scan.ScriptedGeneService.reports;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.scan.Scans;
import io.github.sparkncbigene.scan.ScriptedGeneService;
import io.github.sparkncbigene.scan.ScriptedGeneService.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses with status 200 that answer their request, and those that do not, from the request to the row. */
class ResponseCheckTest {
    private static final String ONE = "{\"gene_id\":\"1\",\"symbol\":\"A\"}";
    private static final String TWO = "{\"gene_id\":\"2\",\"symbol\":\"B\"}";
    private static final String BOTH = reports(match(ONE, "NM_1.1"), match(TWO, "NM_2.1"));

    private static List<String> read(ScriptedGeneService service, String... options) {
        List<String> all = new ArrayList<>(List.of("accessions", "NM_1.1,NM_2.1", "retry_wait", "1ms"));
        all.addAll(Arrays.asList(options));
        return Scans.texts(
                Scans.rows(service, Scans.options(all.toArray(String[]::new)), "accession", "symbol", "warnings"));
    }

    private static List<String> table(ScriptedGeneService service, String fields, String... options) {
        List<String> all =
                new ArrayList<>(List.of("accessions", "NM_1.1,NM_2.1", "retry_wait", "1ms", "table_fields", fields));
        all.addAll(Arrays.asList(options));
        return Scans.texts(Scans.rows(service, Scans.options(all.toArray(String[]::new))));
    }

    /** Gives one body first, and another one from then on. */
    private static ScriptedGeneService first(String body, String then) {
        AtomicInteger calls = new AtomicInteger();
        return new ScriptedGeneService(request -> Page.of(calls.getAndIncrement() == 0 ? body : then));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'messages':[{'error':{'gene_error_code':'E','message':'backend unavailable'}}]}"
                        + "|it holds an error that names nothing that was requested, and says 'backend unavailable'",
                "{'reports':[],'messages':[{'error':{'reason':'down','invalid_identifiers':['NM_9.1']}}]}"
                        + "|it holds an error that names nothing that was requested, and says 'down'",
                "{'reports':[{'errors':[{'message':'backend unavailable'}]}]}"
                        + "|it holds an error that names nothing that was requested, and says 'backend unavailable'",
                "{'errors':[{'message':'gone'}]}"
                        + "|it holds an error that names nothing that was requested, and says 'gone'",
                "{'genes':[{'gene':{'gene_id':'1','symbol':'A'},'query':['NM_1.1']}]}|it holds 'genes' and no reports",
                "{'foo':1}|it holds 'foo' and no reports",
                "{'total_count':1}|it holds no reports",
                "{'total_count':0}|it holds no reports",
                "{'messages':[]}|it holds no reports",
                "{'messages':[{'warning':{'message':'maintenance'}}]}|it holds no reports, and says 'maintenance'",
                "{'next_page_token':''}|it holds no reports",
                "{'reports':null}|it holds 'reports' that is not a list",
                "{'reports':{}}|it holds 'reports' that is not a list",
                "{'error':'Bad','code':500,'message':'timed out'}|it holds an error, and says 'timed out'",
                "{'code':14,'message':'down'}|it holds 'code' and no reports, and says 'down'",
                "{'reports':[{}]}|none of its 1 reports is about anything that was requested",
                "{'reports':[{'foo':1},{'warnings':[{'message':'x'}]}]}"
                        + "|none of its 2 reports is about anything that was requested",
                "{'reports':[{'gene':{'gene_id':'7'},'query':['NM_7.1']},{'gene':{'gene_id':'8'},'query':['NM_8.1']}]}"
                        + "|none of its 2 reports is about anything that was requested, the first is about 'NM_7.1'",
                "{'reports':[{'gene':{'gene_id':'1','symbol':'A'},'query':['NM_1.1']}],'total_count':2}"
                        + "|it holds 1 of the 2 reports that total_count promises",
                "{'reports':[],'total_count':2}|it holds 0 of the 2 reports that total_count promises",
            })
    void whatDoesNotAnswerIsRequestedAgainAndInTheEndAnError(String body, String why) {
        ScriptedGeneService passing = first(json(body), BOTH);
        assertThat(read(passing, "max_retries", "1")).containsExactlyInAnyOrder("NM_1.1|A|null", "NM_2.1|B|null");
        assertThat(passing.requests()).hasSize(2);

        ScriptedGeneService lasting = first(json(body), json(body));
        for (String mode : List.of("PERMISSIVE", "DROPMALFORMED", "FAILFAST")) {
            assertThatThrownBy(() -> read(lasting, "max_retries", "2", "mode", mode))
                    .isInstanceOf(NcbiGeneException.class)
                    .hasMessage("[NCBI_GENE_BAD_RESPONSE] The response to POST /gene/dataset_report (request id PHID)"
                            + " does not match the request: " + why
                            + ". Try again later; if the error persists, check that base_url is the gene service.");
        }
        assertThat(lasting.requests()).hasSize(3 * 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "null", "7", "'reports'", "{'reports':[null]}", "{'reports':['a']}", "{'reports':[[]]}"})
    void whatIsNoPageIsNoAnswerEither(String body) {
        ScriptedGeneService lasting = first(json(body), json(body));

        assertThatThrownBy(() -> read(lasting, "max_retries", "2"))
                .hasMessageStartingWith("[NCBI_GENE_BAD_RESPONSE] The response to POST /gene/dataset_report (request id"
                        + " PHID) cannot be read: ");
        assertThat(lasting.requests()).hasSize(3);
        assertThat(read(first(json(body), BOTH), "max_retries", "1"))
                .containsExactlyInAnyOrder("NM_1.1|A|null", "NM_2.1|B|null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'reports':[]}", "{'reports':[],'total_count':0}", " {\n} "})
    void thatNcbiHasNothingIsAnAnswer(String body) {
        ScriptedGeneService service = first(json(body), BOTH);

        assertThat(read(service)).hasSize(2).allMatch(row -> row.contains("NOT_FOUND"));
        assertThat(service.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Messages that name what was requested.
                "{'messages':[{'error':{'gene_error_code':'X','invalid_identifiers':['NM_1.1']}}]}",
                "{'messages':[{'warning':{'gene_warning_code':'X','unrecognized_identifier':'NM_1'}}]}",
                "{'reports':[{'errors':[{'gene_error_code':'X'}],'query':['NM_1.1']}]}",
                "{'reports':[{'errors':[{'gene_error_code':'X','invalid_identifiers':['nm_1.1']}]}]}",
            })
    void whatIsSaidOfAnIdentifierIsInItsRow(String body) {
        ScriptedGeneService service = first(json(body), BOTH);
        List<String> rows = read(service);

        assertThat(service.requests()).hasSize(1);
        assertThat(rows).hasSize(2);
        assertThat(rows.stream().filter(row -> row.startsWith("NM_1.1|null|")))
                .singleElement()
                .asString()
                .contains("code=X");
        assertThat(rows.stream().filter(row -> row.startsWith("NM_2.1|null|")))
                .singleElement()
                .asString()
                .contains("code=NOT_FOUND")
                .doesNotContain("code=X");
    }

    @Test
    void aReportThatShowsWhatWasRequestedAmongItsNamesIsAboutIt() {
        String alias = "{\"gene_id\":\"1\",\"symbol\":\"CYP2A6\",\"synonyms\":[\"CPA6\"]}";
        ScriptedGeneService service = first(reports(match(alias, "CYP2A6")), "{}");

        assertThat(Scans.texts(Scans.rows(service, Scans.options("symbols", "CPA6", "taxon", "human"), "symbol")))
                .contains("CYP2A6");
        assertThat(service.requests()).hasSize(1);
    }

    /** The answers to two requests come the other way round: each is requested again. */
    @Test
    void swappedAnswersAreNoAnswers() {
        Set<Boolean> before = ConcurrentHashMap.newKeySet();
        ScriptedGeneService service = new ScriptedGeneService(request -> {
            boolean one = list(request, "accessions").contains("NM_1.1");
            boolean swapped = before.add(one);
            return Page.of(reports(one != swapped ? match(ONE, "NM_1.1") : match(TWO, "NM_2.1")));
        });

        assertThat(read(service, "batch_size", "1", "max_retries", "1"))
                .containsExactlyInAnyOrder("NM_1.1|A|null", "NM_2.1|B|null");
        assertThat(service.requests()).hasSize(4);
    }

    @Test
    void aPageOfAllThatFallsShortStartsTheBatchAnew() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedGeneService service = new ScriptedGeneService(request -> {
            boolean first = request.path("page_token").isMissingNode();
            String body = "{\"reports\":[" + (first ? match(ONE, "NM_1.1") : match(TWO, "NM_2.1")) + "]"
                    + (first ? ",\"total_count\":2" : "") + "}";
            return calls.incrementAndGet() == 2 ? Page.of("{}") : new Page(body, first ? "t" : null);
        });

        assertThat(read(service, "max_retries", "1", "page_size", "1"))
                .containsExactlyInAnyOrder("NM_1.1|A|null", "NM_2.1|B|null");
        assertThat(service.requests()).hasSize(4);

        ScriptedGeneService lasting = new ScriptedGeneService(request -> {
            boolean first = request.path("page_token").isMissingNode();
            return first
                    ? new Page("{\"total_count\":2,\"reports\":[" + match(ONE, "NM_1.1") + "]}", "t")
                    : Page.of("{}");
        });
        assertThatThrownBy(() -> read(lasting, "max_retries", "2", "page_size", "1"))
                .hasMessage(
                        "[NCBI_GENE_BAD_RESPONSE] The response to POST /gene/dataset_report (request id PHID)"
                                + " does not match the request: with the pages before it holds 1 of the 2 reports that"
                                + " total_count promises. Try again later; if the error persists, check that base_url is the gene service.");
        assertThat(lasting.requests()).hasSize(6);
    }

    @Test
    void countsDoNotHoldWhereReportsAreLeftOutOrPagesToo() {
        String product = "{\"reports\":[{\"product\":{\"gene_id\":\"1\",\"symbol\":\"A\",\"transcripts\":["
                + "{\"accession_version\":\"NM_1.1\"}]},\"query\":[\"NM_1.1\"]}],\"total_count\":2}";
        assertThat(read(first(product, "{}"), "report", "product", "accession_filter", "NM_1.1"))
                .contains("NM_1.1|A|null");
        String page = "{\"reports\":[" + match(ONE, "NM_1.1") + "],\"total_count\":2}";
        assertThat(read(first(page, "{}"), "page_token", "t")).containsExactly("NM_1.1|A|null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'genes':[]}",
                "{'foo':1}",
                "{'total_count':1}",
                "{'messages':[{'error':{'message':'x'}}]}",
                "{'errors':[{'message':'x'}]}",
                "{'reports':[{'errors':[{'message':'x'}]}]}",
                "{'error':'Bad','message':'x'}",
                "{'reports':null}",
                "{'gene':{'gene_id':'7'},'query':['NM_7.1']}",
                "{'reports':[{'gene':{'gene_id':'7'},'query':['NM_7.1']}]}",
            })
    void linesThatDoNotAnswerAreNoAnswerEither(String line) {
        String good = match(ONE, "NM_1.1") + "\n" + match(TWO, "NM_2.1") + "\n";
        ScriptedGeneService passing = first(json(line), good);
        assertThat(read(passing, "wire_format", "ndjson", "max_retries", "1"))
                .containsExactlyInAnyOrder("NM_1.1|A|null", "NM_2.1|B|null");
        assertThat(passing.requests()).hasSize(2);

        assertThatThrownBy(() -> read(first(json(line), json(line)), "wire_format", "ndjson", "max_retries", "1"))
                .hasMessageStartingWith("[NCBI_GENE_BAD_RESPONSE] The response to POST /gene/dataset_report");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'gene':{'gene_id':'1','symbol':'A'},'query':['NM_1.1']}\n{'gene':{'gene_id':'2','symbol':'B'},'query':['NM_2.1']}",
                "{'reports':[{'gene':{'gene_id':'1','symbol':'A'},'query':['NM_1.1']}],'total_count':2}"
                        + "{'reports':[{'gene':{'gene_id':'2','symbol':'B'},'query':['NM_2.1']}]}",
                "{'total_count':2}\n{'gene':{'gene_id':'1','symbol':'A'},'query':['NM_1.1']}\n"
                        + "{'gene':{'gene_id':'2','symbol':'B'},'query':['NM_2.1']}\n{'messages':[]}",
                "{'gene_id':'1','symbol':'A','query':['NM_1.1']}{'gene_id':'2','symbol':'B','query':['NM_2.1']}",
            })
    void linesOfEveryShapeAnswer(String lines) {
        ScriptedGeneService service = first(json(lines), "{}");

        assertThat(read(service, "wire_format", "ndjson")).containsExactlyInAnyOrder("NM_1.1|A|null", "NM_2.1|B|null");
        assertThat(service.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'messages':[{'error':{'message':'backend unavailable'}}]}",
                "{'reports':[{'errors':[{'message':'backend unavailable'}]}]}",
                "{'genes':[]}",
                "{'total_count':1}",
                "{'reports':[{'gene':{'gene_id':'1','symbol':'A'},'query':['NM_1.1']}]}",
                "{'error':'Bad','message':'backend unavailable'}",
                "[]",
                "null",
                "'unavailable'",
            })
    void jsonThatIsNoTableIsNoRowOfOne(String body) {
        String good = "Symbol\nA\nB\n";
        ScriptedGeneService passing = first(json(body), good);
        assertThat(table(passing, "symbol", "max_retries", "1")).containsExactly("A", "B");
        assertThat(passing.requests()).hasSize(2);

        assertThatThrownBy(() -> table(first(json(body), json(body)), "symbol", "max_retries", "1"))
                .hasMessageStartingWith("[NCBI_GENE_BAD_RESPONSE] The response to POST /gene/dataset_report"
                        + " (request id PHID) does not match the request: it holds ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'reports':[]}", "{'messages':[{'warning':{'unrecognized_identifier':'NM_1.1'}}]}"})
    void jsonMaySayThatTheTableIsEmpty(String body) {
        ScriptedGeneService service = first(json(body), "Symbol\nA\n");

        assertThat(table(service, "symbol")).isEmpty();
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aCellMayBeginWithABracket() {
        assertThat(table(first("Symbol\n{A}\n[B]\n", ""), "symbol")).containsExactly("{A}", "[B]");
        assertThat(table(first("{A}\n", ""), "symbol", "include_tabular_header", "INCLUDE_TABULAR_HEADER_NEVER"))
                .containsExactly("{A}");
    }
}
