package io.github.sparkncbigene.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.layout.Decoding;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.layout.Samples;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReportsTest {
    private static final StructType SCHEMA = new StructType(new StructField[] {
        ReportSchema.of(Report.GENE).apply("gene_id"),
        ReportSchema.of(Report.GENE).apply("symbol"),
        ReportSchema.of(Report.GENE).apply("warnings")
    });
    private static final RowLayout LAYOUT = Decoding.nested(Report.GENE, SCHEMA);

    private static final String ONE = "{\"gene_id\":\"1\",\"symbol\":\"A\"}";
    private static final String TWO = "{\"gene_id\":\"2\",\"symbol\":\"B\"}";
    private static final String THREE = "{\"gene_id\":\"3\",\"symbol\":\"C\"}";

    private static List<ReportValues> json(String body) throws IOException {
        return Decoding.reports(LAYOUT, body, false);
    }

    private static List<ReportValues> ndjson(String body) throws IOException {
        return Decoding.reports(LAYOUT, body, true);
    }

    private static JsonReports open(String body) throws IOException {
        return open(body, DecodeLimits.DEFAULT);
    }

    private static JsonReports open(String body, DecodeLimits limits) throws IOException {
        return new JsonReports(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), false, LAYOUT, limits);
    }

    private static List<String> symbols(List<ReportValues> reports) {
        return Decoding.rows(LAYOUT, SCHEMA, reports).stream()
                .map(row -> (String) row.get("symbol"))
                .toList();
    }

    private static String match(String gene, String query) {
        return "{\"gene\":" + gene + ",\"query\":[\"" + query + "\"]}";
    }

    @Test
    void aPage() throws IOException {
        List<ReportValues> reports =
                json("{\"reports\":[" + match(ONE, "a") + "," + match(TWO, "b") + "],\"total_count\":2}");

        assertThat(symbols(reports)).containsExactly("A", "B");
        assertThat(reports.get(0).query()).containsExactly("a");
        assertThat(reports.get(1).query()).containsExactly("b");
    }

    @Test
    void theQueryMayStandBeforeOrAfterTheGene() throws IOException {
        List<ReportValues> reports = json(
                "{\"reports\":[{\"query\":[\"a\"],\"gene\":" + ONE + "},{\"gene\":" + TWO + ",\"query\":[\"b\"]}]}");

        assertThat(reports.get(0).query()).containsExactly("a");
        assertThat(reports.get(1).query()).containsExactly("b");
        assertThat(symbols(reports)).containsExactly("A", "B");
    }

    /** Found by the fuzzer: four bytes that are beyond Unicode make a name that cannot be encoded. */
    @Test
    void aMemberMayHaveAnyNameAnyNumberOfTimes() throws IOException {
        String match = "{\"gene\":{\"gene_id\":\"1\",\"\u00f7\u008b\u00bb\u00bf\":1,\"symbol\":\"A\",\"\":2}}";
        byte[] page = ("{\"reports\":[" + match + "," + match + "," + match + "]}").getBytes(ISO_8859_1);
        try (JsonReports reports = new JsonReports(new ByteArrayInputStream(page), false, LAYOUT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(symbols(List.of(reports.next().copy()))).containsExactly("A");
            }
            assertThat(reports.next()).isNull();
        }
    }

    @Test
    void aReportWithoutAQueryHasNone() throws IOException {
        assertThat(json("{\"reports\":[" + match(ONE, "a") + ",{\"gene\":" + TWO + "}]}")
                        .get(1)
                        .query())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " {} \n", "{\"reports\":[]}", "{\"reports\":null}", "{\"total_count\":0}"})
    void nothingFoundIsNoReportAndNoError(String body) throws IOException {
        assertThat(json(body)).isEmpty();
        assertThat(ndjson(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "", " ", "\r\n"})
    void linesOfMatchesOfPagesAndOfBareReportsReadTheSame(String between) throws IOException {
        String matches = String.join(between, match(ONE, "a"), match(TWO, "b"), match(THREE, "c"));
        String pages = String.join(
                between,
                "{\"reports\":[" + match(ONE, "a") + "," + match(TWO, "b") + "],\"total_count\":3}",
                "{\"reports\":[" + match(THREE, "c") + "]}");
        String bare = String.join(between, ONE, TWO, THREE);

        assertThat(symbols(ndjson(matches))).containsExactly("A", "B", "C");
        assertThat(symbols(ndjson(pages))).containsExactly("A", "B", "C");
        assertThat(symbols(ndjson(bare))).containsExactly("A", "B", "C");
        assertThat(symbols(ndjson(
                        String.join(between, match(ONE, "a"), TWO, "{\"reports\":[" + match(THREE, "c") + "]}"))))
                .containsExactly("A", "B", "C");
        assertThat(ndjson(matches).stream().map(report -> report.query().get(0)))
                .containsExactly("a", "b", "c");
        assertThat(ndjson(pages).stream().map(report -> report.query().get(0))).containsExactly("a", "b", "c");
        assertThat(ndjson(bare)).allSatisfy(report -> assertThat(report.query()).isEmpty());
    }

    @Test
    void anEmptyStreamOfObjectsHoldsNone() throws IOException {
        assertThat(ndjson("")).isEmpty();
        assertThat(ndjson("\n\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"geneId\":\"1\"}", "{\"symbol\":\"A\"}", "{\"taxId\":\"9606\"}", "{\"tax_id\":\"9606\"}"})
    void aBareReportIsKnownByItsMembers(String line) throws IOException {
        assertThat(ndjson(line)).hasSize(1);
    }

    @Test
    void valuesOfOneReportDoNotLeakIntoTheNext() throws IOException {
        List<ReportValues> reports = json("""
                {"reports":[{"gene":{"gene_id":"1","symbol":"A","tax_id":"x"},"query":["a"],"warning":{"message":"m"}},
                {"gene":{"gene_id":"2"}}]}""");

        assertThat(Decoding.rows(LAYOUT, SCHEMA, reports).get(1))
                .containsEntry("symbol", null)
                .containsEntry("warnings", null);
        List<ReportValues> lines = ndjson(match(ONE, "a") + "\n{\"gene_id\":\"2\"}");
        assertThat(Decoding.rows(LAYOUT, SCHEMA, lines).get(1)).containsEntry("symbol", null);
        assertThat(lines.get(1).query()).isEmpty();
    }

    @Test
    void everyPageThatIsCutIsAnError() {
        String page = "{\"reports\":[" + match(ONE, "a") + "," + match(TWO, "\u00e9")
                + "],\"total_count\":2,\"next_page_token\":\"t\"}";
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> drain(new ByteArrayInputStream(cut), false))
                    .as("cut after %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void everyLineThatIsCutIsAnError() throws IOException {
        String lines = match(ONE, "a") + "\n" + match(TWO, "b");
        int boundary = match(ONE, "a").length();
        for (int length = 1; length < lines.length(); length++) {
            byte[] cut = lines.substring(0, length).getBytes(StandardCharsets.UTF_8);
            if (length == boundary || length == boundary + 1) {
                assertThat(drain(new ByteArrayInputStream(cut), true)).isEqualTo(1);
            } else {
                assertThatThrownBy(() -> drain(new ByteArrayInputStream(cut), true))
                        .as("cut after %d bytes", length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    private static int drain(InputStream bytes, boolean manyObjects) throws IOException {
        JsonReports reports = new JsonReports(bytes, manyObjects, LAYOUT);
        int count = 0;
        while (reports.next() != null) {
            count++;
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Bad gateway</body></html>",
                "Service unavailable",
                "[]",
                "[{\"gene\":{}}]",
                "null",
                "42",
                "\"reports\"",
                "{\"reports\":[null]}",
                "{\"reports\":[[]]}",
                "{\"reports\":[\"a\"]}",
                "{\"reports\":[}",
                "{\"reports\":[],}",
                "{reports:[]}",
                "\u0000\u0000",
                "{\"reports\":[{\"gene\":{\"symbol\":\"a\nb\"}}]}"
            })
    void whatIsNoAnswerOfTheServiceIsAnError(String body) {
        assertThatThrownBy(() -> json(body)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void anEmptyBodyIsNoPage(String body) {
        assertThatThrownBy(() -> json(body)).isInstanceOf(IOException.class).hasMessage("the body is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}{}", "{\"reports\":[]}\n{\"reports\":[]}", "{}[]", "{} x", "{}}", "{\"reports\":[]}]"})
    void whatFollowsThePageIsAnError(String body) {
        assertThatThrownBy(() -> json(body)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"reports\":{}}|'reports' that is not a list|",
                "{\"reports\":\"none\"}|'reports' that is not a list|",
                "{\"reports\":null}|'reports' that is not a list|",
                "{\"genes\":[{\"gene\":{}}]}|'genes' and no reports|",
                "{\"total_count\":1,\"a\\nb\":1,\"c\":2}|'a\\u000ab' and no reports|",
                "{\"error\":\"Bad\",\"code\":500,\"message\":\"timed out\"}|an error|timed out",
                "{\"reports\":[],\"error\":\"gone\"}|an error|gone",
                "{\"reports\":[],\"error\":[\"gone\"]}|an error|",
                "{\"reports\":[],\"error\":{\"details\":\"somewhere\",\"status\":\"GONE\"}}|an error|GONE",
                "{\"reports\":[],\"error\":{\"code\":14,\"message\":\"down\",\"status\":\"GONE\"}}|an error|down",
                "{\"code\":14,\"message\":\"down\",\"details\":[{}]}|'code' and no reports|down",
                "{\"gene\":{\"gene_id\":\"1\"},\"query\":[\"a\"]}|'gene' and no reports|",
                "{\"reports\":[],\"added_later\":1}||",
                "{\"added_later\":1,\"reports\":[],\"error\":null}||",
                "{}||",
            })
    void whatElseStandsInAPageIsRemembered(String body, String oddity, String said) throws IOException {
        JsonReports reports = open(body);

        assertThat(reports.next()).isNull();
        assertThat(reports.oddity()).isEqualTo(Optional.ofNullable(oddity));
        assertThat(reports.said()).isEqualTo(said == null ? "" : said);
        assertThat(reports.hasReports()).isEqualTo(body.contains("\"reports\":["));
        assertThat(reports.isBlank()).isEqualTo(body.equals("{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"total_count\":2,\"reports\":[]}|2",
                "{\"reports\":[],\"totalCount\":\"3\"}|3",
                "{\"reports\":[],\"total_count\":[3]}|-1",
                "{\"reports\":[]}|-1"
            })
    void theTotalCountIsRead(String body, long count) throws IOException {
        JsonReports reports = open(body);

        assertThat(reports.next()).isNull();
        assertThat(reports.totalCount().orElse(-1)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"reports\":[],\"next_page_token\":\"t\"}|t",
                "{\"next_page_token\":\"t\",\"reports\":[]}|t",
                "{\"nextPageToken\":\"t\"}|t",
                "{\"reports\":[],\"next_page_token\":\"\"}|~~",
                "{\"reports\":[],\"next_page_token\":\" \"}|~~",
                "{\"reports\":[],\"next_page_token\":null}|~~",
                "{\"reports\":[]}|~~",
            })
    void theTokenOfTheNextPage(String body, String token) throws IOException {
        JsonReports reports = open(body);

        assertThat(reports.next()).isNull();
        assertThat(reports.nextPageToken().orElse("")).isEqualTo(token);
    }

    @Test
    void whatNcbiSaysOfTheAnswerAsAWhole() throws IOException {
        String body = """
                {"messages":[{"error":{"gene_error_code":"E","message":"bad","invalid_identifiers":["x"]}},
                {"warning":{"gene_warning_code":"UNRECOGNIZED_ACCESSION","unrecognized_identifier":"y"}},null,{"other":[{}]}],
                "reports":[]}""";
        JsonReports reports = open(body);

        assertThat(reports.next()).isNull();
        assertThat(reports.messages())
                .containsExactly(
                        new NcbiWarning("E", null, "bad", null, null, null, List.of("x")),
                        new NcbiWarning("UNRECOGNIZED_ACCESSION", null, null, null, null, "y", null));
    }

    @Test
    void unknownMembersMayNestAsDeepAsTheyLike() throws IOException {
        int depth = 100_000;
        String deep = "[".repeat(depth) + "]".repeat(depth);
        String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

        assertThat(symbols(json("{\"new\":" + deep + ",\"reports\":[{\"new\":" + objects + ",\"gene\":{\"new\":" + deep
                        + ",\"symbol\":\"A\"}}],\"newer\":" + objects + "}")))
                .containsExactly("A");
        assertThat(symbols(json("{\"reports\":[{\"gene\":{\"gene_id\":" + deep + ",\"symbol\":\"A\"}}]}")))
                .containsExactly("A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"warnings", "errors", "warning"})
    void warningsMayNestAsDeepAsTheyLike(String member) throws IOException {
        int depth = 100_000;
        String deep = "[".repeat(depth) + "]".repeat(depth);

        assertThat(symbols(json("{\"reports\":[{\"" + member + "\":" + deep + ",\"gene\":" + ONE + "}]}")))
                .containsExactly("A");
    }

    @Test
    void transcriptsMayNestAsDeepAsTheyLike() throws IOException {
        int depth = 100_000;
        String deep = "[".repeat(depth) + "]".repeat(depth);
        String page = Samples.page("product", "{\"gene_id\":\"1\",\"transcripts\":" + deep + "}");
        StructType schema = new StructType(
                new StructField[] {ReportSchema.of(Report.PRODUCT).apply("gene_id")});

        assertThat(Decoding.nestedRows(Report.PRODUCT, schema, page)).containsExactly(Map.of("gene_id", 1L));
    }

    @Test
    void reportsComeAsTheirBytesDo() throws IOException {
        InputStream never = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("beyond the first report");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("beyond the first report");
            }
        };
        String start = "{\"reports\":[" + match(ONE, "a") + ",";
        JsonReports reports = new JsonReports(
                new SequenceInputStream(new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8)), never),
                false,
                LAYOUT);

        assertThat(reports.next().query()).containsExactly("a");
        assertThatThrownBy(reports::next).isInstanceOf(IOException.class).hasMessage("beyond the first report");
    }

    @Test
    void warningsOfAReportStandUnderAnyOfTheirNames() throws IOException {
        ReportValues report = json("""
                {"reports":[{"warnings":[{"message":"a"}],"gene":%s,"warning":{"message":"b"},
                "errors":[{"message":"c"},{"message":"d"}]}]}""".formatted(ONE)).get(0);

        assertThat(report.warnings()).extracting(NcbiWarning::message).containsExactly("a", "b", "c", "d");
        assertThat(report.errors()).extracting(NcbiWarning::message).containsExactly("c", "d");
    }

    @Test
    void errorsBesideTheReportsAreMessages() throws IOException {
        JsonReports reports =
                open("{\"errors\":[{\"message\":\"a\"}],\"warnings\":[{\"message\":\"b\"}],\"reports\":[]}");

        assertThat(reports.next()).isNull();
        assertThat(reports.errors()).extracting(NcbiWarning::message).containsExactly("a");
        assertThat(reports.messages()).extracting(NcbiWarning::message).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reports\":[{},{},{}]}",
                "{\"reports\":[{\"query\":[\"a\"]},{\"query\":[\"b\"]}]}",
                "{\"messages\":[{\"error\":{}},{\"error\":{}},{\"error\":{}}],\"reports\":[]}",
                "{\"reports\":[{\"warnings\":[{},{},{}]}]}",
                "{\"reports\":[{\"errors\":[{\"message\":\"a\",\"reason\":\"b\"}]}]}",
                "{\"errors\":[{},{},{}]}"
            })
    void whatNcbiSaysIsLimitedToo(String body) throws IOException {
        JsonReports reports = open(body, new DecodeLimits(2, 1000));

        assertThatThrownBy(() -> {
                    while (reports.next() != null) {
                        // The limit is met on the way.
                    }
                })
                .hasMessageContaining("max_report_elements = 2 list elements");
    }

    @Test
    void genesAreLimitedEachByItself() throws IOException {
        JsonReports reports =
                open("{\"reports\":[" + match(ONE, "a") + "," + match(TWO, "b") + "]}", new DecodeLimits(1, 1000));

        assertThat(reports.next()).isNotNull();
        assertThat(reports.next()).isNotNull();
        assertThat(reports.next()).isNull();
    }

    @Test
    void valuesAreLimitedInBytes() throws IOException {
        String gene = "{\"gene_id\":\"1\",\"symbol\":\"" + "A".repeat(100) + "\"}";

        assertThat(open("{\"reports\":[" + match(gene, "a") + "]}", new DecodeLimits(9, 200))
                        .next())
                .isNotNull();
        assertThatThrownBy(() -> open("{\"reports\":[" + match(gene, "a") + "]}", new DecodeLimits(9, 60))
                        .next())
                .hasMessageContaining("max_report_bytes = 60 bytes");
    }

    @Test
    void anObjectOfOtherMembersIsNoReport() throws IOException {
        JsonReports reports = new JsonReports(
                new ByteArrayInputStream("{\"other\":1}\n{\"reports\":[]}".getBytes(ISO_8859_1)), true, LAYOUT);

        assertThat(reports.next()).isNull();
        assertThat(reports.oddity()).contains("'other' and no reports");
    }

    @Test
    void closingClosesTheBody() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream body = new ByteArrayInputStream("{}".getBytes(ISO_8859_1)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        new JsonReports(body, false, LAYOUT).close();

        assertThat(closed[0]).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"gene_id\":null,\"symbol\":\"A\"}|null|",
                "{\"gene_id\":true,\"symbol\":\"A\"}|null|gene_id is 'true', which is not a 64-bit number; it reads as null",
                "{\"gene_id\":[1],\"symbol\":\"A\"}|null|gene_id is '[', which is not a 64-bit number; it reads as null",
                "{\"gene_id\":\"x\",\"symbol\":\"A\"}|null|gene_id is 'x', which is not a 64-bit number; it reads as null",
                "{\"gene_id\":0,\"symbol\":\"A\"}|0|",
                "{\"gene_id\":\"-1\",\"symbol\":\"A\"}|-1|",
                "{\"gene_id\":9223372036854775807,\"symbol\":\"A\"}|9223372036854775807|",
                "{\"gene_id\":9223372036854775808,\"symbol\":\"A\"}|null|gene_id is '9223372036854775808', which is not a 64-bit number; it reads as null"
            })
    void aValueOfAnotherTypeReadsAsNullWithAWarning(String gene, String id, String said) throws IOException {
        List<ReportValues> reports = json("{\"reports\":[{\"gene\":" + gene + "}]}");

        assertThat(reports.get(0).malformedValues()).isEqualTo(said == null ? List.of() : List.of(said));
        Map<String, Object> row = Decoding.rows(LAYOUT, SCHEMA, reports).get(0);
        assertThat(String.valueOf(row.get("gene_id"))).isEqualTo(id);
        assertThat(row.get("symbol")).isEqualTo("A");
    }
}
