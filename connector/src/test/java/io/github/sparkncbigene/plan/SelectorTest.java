package io.github.sparkncbigene.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.testing.Given;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    private static Selector of(String... options) {
        return Selector.of(Given.options(options), List.of()).orElseThrow();
    }

    private static Selector listed(IdentifierKind kind, String... identifiers) {
        return new Selector(
                Optional.of(kind), Identifiers.of(List.of(identifiers)), Identifiers.NONE, Optional.empty());
    }

    @Test
    void accessions() {
        assertThat(of("accessions", "NP_2.1,NM_1.1")).isEqualTo(listed(IdentifierKind.ACCESSION, "NM_1.1", "NP_2.1"));
    }

    @Test
    void accessionsOfFiles() {
        Optional<Selector> selector =
                Selector.of(Given.options("accessions_path", "a.txt"), List.of("NP_2.1", "NM_1.1", "NP_2.1"));

        assertThat(selector).contains(listed(IdentifierKind.ACCESSION, "NM_1.1", "NP_2.1"));
    }

    @Test
    void locusTags() {
        assertThat(of("locus_tags", "['b0002', 'b0001']"))
                .isEqualTo(listed(IdentifierKind.LOCUS_TAG, "b0001", "b0002"));
    }

    @Test
    void geneIds() {
        assertThat(of("gene_ids", "6392,26521")).isEqualTo(listed(IdentifierKind.GENE_ID, "26521", "6392"));
    }

    @Test
    void symbolsOfATaxon() {
        assertThat(of("symbols", "TP53 BRCA1", "taxon", "human"))
                .isEqualTo(new Selector(
                        Optional.of(IdentifierKind.SYMBOL),
                        Identifiers.of(List.of("BRCA1", "TP53")),
                        Identifiers.NONE,
                        Optional.of("human")));
    }

    @Test
    void aTaxonAlone() {
        assertThat(of("taxon", "Homo sapiens"))
                .isEqualTo(new Selector(
                        Optional.empty(), Identifiers.NONE, Identifiers.NONE, Optional.of("Homo sapiens")));
    }

    @Test
    void accessionsWithLocusTagsOnTheMetadataEndpoint() {
        Selector expected = new Selector(
                Optional.of(IdentifierKind.ACCESSION),
                Identifiers.of(List.of("a")),
                Identifiers.of(List.of("t1", "t2")),
                Optional.empty());

        assertThat(of("accessions", "a", "locus_tags", "t2,t1,t2", "endpoint", "metadata"))
                .isEqualTo(expected);
        assertThat(Selector.of(
                        Given.options("accessions_path", "f", "locus_tags", "t2,t1", "endpoint", "metadata"),
                        List.of("a", "a")))
                .contains(expected);
    }

    @Test
    void nothingGivenSelectsNothing() {
        assertThat(Selector.of(Given.options(), List.of())).isEmpty();
        assertThat(Selector.of(Given.options("tax_search_subtree", "true", "query", "kinase"), List.of()))
                .isEmpty();
        assertThat(Selector.missing().code()).isEqualTo(ErrorCode.NO_SELECTOR);
        assertThat(Selector.missing())
                .hasMessageContainingAll("accessions", "accessions_path", "locus_tags", "gene_ids", "symbols", "taxon");
    }

    @Test
    void aFilterAsksOnlyForNumbersThatMayBeGeneIds() {
        KeyDomains filters =
                KeyDomains.ALL.and("gene_id", List.of("59067", "0", "-5", "2147483647", "2147483648", "99999999999"));

        assertThat(Selector.of(filters, Optional.empty()).orElseThrow().identifiers())
                .containsExactly("2147483647", "59067");
    }

    @Test
    void anEmptyListIsASelectionOfNothingAndNoMissingSelector() {
        assertThat(of("accessions", "[]").isEmpty()).isTrue();
        assertThat(of("taxon", "human").isEmpty()).isFalse();
        assertThat(of("accessions", "a").isEmpty()).isFalse();
        assertThat(of("accessions", "[]", "locus_tags", "t", "endpoint", "metadata")
                        .isEmpty())
                .isFalse();
    }

    @Test
    void accessionsAndLocusTagsOnTheReportEndpointAreRefused() {
        assertThatThrownBy(() -> of("accessions", "a", "locus_tags", "t"))
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Options accessions and locus_tags go together only with"
                        + " endpoint = metadata; NCBI's report endpoints take one of them. Set endpoint to metadata, or"
                        + " read twice and union.");
    }

    @ParameterizedTest
    @CsvSource({
        "accessions, gene_ids",
        "accessions, taxon",
        "accessions, accessions_path",
        "accessions, symbols",
        "accessions_path, gene_ids",
        "locus_tags, gene_ids",
        "locus_tags, taxon",
        "gene_ids, symbols",
        "gene_ids, taxon"
    })
    void twoKindsAreRefusedByName(String one, String other) {
        for (String endpoint : List.of("report", "metadata")) {
            assertThatThrownBy(() -> of(one, "1", other, "2", "endpoint", endpoint))
                    .isInstanceOf(NcbiGeneException.class)
                    .hasMessage("[NCBI_GENE_SEVERAL_SELECTORS] Options " + one + " and " + other
                            + " each say which genes to read. Give one of them, or read twice and union.");
        }
    }

    @Test
    void threeKindsAreRefusedEvenOnTheMetadataEndpoint() {
        assertThatThrownBy(() -> of("accessions", "a", "locus_tags", "t", "gene_ids", "1", "endpoint", "metadata"))
                .hasMessageContaining("accessions and locus_tags and gene_ids");
    }

    @Test
    void symbolsNeedATaxon() {
        assertThatThrownBy(() -> of("symbols", "TP53"))
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option symbols needs taxon, since a symbol names a gene"
                        + " only within a taxon. Set taxon, for example to human or 9606.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TP53", "NM_1.1", "-1", "+1", "1.5", "2147483648", "99999999999", "0x1", "1e3", "\u0661"})
    void whatIsNoGeneIdIsNotSentAndItsPlaceIsKnown(String id) {
        Selector selector = of("gene_ids", "59067," + id);

        assertThat(selector.identifiers()).containsExactlyInAnyOrder("59067", id);
        assertThat(selector.places()).isEqualTo(Map.of(id, "entry 2 of gene_ids"));
        assertThat(new Identifier(IdentifierKind.GENE_ID, id).isWellFormed()).isFalse();
    }

    @Test
    void numbersOfAColumnWithGapsAreGeneIds() {
        assertThat(of("gene_ids", "[59067.0, 7157.0]").identifiers()).containsExactly("59067", "7157");
    }

    @Test
    void theLargestGeneIdIsTaken() {
        assertThat(of("gene_ids", "2147483647").identifiers()).containsExactly("2147483647");
    }

    @Test
    void leadingZerosMakeNoOtherGeneId() {
        assertThat(of("gene_ids", "0059067,59067").identifiers()).containsExactly("59067");
    }

    @Test
    void identifiersThatDifferInCaseOrVersionAreDifferent() {
        assertThat(of("accessions", "NM_1.1,nm_1.1,NM_1,NM_1.2").identifiers())
                .containsExactly("NM_1", "NM_1.1", "NM_1.2", "nm_1.1");
    }

    @Property
    void identifiersComeSortedAndOnceWhateverTheOrderGiven(@ForAll("identifiers") List<String> identifiers) {
        List<String> reversed = new ArrayList<>(identifiers);
        Collections.reverse(reversed);
        Selector selector = of("locus_tags", String.join(",", identifiers));

        assertThat(selector.identifiers()).containsExactlyElementsOf(new TreeSet<>(identifiers));
        assertThat(of("locus_tags", String.join(" ", reversed)))
                .isEqualTo(selector)
                .hasSameHashCodeAs(selector);
    }

    @Provide
    Arbitrary<List<String>> identifiers() {
        return Arbitraries.strings()
                .withChars("abAB01_")
                .ofMinLength(1)
                .ofMaxLength(4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
