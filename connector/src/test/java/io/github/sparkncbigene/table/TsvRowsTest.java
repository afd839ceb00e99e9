package io.github.sparkncbigene.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.testing.Recorded;
import io.github.sparkncbigene.testing.SparkValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsvRowsTest {
    private static final List<String> FIELDS =
            List.of("gene-id", "symbol", "synonyms", "annotation-release-date", "transcript-count");
    private static final String HEADER = "NCBI GeneID\tSymbol\tSynonyms\tAnnotation Release Date\tTranscripts";
    private static final String ROW = "59067\tIL21\tZa11,IL-21\t2025-08-01\t2";
    private static final String READ = "59067|IL21|Za11,IL-21|2025-08-01|2";

    private static TsvRows open(String text, List<String> fields, boolean headerExpected) {
        List<ReportNode> nodes = fields.stream()
                .map(field -> Report.GENE.tableField(field).orElseThrow())
                .toList();
        return new TsvRows(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), nodes, headerExpected);
    }

    private static List<String> rows(String text, List<String> fields, boolean headerExpected) throws IOException {
        StructType schema = ReportSchema.tabular(Report.GENE, fields);
        List<String> rows = new ArrayList<>();
        TsvRows table = open(text, fields, headerExpected);
        for (Object[] row = table.next(); row != null; row = table.next()) {
            rows.add(SparkValues.row(row, schema).values().stream()
                    .map(value -> Objects.toString(value, ""))
                    .collect(Collectors.joining("|")));
        }
        assertThat(table.next()).as("after the last row").isNull();
        return rows;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEADER + "\n" + ROW + "\n",
                HEADER + "\n" + ROW,
                HEADER + "\r\n" + ROW + "\r\n",
                // Two of NCBI's labels end in a blank.
                "NCBI GeneID \tSymbol \tSynonyms \tAnnotation Release Date \tTranscripts \n" + ROW + "\n",
                "NCBI GENEID\tsymbol\tSYNONYMS\tAnnotation release date\ttranscripts\n" + ROW + "\n",
            })
    void aHeaderWeKnowIsNoRowWhetherExpectedOrNot(String text) throws IOException {
        assertThat(rows(text, FIELDS, true)).containsExactly(READ);
        assertThat(rows(text, FIELDS, false)).containsExactly(READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gene ID\tGene Symbol\tAliases\tRelease\tNumber of Transcripts\n" + ROW,
                "gene_id\tsymbol\tsynonyms\trelease_date\ttranscripts\n" + ROW,
                "a\tb\tc\td\te\n" + ROW,
            })
    void aHeaderOfOtherLabelsIsNoRowWhereOneIsExpected(String text) throws IOException {
        assertThat(rows(text, FIELDS, true)).containsExactly(READ);
    }

    @Test
    void aHeaderOfSomeOtherLabelsIsNoRowEvenWhereNoneIsExpected() throws IOException {
        assertThat(rows("Gene\tSymbol\tAliases\tRelease\tTranscripts\n" + ROW, FIELDS, false))
                .containsExactly(READ);
    }

    @Test
    void aRowIsNoHeader() throws IOException {
        assertThat(rows(ROW + "\n", FIELDS, true)).containsExactly(READ);
        assertThat(rows(ROW + "\n", FIELDS, false)).containsExactly(READ);
        assertThat(rows("\tIL21\t\t\t2\n", FIELDS, true)).containsExactly("|IL21|||2");
        assertThat(rows("Symbol\tSynonyms\n", List.of("description", "synonyms"), false))
                .as("texts that look like labels, of which one is in its place")
                .containsExactly("Symbol|Synonyms");
    }

    @Test
    void aHeaderInTheMiddleIsARowThatDoesNotFit() throws IOException {
        TsvRows table = open(ROW + "\n" + HEADER + "\n", FIELDS, true);

        assertThat(table.next()).isNotNull();
        assertThat(table.next()).isNotNull();
        assertThat(table.remarks()).hasSize(3);
        assertThat(table.next()).isNull();
    }

    @Test
    void cellsAreReadByPositionWhateverTheHeaderSays() throws IOException {
        assertThat(rows("Symbol\tNCBI GeneID\nIL21\t59067\n", List.of("symbol", "gene-id"), true))
                .containsExactly("IL21|59067");
        assertThat(rows("NCBI GeneID\tSymbol\nA\tB\n", List.of("symbol", "description"), true))
                .containsExactly("A|B");
    }

    @Test
    void emptyCellsAreNull() throws IOException {
        assertThat(rows("\t\t\t\t\n", FIELDS, false)).containsExactly("||||");
        assertThat(rows("1\t\t\t\t\n", FIELDS, false)).containsExactly("1||||");
        assertThat(rows("\n\n", List.of("symbol"), false)).containsExactly("", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{}\n", " {} \r\n", HEADER, HEADER + "\n"})
    void nothingFoundIsNoRow(String text) throws IOException {
        assertThat(rows(text, FIELDS, true)).isEmpty();
        assertThat(rows(text, FIELDS, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\tA\tB\t2025-08-01", "1\tA\tB\t2025-08-01\t2\t3", "1", "", "<html>", "{\"error\":1}"})
    void aLineOfAnotherWidthIsAnErrorThatQuotesIt(String line) {
        for (boolean headerExpected : List.of(true, false)) {
            TsvRows table = open(ROW + "\n" + line + "\n", FIELDS, headerExpected);

            assertThatThrownBy(() -> {
                        for (Object[] row = table.next(); row != null; row = table.next()) {
                            assertThat(row).hasSize(5);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("line 2 of the table has " + line.split("\t", -1).length
                            + " cells where 5 fields were requested: '" + line + "'");
        }
    }

    @Test
    void aHeaderOfAnotherWidthIsAnErrorAndNoShift() {
        TsvRows table = open("Something\t" + HEADER + "\nx\t" + ROW + "\n", FIELDS, true);

        assertThatThrownBy(table::next).isInstanceOf(IOException.class).hasMessageContaining("has 6 cells where 5");
    }

    @Test
    void aLongLineIsQuotedInPart() {
        TsvRows table = open("x".repeat(100_000) + "\n", FIELDS, false);

        assertThatThrownBy(table::next)
                .hasMessageContaining("'" + "x".repeat(297) + "...'")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
    }

    @Test
    void onlyALineFeedEndsALine() throws IOException {
        assertThat(rows("a\rb\tc\u2028d\u0085e\f\u000bf\n", List.of("symbol", "description"), false))
                .containsExactly("a\rb|c\u2028d\u0085e\f\u000bf");
    }

    @Test
    void whatIsNotOfItsFieldsTypeIsNullWithARemark() throws IOException {
        TsvRows table = open("x\tA\tB\tyesterday\tmany\n" + ROW, FIELDS, false);
        Object[] row = table.next();

        assertThat(row[0]).isNull();
        assertThat(row[1]).hasToString("A");
        assertThat(row[3]).isNull();
        assertThat(row[4]).isNull();
        assertThat(table.remarks())
                .containsExactly(
                        "gene_id is 'x', which is not a 64-bit number; it reads as null",
                        "annotations[].annotation_release_date is 'yesterday', which is not a date; it reads as null",
                        "transcript_count is 'many', which is not a 32-bit number; it reads as null");
    }

    @Test
    void aRecordedTableReadsToItsEnd() throws IOException {
        List<String> fields = List.of(
                "gene-id",
                "symbol",
                "description",
                "tax-name",
                "gene-type",
                "transcript-count",
                "group-id",
                "group-method");
        StructType schema = ReportSchema.tabular(Report.GENE, fields);
        List<ReportNode> nodes = fields.stream()
                .map(field -> Report.GENE.tableField(field).orElseThrow())
                .toList();
        for (boolean headerExpected : List.of(true, false)) {
            int count = 0;
            Map<String, Object> first = null;
            try (InputStream file = new GZIPInputStream(
                            Files.newInputStream(Recorded.file("tabular/cricetulus-griseus-genes.tsv.gz")));
                    TsvRows table = new TsvRows(file, nodes, headerExpected)) {
                for (Object[] row = table.next(); row != null; row = table.next()) {
                    Map<String, Object> values = SparkValues.row(row, schema);
                    first = first == null ? values : first;
                    assertThat((Long) values.get("gene_id")).isPositive();
                    assertThat(values.get("tax_name")).isEqualTo("Cricetulus griseus");
                    count++;
                }
                assertThat(table.remarks()).isEmpty();
            }
            assertThat(count).isEqualTo(34_824);
            assertThat(first)
                    .hasToString("{gene_id=100689048, symbol=Scap, description=SREBF chaperone,"
                            + " tax_name=Cricetulus griseus, gene_type=PROTEIN_CODING, transcript_count=1,"
                            + " group_id=22937, group_method=NCBI Ortholog}");
        }
    }

    @Property
    void whateverTheTextsTheyComeBackInTheirPlaces(@ForAll("tables") List<List<String>> table) throws IOException {
        List<String> fields = List.of("gene-id", "symbol", "description", "omim-ids");
        StringBuilder text = new StringBuilder("NCBI GeneID\tSymbol\tDescription\tOMIM IDs\n");
        List<String> expected = new ArrayList<>();
        int id = 0;
        for (List<String> cells : table) {
            id++;
            text.append(id).append('\t').append(String.join("\t", cells)).append('\n');
            expected.add(id + "|" + String.join("|", cells));
        }
        assertThat(rows(text.toString(), fields, true)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        return Arbitraries.strings()
                .withChars("abc ,\"'{}\u00e9\u6f22\\\r;|")
                .ofMaxLength(8)
                .map(text -> text.replace("\r", "").isEmpty() ? "" : text + ".")
                .list()
                .ofSize(3)
                .list()
                .ofMaxSize(8);
    }
}
