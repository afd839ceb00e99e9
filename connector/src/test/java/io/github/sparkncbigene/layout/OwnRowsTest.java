package io.github.sparkncbigene.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyDomains;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnRowsTest {
    private static Identifier accession(String text) {
        return new Identifier(IdentifierKind.ACCESSION, text);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "NM_007294.4,NM_007294.4,true,true",
                "NM_007294,NM_007294.4,true,false",
                " NM_007294.4 ,NM_007294.4,true,false",
                " NM_007294,NM_007294.4,true,false",
                "NM_007294.3,NM_007294.4,false,false",
                "NM_00729,NM_007294.4,false,false",
                "NM_007294.4,NM_007294,false,false",
                "nm_007294.4,NM_007294.4,false,false",
                "NM_007294.4,,false,false"
            })
    void aListMayLeaveOutTheVersionAndAFilterMayNot(String asked, String value, boolean listed, boolean named) {
        assertThat(OwnRows.listed("transcript_accession").isOwn(accession(asked), value))
                .isEqualTo(listed);
        assertThat(OwnRows.named(KeyDomains.ALL).isOwn(accession(asked), value)).isEqualTo(named);
    }

    @Test
    void filtersSayInWhichColumnTheIdentifiersAre() {
        KeyDomains protein = KeyDomains.ALL.and("protein_accession", List.of("NP_009225.1"));

        assertThat(OwnRows.named(protein).columns()).containsExactly("protein_accession");
        assertThat(OwnRows.named(protein.and("transcript_accession", List.of("NM_007294.4")))
                        .columns())
                .containsExactly("transcript_accession");
        assertThat(OwnRows.named(KeyDomains.ALL).columns())
                .containsExactly("transcript_accession", "protein_accession");
        assertThat(OwnRows.OF_SYMBOL.columns()).containsExactly("symbol");
        assertThat(OwnRows.ALL.isAll()).isTrue();
    }
}
