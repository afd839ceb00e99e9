package io.github.sparkncbigene.rows;

import static io.github.sparkncbigene.scan.ScriptedGeneService.failure;
import static io.github.sparkncbigene.scan.ScriptedGeneService.list;
import static io.github.sparkncbigene.scan.ScriptedGeneService.match;
import static io.github.sparkncbigene.scan.ScriptedGeneService.reports;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.scan.Scans;
import io.github.sparkncbigene.scan.ScriptedGeneService;
import io.github.sparkncbigene.scan.ScriptedGeneService.Page;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of batches answered in JSON, from request to row, against a service in memory. */
class JsonBatchRowsTest {
    private static final String ONE = "{\"gene_id\":\"1\",\"symbol\":\"A\"}";
    private static final String TWO = "{\"gene_id\":\"2\",\"symbol\":\"B\"}";
    private static final String THREE = "{\"gene_id\":\"3\",\"symbol\":\"C\"}";

    /** accession, symbol and the first warning's code of every row. */
    private static List<String> read(ScriptedGeneService service, String... options) {
        return Scans.rows(service, Scans.options(options), "accession", "symbol", "warnings").stream()
                .map(row -> row.get("accession") + "|" + row.get("symbol") + "|" + code(row.get("warnings")))
                .toList();
    }

    private static Object code(Object warnings) {
        return warnings == null ? "" : ((Map<?, ?>) ((List<?>) warnings).get(0)).get("code");
    }

    private static ScriptedGeneService answering(String body) {
        return new ScriptedGeneService(request -> Page.of(body));
    }

    /** Answers each accession asked for with its gene, where there is one. */
    private static ScriptedGeneService knowing(Map<String, String> genes) {
        return new ScriptedGeneService(request -> Page.of(reports(list(request, "accessions").stream()
                .filter(genes::containsKey)
                .map(accession -> match(genes.get(accession), accession))
                .toArray(String[]::new))));
    }

    @Test
    void everyReportIsARowUnderWhatWasAskedFor() {
        assertThat(read(answering(reports(match(TWO, "b"), match(ONE, "a", "a2"))), "accessions", "a,a2,b"))
                .containsExactlyInAnyOrder("b|B|", "a|A|", "a2|A|");
    }

    @Test
    void whatIsMissingIsARowThatSaysSo() {
        assertThat(read(answering("{}"), "accessions", "a,b"))
                .containsExactlyInAnyOrder("a|null|NOT_FOUND", "b|null|NOT_FOUND");
        assertThat(read(answering(reports(match(ONE, "a"))), "accessions", "a,b"))
                .containsExactlyInAnyOrder("a|A|", "b|null|NOT_FOUND");
    }

    @Test
    void whatIsMissingIsNoRowWhereMalformedIsDropped() {
        assertThat(read(answering(reports(match(ONE, "a"))), "accessions", "a,b", "mode", "DROPMALFORMED"))
                .containsExactly("a|A|");
    }

    @Test
    void whatIsMissingFailsTheQueryWhereItShould() {
        assertThatThrownBy(() -> read(answering(reports(match(ONE, "a"))), "accessions", "a,b", "mode", "FAILFAST"))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessage(
                        "[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'b', and mode is FAILFAST. Correct"
                                + " it, or read with mode PERMISSIVE to get a row that says so, or DROPMALFORMED to get none.");
    }

    @Test
    void whatNcbiSaysOfAMissingIdentifierIsInItsRow() {
        String body = """
                {"messages":[{"warning":{"gene_warning_code":"UNRECOGNIZED_ACCESSION","message":"never heard of it",
                "unrecognized_identifier":"b"}},{"error":{"gene_error_code":"INVALID","invalid_identifiers":["c"]}}]}""";

        assertThat(read(answering(body), "accessions", "a,b,c"))
                .containsExactlyInAnyOrder("a|null|NOT_FOUND", "b|null|UNRECOGNIZED_ACCESSION", "c|null|INVALID");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json | {'query':['b'],'warnings':[{'gene_warning_code':'UNRECOGNIZED_ACCESSION','message':'never heard'}]}",
                "json | {'gene':{},'query':['b'],'errors':[{'gene_error_code':'INVALID','reason':'no good'}]}",
                "json | {'gene':null,'query':['B'],'warning':{'gene_warning_code':'X','message':'replaced'}}",
                "json | {'errors':[{'gene_error_code':'INVALID','invalid_identifiers':['b'],'message':'no good'}]}",
                "ndjson | {'query':['b'],'warnings':[{'gene_warning_code':'UNRECOGNIZED_ACCESSION','message':'never heard'}]}",
                "ndjson | {'reports':[{'query':['b'],'errors':[{'gene_error_code':'INVALID','reason':'no good'}]}]}",
                "ndjson | {'errors':[{'gene_error_code':'INVALID','invalid_identifiers':['b'],'message':'no good'}]}"
            })
    void aMatchWithoutAGeneSaysWhatIsMissing(String wire, String match) {
        String nothing = match.replace('\'', '"');
        String body = wire.equals("json") ? reports(match(ONE, "a"), nothing) : match(ONE, "a") + "\n" + nothing;
        String code = match.replaceAll(".*_code':'(\\w+)'.*", "$1");
        String words = match.replaceAll(".*'(?:reason|message)':'([\\w ]+)'.*", "$1");
        String[] options = {"accessions", "a,b", "wire_format", wire, "mode"};

        assertThat(read(answering(body), with(options, "PERMISSIVE")))
                .containsExactlyInAnyOrder("a|A|", "b|null|" + code);
        assertThat(read(answering(body), with(options, "DROPMALFORMED"))).containsExactly("a|A|");
        assertThatThrownBy(() -> read(answering(body), with(options, "FAILFAST")))
                .hasMessage("[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'b', which says '" + words
                        + "', and mode is FAILFAST. Correct it, or read with mode PERMISSIVE to get a row that says so, or"
                        + " DROPMALFORMED to get none.");
    }

    @Test
    void whatAMatchWithoutAGeneSaysCountsOnlyIfNoOtherMatchHasOne() {
        String nothing = "{\"query\":[\"a\",\"b\"],\"warnings\":[{\"gene_warning_code\":\"X\"},"
                + "{\"gene_warning_code\":\"Y\"}]}";
        ScriptedGeneService service = answering(reports(nothing, match(ONE, "a")));

        assertThat(read(service, "accessions", "a,b")).containsExactlyInAnyOrder("a|A|", "b|null|X");
        assertThat(Scans.rows(service, Scans.options("accessions", "b"), "warnings")
                        .toString())
                .contains("code=X")
                .contains("code=Y");
    }

    private static String[] with(String[] options, String last) {
        return Stream.concat(Stream.of(options), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    void aReportNobodyAskedForIsARowUnderItsOwnName() {
        assertThat(read(answering(reports(match(ONE, "x"), match(TWO, "b"))), "accessions", "a,b"))
                .containsExactlyInAnyOrder("x|A|", "b|B|", "a|null|NOT_FOUND");
    }

    @Test
    void versionsAndReplacementsAreMatched() {
        String replaced = """
                {"gene":{"gene_id":"3","symbol":"C"},"query":["NM_7.2"],"warnings":[{"gene_warning_code":
                "ACCESSION_VERSION_MISMATCH","replaced_id":{"requested":"XM_3.1","returned":"NM_7.2"}}]}""";

        assertThat(read(
                        answering(reports(match(ONE, "NM_1.4"), match(TWO, "NM_2"), replaced)),
                        "accessions",
                        "NM_1.3,NM_2.9,XM_3.1"))
                .containsExactlyInAnyOrder("NM_1.3|A|", "NM_2.9|B|", "XM_3.1|C|ACCESSION_VERSION_MISMATCH");
    }

    @Test
    void ofSeveralVersionsEachIsARowWhicheverIsEchoed() {
        assertThat(read(answering(reports(match(ONE, "NM_1.4"))), "accessions", "NM_1,NM_1.3,NM_1.4"))
                .containsExactlyInAnyOrder("NM_1|A|", "NM_1.3|A|", "NM_1.4|A|");
        assertThat(read(answering(reports(match(TWO, "NM_1.4"), match(ONE, "NM_1.3"))), "accessions", "NM_1.3,NM_1.4"))
                .containsExactlyInAnyOrder("NM_1.3|A|", "NM_1.4|B|");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pagesAreFollowedWhereverTheTokenIs(boolean inHeader) {
        Map<String, String> next = new HashMap<>(Map.of("", "two", "two", "three"));
        Map<String, String> pages = Map.of("", match(ONE, "a"), "two", match(TWO, "b"), "three", match(THREE, "c"));
        ScriptedGeneService service = new ScriptedGeneService(request -> {
            String token = request.path("page_token").asText();
            String following = next.get(token);
            String report = pages.get(token);
            return inHeader || following == null
                    ? new Page(reports(report), following)
                    : Page.of("{\"reports\":[" + report + "],\"next_page_token\":\"" + following + "\"}");
        });

        assertThat(read(service, "accessions", "a,b,c,d", "page_size", "1"))
                .containsExactlyInAnyOrder("a|A|", "b|B|", "c|C|", "d|null|NOT_FOUND");
        if (inHeader) {
            assertThat(service.requests()).hasSize(3);
        }
        assertThat(service.requests()).as("no page is asked for twice").hasSize(3);
        assertThat(service.requests()).allSatisfy(request -> {
            assertThat(list(request, "accessions")).containsExactly("a", "b", "c", "d");
            assertThat(request.path("page_size").asInt()).isEqualTo(1);
        });
    }

    @Test
    void aTokenThatRepeatsEndsInAnErrorAndNoEndlessWalk() {
        ScriptedGeneService service = new ScriptedGeneService(request -> new Page(reports(match(ONE, "a")), "same"));

        assertThatThrownBy(() -> read(service, "accessions", "a"))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_TOKEN_TROUBLE] ")
                .hasMessageContaining("'same'");
        assertThat(service.requests()).hasSizeLessThan(20);
    }

    @Test
    void aTokenThatRepeatedOnceIsReadAnewWithoutARowTwice() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedGeneService service = new ScriptedGeneService(request -> switch (calls.incrementAndGet()) {
            case 1 -> new Page(reports(match(ONE, "a")), "two");
            case 2 -> new Page(reports(match(TWO, "b")), "two");
            case 3 -> new Page(reports(match(ONE, "a")), "two again");
            default -> Page.of(reports(match(TWO, "b"), match(THREE, "c")));
        });

        assertThat(read(service, "max_retries", "1", "accessions", "a,b,c"))
                .containsExactlyInAnyOrder("a|A|", "b|B|", "c|C|");
        assertThat(calls).hasValue(4);
    }

    @Test
    void morePagesThanAllowedAreAnErrorThatNamesTheLimit() {
        AtomicInteger page = new AtomicInteger();
        ScriptedGeneService service =
                new ScriptedGeneService(request -> new Page(reports(), "page " + page.incrementAndGet()));

        assertThatThrownBy(() -> read(service, "accessions", "a", "max_pages", "3"))
                .hasMessageContaining("[NCBI_GENE_TOKEN_TROUBLE]")
                .hasMessageContaining("max_pages = 3");
        assertThat(page.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void withoutAnEchoIdentifiersAreAskedForOneByOne() {
        Map<String, String> genes = Map.of("a", ONE, "b", TWO);
        ScriptedGeneService service =
                new ScriptedGeneService(request -> Page.of(reports(list(request, "accessions").stream()
                        .filter(genes::containsKey)
                        .map(accession -> match(genes.get(accession)))
                        .toArray(String[]::new))));

        assertThat(read(service, "accessions", "a,b,c")).containsExactlyInAnyOrder("a|A|", "b|B|", "c|null|NOT_FOUND");
        assertThat(service.requests().stream()
                        .map(request -> String.join(",", list(request, "accessions")))
                        .collect(Collectors.toList()))
                .startsWith("a,b,c")
                .containsExactlyInAnyOrder("a,b,c", "a", "b", "c");
    }

    @Test
    void theOnlyIdentifierNeedsNoEcho() {
        ScriptedGeneService service = answering(reports(match(ONE)));

        assertThat(read(service, "accessions", "a")).containsExactly("a|A|");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void withoutAnEchoTheReportsOwnNamesServe() {
        ScriptedGeneService service = answering(reports(match(TWO), match(ONE)));
        List<String> rows =
                Scans.texts(Scans.rows(service, Scans.options("gene_ids", "1,2,3"), "accession", "gene_id", "symbol"));

        assertThat(rows).containsExactlyInAnyOrder("null|1|A", "null|2|B", "null|3|null");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aTableWithoutAnEchoHasEveryGeneOnce() {
        ScriptedGeneService service = answering(reports(match(ONE), match(TWO)));
        List<String> rows = Scans.texts(Scans.rows(
                service, Scans.options("accessions", "a,b", "table_fields", "symbol", "wire_format", "json")));

        assertThat(rows).containsExactlyInAnyOrder("A", "B");
    }

    @Test
    void aTableHasAGeneOnceHoweverManyVersionsOfItsAccessionAreAskedFor() {
        ScriptedGeneService service = answering(reports(match(ONE, "NM_1.4")));
        List<String> rows = Scans.texts(Scans.rows(
                service,
                Scans.options("accessions", "NM_1.3,NM_1.4", "table_fields", "symbol", "wire_format", "json")));

        assertThat(rows).containsExactly("A");
    }

    @Test
    void fromAPageOnwardsNothingIsMissing() {
        ScriptedGeneService service = answering(reports(match(TWO, "b")));

        assertThat(read(service, "accessions", "a,b", "page_token", "two")).containsExactly("b|B|");
        assertThat(read(service, "accessions", "a,b", "page_token", "two", "mode", "FAILFAST"))
                .containsExactly("b|B|");
        assertThat(service.requests().get(0).path("page_token").asText()).isEqualTo("two");
    }

    @Test
    void aWholeTaxonHasNoIdentifiers() {
        ScriptedGeneService service = answering(reports(match(ONE), match(TWO, "x")));

        assertThat(read(service, "taxon", "9606")).containsExactlyInAnyOrder("null|A|", "null|B|");
        assertThat(service.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.path("taxon").asText()).isEqualTo("9606"));
    }

    @Test
    void valuesThatDoNotFitGoTheWayOfTheMode() {
        String gene = "{\"gene_id\":\"1\",\"symbol\":{\"x\":1}}";
        String body = reports(match(gene, "a"), match(TWO, "b"));

        assertThat(read(answering(body), "accessions", "a,b"))
                .containsExactlyInAnyOrder("a|null|MALFORMED_VALUE", "b|B|");
        assertThat(read(answering(body), "accessions", "a,b", "mode", "DROPMALFORMED"))
                .containsExactly("b|B|");
        assertThatThrownBy(() -> read(answering(body), "accessions", "a,b", "mode", "FAILFAST"))
                .hasMessage("[NCBI_GENE_MALFORMED_VALUE] In the response to POST /gene/dataset_report (request id PHID)"
                        + " symbol is '{', which is not text; it reads as null with mode PERMISSIVE, and is an error with"
                        + " FAILFAST.");
    }

    @Test
    void ndjsonReadsTheSame() {
        ScriptedGeneService service = answering(match(ONE, "a") + "\n" + match(TWO, "b") + "\n");

        assertThat(read(service, "accessions", "a,b,c", "wire_format", "ndjson"))
                .containsExactlyInAnyOrder("a|A|", "b|B|", "c|null|NOT_FOUND");
        assertThat(service.accepts()).containsExactly("application/x-ndjson");
    }

    @Test
    void aPageThatIsCutIsReadAgainAndNoRowComesTwice() {
        AtomicInteger calls = new AtomicInteger();
        String whole = reports(match(ONE, "a"), match(TWO, "b"));
        ScriptedGeneService service = new ScriptedGeneService(
                request -> Page.of(calls.incrementAndGet() == 1 ? whole.substring(0, whole.length() - 20) : whole));

        assertThat(read(service, "accessions", "a,b", "max_retries", "1")).containsExactlyInAnyOrder("a|A|", "b|B|");
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>no</html>", "{\"reports\":[{\"gene\":", "{}{}", "[]"})
    void anAnswerThatStaysUnreadableIsAnError(String body) {
        assertThatThrownBy(() -> read(answering(body), "accessions", "a"))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_BAD_RESPONSE] The response to POST /gene/dataset_report (request id"
                        + " PHID) cannot be read: ");
    }

    @Test
    void aRefusedIdentifierIsFoundAndTheOthersAreRead() {
        Map<String, String> genes = Map.of("a", ONE, "b", TWO, "c", THREE);
        for (String message : List.of("Invalid argument provided: 'bad'.", "Invalid argument provided.")) {
            ScriptedGeneService service = new ScriptedGeneService(request -> {
                List<String> requested = list(request, "accessions");
                if (requested.contains("bad")) {
                    throw failure(Kind.REJECTED, ErrorCode.REQUEST_REFUSED, message);
                }
                return Page.of(reports(requested.stream()
                        .map(accession -> match(genes.get(accession), accession))
                        .toArray(String[]::new)));
            });
            List<Map<String, Object>> rows =
                    Scans.rows(service, Scans.options("accessions", "a,b,c,bad"), "accession", "symbol", "warnings");

            assertThat(rows.stream().map(row -> row.get("accession") + "|" + row.get("symbol")))
                    .containsExactlyInAnyOrder("a|A", "b|B", "c|C", "bad|null");
            assertThat(rows.stream().filter(row -> row.get("accession").equals("bad")))
                    .allSatisfy(
                            row -> assertThat(row.get("warnings").toString()).contains("NOT_FOUND", message));
        }
    }

    @Test
    void aRequestThatIsRefusedWhateverItAsksForIsAnErrorAndNoTableOfMissingRows() {
        AtomicInteger calls = new AtomicInteger();
        ScriptedGeneService service = new ScriptedGeneService(request -> {
            calls.incrementAndGet();
            throw failure(Kind.REJECTED, ErrorCode.REQUEST_REFUSED, "all of it");
        });

        assertThatThrownBy(() -> read(service, "accessions", "a,b,c,d,e,f,g,h"))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageContaining("all of it");
        assertThat(calls.get()).isLessThan(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOO_LARGE", "TIMEOUT"})
    void aBatchThatIsTooMuchIsDivided(Kind kind) {
        Map<String, String> genes = new HashMap<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String accession = "NM_" + i;
            genes.put(accession, "{\"gene_id\":\"" + i + "\",\"symbol\":\"S" + i + "\"}");
            expected.add(accession + "|S" + i + "|");
        }
        ScriptedGeneService knowing = knowing(genes);
        ScriptedGeneService service = new ScriptedGeneService(request -> {
            if (list(request, "accessions").size() > 3) {
                throw failure(kind, ErrorCode.SERVICE_FAILED, "too much");
            }
            return Page.of(reports(list(request, "accessions").stream()
                    .map(accession -> match(genes.get(accession), accession))
                    .toArray(String[]::new)));
        });

        assertThat(read(service, "accessions", String.join(",", genes.keySet())))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(read(knowing, "accessions", String.join(",", genes.keySet())))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void whatStaysTooMuchAloneIsAnError() {
        ScriptedGeneService service = new ScriptedGeneService(request -> {
            throw failure(Kind.TOO_LARGE, ErrorCode.RESPONSE_TOO_LARGE, "too much");
        });

        assertThatThrownBy(() -> read(service, "accessions", "a,b"))
                .hasMessage("[NCBI_GENE_RESPONSE_TOO_LARGE] too much");
        assertThat(service.requests()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void whatIsFinalIsAnErrorAtOnce() {
        ScriptedGeneService service = new ScriptedGeneService(request -> {
            throw failure(Kind.PERMANENT, ErrorCode.REQUEST_REFUSED, "no");
        });

        assertThatThrownBy(() -> read(service, "accessions", "a,b,c")).hasMessage("[NCBI_GENE_REQUEST_REFUSED] no");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void batchesAndPartitionsChangeNothing() {
        Map<String, String> genes = new HashMap<>();
        List<String> requested = new ArrayList<>();
        for (int i = 0; i < 37; i++) {
            requested.add("NM_" + i);
            if (i % 5 != 0) {
                genes.put("NM_" + i, "{\"gene_id\":\"" + i % 7 + "\",\"symbol\":\"S" + i % 7 + "\"}");
            }
        }
        List<String> plain = read(knowing(genes), "accessions", String.join(",", requested));

        assertThat(plain).hasSize(37);
        for (String[] cut : new String[][] {{"1", "1"}, {"1", "5"}, {"10", "3"}, {"36", "2"}}) {
            assertThat(read(
                            knowing(genes),
                            "accessions",
                            String.join(" ", requested),
                            "batch_size",
                            cut[0],
                            "max_partitions",
                            cut[1]))
                    .containsExactlyInAnyOrderElementsOf(plain);
        }
    }

    @Test
    void readingLessThanAllOfAGeneFallsBackWhereTheAnswerDoesNotSayForWhom() {
        Map<String, String> genes = Map.of("a", ONE, "b", TWO);
        ScriptedGeneService service = new ScriptedGeneService(request -> {
            boolean whole = request.path("returned_content").isMissingNode();
            return Page.of(reports(list(request, "accessions").stream()
                    .filter(genes::containsKey)
                    .map(a ->
                            whole ? match(genes.get(a), a) : match("{\"gene_id\":\"" + (a.equals("a") ? 1 : 2) + "\"}"))
                    .toArray(String[]::new)));
        });
        List<String> rows = Scans.texts(Scans.rows(
                service,
                Scans.options("accessions", "a,b,c", "batch_size", "1", "max_partitions", "1"),
                "accession",
                "gene_id"));

        assertThat(rows).containsExactlyInAnyOrder("a|1", "b|2", "c|null");
        assertThat(service.requests().stream()
                        .filter(request -> request.has("returned_content"))
                        .count())
                .as("asked for less, until it was known not to be enough")
                .isEqualTo(1);
    }
}
