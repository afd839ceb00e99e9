package io.github.sparkncbigene.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.WireFormat;
import io.github.sparkncbigene.testing.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireChoiceTest {
    private static final List<String> NAMELESS = List.of("gene-id", "symbol");
    private static final List<String> NAMED = List.of("gene-id", "accession");

    @ParameterizedTest
    @CsvSource({"auto, JSON", "json, JSON", "ndjson, NDJSON"})
    void nestedColumnsComeAsJson(String wanted, WireFormat wire) {
        assertThat(WireChoice.of(Given.options("wire_format", wanted), List.of()))
                .isEqualTo(wire);
    }

    @ParameterizedTest
    @CsvSource({
        "auto, PERMISSIVE, TSV",
        "auto, DROPMALFORMED, TSV",
        "auto, FAILFAST, JSON",
        "tsv, PERMISSIVE, TSV",
        "json, PERMISSIVE, JSON",
        "ndjson, FAILFAST, NDJSON"
    })
    void tableFieldsComeAsTheTableWhereItSaysAllThatIsNeeded(String wanted, String mode, WireFormat wire) {
        assertThat(WireChoice.of(Given.options("wire_format", wanted, "mode", mode), NAMELESS))
                .isEqualTo(wire);
    }

    @Test
    void aTableDoesNotSayWhichAccessionARowIsFor() {
        assertThat(WireChoice.of(Given.options(), NAMED)).isEqualTo(WireFormat.JSON);
        assertThatThrownBy(() -> WireChoice.of(Given.options("wire_format", "tsv"), NAMED))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option wire_format is 'tsv', which does not say which"
                        + " accession a row is for; drop accession from table_fields, or set wire_format to auto.");
    }

    @Test
    void aTableDoesNotSayWhatIsMissing() {
        assertThatThrownBy(() -> WireChoice.of(Given.options("wire_format", "tsv", "mode", "failfast"), NAMELESS))
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option wire_format is 'tsv', which does not say which"
                        + " accession is missing, so that mode FAILFAST cannot be kept; set mode to PERMISSIVE, or"
                        + " wire_format to auto.");
    }

    @Test
    void aTableHoldsNoNestedColumns() {
        assertThatThrownBy(() -> WireChoice.of(Given.options("wire_format", "tsv"), List.of()))
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option wire_format is 'tsv', which carries flat table"
                        + " fields only; set table_fields, or wire_format to auto.");
    }
}
