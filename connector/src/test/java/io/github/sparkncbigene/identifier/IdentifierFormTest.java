package io.github.sparkncbigene.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierFormTest {
    private static boolean isWellFormed(IdentifierKind kind, String text) {
        return new Identifier(kind, text).isWellFormed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NM_021803.4",
                "NM_021803",
                "ENST00000357115.2",
                " NM_1\u2028",
                "nm_021803.4",
                "TP53",
                "HLA-A",
                "rs123",
                "WP_000000001.1",
                "NZ_CP012345.1",
                "p.Arg175His",
                "b",
                "Q9HBE4-2"
            })
    void whatCanBeAnAccession(String text) {
        assertThat(isWellFormed(IdentifierKind.ACCESSION, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "59067",
                "59067.0",
                "1.5",
                "-",
                "..",
                "nan",
                "None",
                "NULL",
                "<NA>",
                "NaN",
                "NA",
                "n/a",
                "#N/A",
                "NM_1.1:c.1A>G",
                "NM_1 NM_2",
                "NM_1\tNM_2",
                "NM_1,NM_2",
                "NM_1;NM_2",
                "NM_1/NM_2",
                "NM_1|x",
                "(NM_1)",
                "[NM_1",
                "'NM_1'",
                "NM_*",
                "NM_%",
                "\u041dM_021803.4",
                "NM_1\u0000",
                "NM_1\uD83E\uDDEC",
                "...",
                "\u2026"
            })
    void whatCannot(String text) {
        assertThat(isWellFormed(IdentifierKind.ACCESSION, text)).isFalse();
    }

    @Test
    void anAccessionHasAtMostAHundredCharacters() {
        assertThat(isWellFormed(IdentifierKind.ACCESSION, "A".repeat(100))).isTrue();
        assertThat(isWellFormed(IdentifierKind.ACCESSION, "A".repeat(101))).isFalse();
    }

    @Test
    void otherKindsTakeWhatTheirFormsAllow() {
        for (String symbol : new String[] {"l(2)gl", "E(spl)m8-HLH", "nan", "16S rRNA", "\u03b2-globin", "Su(H)"}) {
            assertThat(isWellFormed(IdentifierKind.SYMBOL, symbol)).as(symbol).isTrue();
        }
        for (String symbol : new String[] {"None", "<NA>", "a,b", "a\u0000"}) {
            assertThat(isWellFormed(IdentifierKind.SYMBOL, symbol)).as(symbol).isFalse();
        }
        for (String tag : new String[] {"b0001", "YDR524C-B", "SPAC212.11", "59067", "a/b"}) {
            assertThat(isWellFormed(IdentifierKind.LOCUS_TAG, tag)).as(tag).isTrue();
        }
        for (String tag : new String[] {"nan", "b 1", "b1,b2", "b".repeat(101)}) {
            assertThat(isWellFormed(IdentifierKind.LOCUS_TAG, tag)).as(tag).isFalse();
        }
        assertThat(isWellFormed(IdentifierKind.GENE_ID, "59067")).isTrue();
        assertThat(isWellFormed(IdentifierKind.GENE_ID, "-59067")).isFalse();
    }

    @Test
    void adviceOnWhatCannotBeAnAccession() {
        assertThat(invalid("GeneID:59067")).endsWith("It looks like a GeneID. Use gene_ids with the number alone.");
        assertThat(invalid("s3a://b/ids.txt"))
                .endsWith("It looks like an address or a path. Use accessions_path for a file of accessions.");
        assertThat(invalid("/data/ids.txt"))
                .endsWith("It looks like an address or a path. Use accessions_path for a file of accessions.");
        assertThat(invalid(">NM_021803.4 Homo sapiens"))
                .endsWith("It looks like a header of FASTA. Give the accession alone: NM_021803.4.");
        assertThat(invalid("ref|NM_021803.4|"))
                .endsWith("It looks like a header of FASTA. Give the accession alone: NM_021803.4.");
        assertThat(invalid("NM_*"))
                .isEqualTo(
                        "'NM_*' cannot be an accession and was not sent. It holds '*'. Give letters, digits, '_', '.' and '-' only.");
        assertThat(invalid("..")).endsWith("It holds no letter. Give letters, digits, '_', '.' and '-' only.");
        assertThat(invalid("A".repeat(200)))
                .endsWith("It is longer than 100 characters. Give one accession an entry.")
                .hasSizeLessThan(300);
        assertThat(IdentifierAdvice.invalid(new Identifier(IdentifierKind.GENE_ID, "TP53"), "entry 2 of gene_ids"))
                .isEqualTo(
                        "'TP53' (entry 2 of gene_ids) cannot be a GeneID and was not sent. It looks like a gene symbol."
                                + " Use symbols with taxon.");
    }

    private static String invalid(String text) {
        return IdentifierAdvice.invalid(new Identifier(IdentifierKind.ACCESSION, text), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NM_021803.4", "XP_123456789", "ENSMUSP00000029273.1", "b", "XX_1.1"})
    void nothingIsSaidOfWhatLooksRightOrLikeNothing(String text) {
        assertThat(IdentifierAdvice.notServed(new Identifier(IdentifierKind.ACCESSION, text)))
                .isEmpty();
    }

    @Test
    void adviceOnWhatIsWellFormed() {
        assertThat(notServed("NM021803.4"))
                .isEqualTo("It looks like a RefSeq accession without its underscore. Give it as NM_021803.4.");
        assertThat(notServed("b0001"))
                .isEqualTo("It looks like a locus tag or a symbol. Use locus_tags, or symbols with taxon.");
        assertThat(notServed("ids.txt")).isEqualTo("It looks like a file. Use accessions_path.");
        assertThat(notServed("p.Arg175His")).startsWith("It looks like HGVS without its accession.");
        assertThat(notServed("P04637-2")).startsWith("It looks like a UniProt accession");
        assertThat(notServed("HLA-A")).isEqualTo("It looks like a gene symbol. Use symbols with taxon.");
    }

    private static String notServed(String text) {
        return IdentifierAdvice.notServed(new Identifier(IdentifierKind.ACCESSION, text))
                .orElseThrow();
    }
}
