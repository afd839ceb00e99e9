package io.github.sparkncbigene.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.options.AccessionRows;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyColumnTest {
    @Test
    void theOrderIsThatOfPreference() {
        assertThat(KeyColumn.columns(KeyColumn::isIdentifier))
                .containsExactly(
                        "accession", "gene_id", "locus_tag", "symbol", "transcript_accession", "protein_accession");
        assertThat(KeyColumn.columns(key -> !key.namesGenes())).containsExactly("symbol", "tax_id", "tax_name");
        assertThat(KeyColumn.OF_TRANSCRIPTS).containsExactly("transcript_accession", "protein_accession");
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyIsAColumnOfAReportAndFoundByItsName(KeyColumn key) {
        assertThat(KeyColumn.find(key.column())).contains(key);
        assertThat(Arrays.stream(Report.values()).map(ReportSchema::of))
                .anySatisfy(schema -> assertThat(schema.fieldNames()).contains(key.column()));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfIdentifierHasItsColumn(IdentifierKind kind) {
        assertThat(KeyColumn.find(kind.column()).flatMap(KeyColumn::kind)).contains(kind);
    }

    @Test
    void aTranscriptIsRequestedAsAnAccession() {
        assertThat(KeyColumn.TRANSCRIPT_ACCESSION.kind().map(IdentifierKind::option))
                .contains(Option.ACCESSIONS);
        assertThat(KeyColumn.TRANSCRIPT_ACCESSION.accessionRows()).isEqualTo(AccessionRows.TRANSCRIPT);
        assertThat(KeyColumn.PROTEIN_ACCESSION.accessionRows()).isEqualTo(AccessionRows.PROTEIN);
        assertThat(KeyColumn.ACCESSION.accessionRows()).isEqualTo(AccessionRows.GENE);
        assertThat(KeyColumn.find("chromosomes")).isEmpty();
    }

    @Test
    void filtersAreFoundByTheirColumns() {
        KeyDomains filters = KeyDomains.ALL.and("tax_id", List.of("9606"));

        assertThat(filters.of(KeyColumn.TAX_ID)).contains(Identifiers.of(List.of("9606")));
        assertThat(filters.hasAnyOf(KeyColumn.TAX_NAME, KeyColumn.TAX_ID)).isTrue();
        assertThat(filters.hasAnyOf(KeyColumn.SYMBOL)).isFalse();
    }
}
