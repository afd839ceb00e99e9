package io.github.sparkncbigene.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.testing.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TableFieldsTest {
    private static List<String> of(Report report, String... options) {
        return TableFields.of(Given.options(options), report);
    }

    @Test
    void aReadWithoutTableFieldsIsNotTabular() {
        assertThat(of(Report.GENE)).isEmpty();
    }

    @Test
    void fieldsStayInTheOrderAskedFor() {
        assertThat(of(Report.GENE, "table_fields", "symbol, accession gene-id,annotation-assembly-accession"))
                .containsExactly("symbol", "accession", "gene-id", "annotation-assembly-accession");
    }

    @ParameterizedTest
    @EnumSource(Report.class)
    void everyTableFieldIsTaken(Report report) {
        List<String> all = List.copyOf(report.tableFields().keySet());

        assertThat(of(report, "table_fields", String.join(",", all))).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "GENE, gene_id, gene-id",
        "GENE, geneid, gene-id",
        "GENE, symbl, symbol",
        "GENE, GENE-ID, ''",
        "GENE, transcript-accession, ''",
        "PRODUCT, synonyms, ''",
        "PRODUCT, transcript-acession, transcript-accession",
        "GENE, accessions, accession"
    })
    void anUnknownFieldIsAnErrorThatSuggestsTheNearest(Report report, String field, String meant) {
        assertThatThrownBy(() -> of(report, "table_fields", "symbol," + field))
                .isInstanceOf(NcbiGeneException.class)
                .hasMessageStartingWith("[NCBI_GENE_UNKNOWN_TABLE_FIELD] Option table_fields holds '" + field
                        + "', which is not a table field of the " + report.word() + " report.")
                .hasMessageContaining(meant.isEmpty() ? "docs/schema.md" : "'" + meant + "'");
    }

    @Test
    void aFieldNamedTwiceIsAnError() {
        assertThatThrownBy(() -> of(Report.GENE, "table_fields", "symbol,gene-id,symbol"))
                .hasMessageContaining("[NCBI_GENE_INVALID_OPTION]")
                .hasMessageContaining("must name each field once");
    }

    @Test
    void anEmptyListIsAnError() {
        assertThatThrownBy(() -> of(Report.GENE, "table_fields", "[]"))
                .hasMessageContaining("[NCBI_GENE_INVALID_OPTION] Option table_fields is '[]'");
    }

    @Test
    void fieldsAndAFormatAtOnceAreRefused() {
        assertThatThrownBy(() -> of(Report.GENE, "table_fields", "symbol", "table_format", "summary"))
                .hasMessageContaining("[NCBI_GENE_CONFLICTING_OPTIONS]");
    }

    @Test
    void theOntologyIsOfTheGeneReportOnly() {
        assertThatThrownBy(() -> of(Report.PRODUCT, "table_format", "gene-ontology"))
                .hasMessageContaining("[NCBI_GENE_CONFLICTING_OPTIONS]")
                .hasMessageContaining("gene report only");
        assertThat(of(Report.GENE, "table_format", "gene-ontology")).contains("go-bp-id", "go-cc-id", "go-mf-id");
    }

    @ParameterizedTest
    @CsvSource({"GENE, summary", "PRODUCT, summary", "GENE, gene-ontology"})
    void aFormatIsASetOfTheReportsOwnFields(Report report, String format) {
        List<String> fields = of(report, "table_format", format);

        assertThat(fields).contains("gene-id", "symbol").doesNotHaveDuplicates();
        assertThat(report.tableFields().keySet()).containsAll(fields);
        assertThat(ReportSchema.tabular(report, fields).fieldNames()).contains("gene_id", "symbol");
    }
}
