package io.github.sparkncbigene.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TabularCellTest {
    private final MalformedValues malformed = new MalformedValues();

    private static ReportNode field(String mnemonic) {
        return Report.GENE
                .tableField(mnemonic)
                .or(() -> Report.PRODUCT.tableField(mnemonic))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "gene-id, 0",
        "gene-id, ''",
        "transcript-count, 0",
        "symbol, ''",
        "gene-type, UNKNOWN",
        "gene-type, ''",
        "rna-type, rna_UNKNOWN",
        "orientation, none",
        "transcript-select-category, SELECT_UNKNOWN",
        "transcript-transcript-type, UNKNOWN",
        "genomic-region-genomic-region-type, UNKNOWN",
        "synonyms, ''",
        "annotation-release-date, ''"
    })
    void whatNcbiLeavesEmptyIsNullHoweverItComes(String mnemonic, String text) {
        assertThat(TabularCell.parse(field(mnemonic), text, malformed)).isNull();
        assertThat(malformed.remarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "symbol, 0",
        "symbol, none",
        "symbol, UNKNOWN",
        "name-id, Unknown",
        "synonyms, 0",
        "gene-type, PSEUDO",
        "orientation, minus"
    })
    void whatOnlyLooksEmptyIsAValue(String mnemonic, String text) {
        assertThat(TabularCell.parse(field(mnemonic), text, malformed)).isEqualTo(UTF8String.fromString(text));
    }

    @Test
    void typedCells() {
        assertThat(TabularCell.parse(field("gene-id"), "59067", malformed)).isEqualTo(59067L);
        assertThat(TabularCell.parse(field("transcript-count"), "3", malformed)).isEqualTo(3);
        assertThat(TabularCell.parse(field("annotation-release-date"), "2025-08-01", malformed))
                .isEqualTo((int) LocalDate.of(2025, 8, 1).toEpochDay());
        assertThat(TabularCell.parse(field("annotation-release-date"), "2025-08-01T00:00:00Z", malformed))
                .isEqualTo((int) LocalDate.of(2025, 8, 1).toEpochDay());
        assertThat(TabularCell.parse(field("go-bp-reference-pmid"), "1,2", malformed))
                .isEqualTo(UTF8String.fromString("1,2"));
        assertThat(malformed.remarks()).isEmpty();
    }

    @Test
    void bothWiresAgreeOnWhatIsBlank() {
        assertThat(TabularCell.blankToNull(field("gene-id"), 0L)).isNull();
        assertThat(TabularCell.blankToNull(field("gene-id"), 1L)).isEqualTo(1L);
        assertThat(TabularCell.blankToNull(field("transcript-count"), 0)).isNull();
        assertThat(TabularCell.blankToNull(field("symbol"), UTF8String.EMPTY_UTF8))
                .isNull();
        assertThat(TabularCell.blankToNull(field("orientation"), UTF8String.fromString("none")))
                .isNull();
        assertThat(TabularCell.blankToNull(field("annotation-release-date"), 0)).isEqualTo(0);
        assertThat(TabularCell.blankToNull(field("symbol"), null)).isNull();
    }

    @Test
    void listsAreJoinedByCommasWithoutSpaces() {
        assertThat(TabularCell.joined(Arrays.asList(UTF8String.fromString("a"), UTF8String.fromString("b,c"))))
                .hasToString("a,b,c");
        assertThat(TabularCell.joined(List.of(1L, 2L))).hasToString("1,2");
        assertThat(TabularCell.joined(List.of())).isNull();
    }

    @Test
    void onlyNumbersAndDatesAreTyped() {
        assertThat(List.of("gene-id", "transcript-count", "annotation-release-date"))
                .allSatisfy(mnemonic ->
                        assertThat(TabularCell.isTyped(field(mnemonic))).isTrue());
        assertThat(List.of("symbol", "gene-type", "synonyms", "go-bp-reference-pmid"))
                .allSatisfy(mnemonic ->
                        assertThat(TabularCell.isTyped(field(mnemonic))).isFalse());
    }

    @ParameterizedTest
    @CsvSource({"gene-id, 1.0", "gene-id, 1e5", "transcript-count, 4294967296", "annotation-release-date, 2025/08/01"})
    void whatIsNotOfItsTypeIsNullWithARemark(String mnemonic, String text) {
        assertThat(TabularCell.parse(field(mnemonic), text, malformed)).isNull();
        assertThat(malformed.remarks()).singleElement().satisfies(remark -> assertThat(remark)
                .contains("'" + text + "'", "it reads as null"));
    }

    @Test
    void aLongValueIsShownInPart() {
        TabularCell.parse(field("gene-id"), "x".repeat(10_000), malformed);

        assertThat(malformed.remarks().get(0)).hasSizeLessThan(250).contains("x".repeat(97) + "...");
    }
}
