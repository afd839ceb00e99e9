package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expectations are worked out by hand from the rules. */
class FlattenerTest {
    private static final String GENE = """
            {"gene_id": "1", "symbol": "", "type": "UNKNOWN", "orientation": "none", "replaced_gene_id": "0",
             "transcript_count": 0, "synonyms": ["A", "B"], "map_locations": [{"map_type": "Unknown"}],
             "chromosomes": ["0"], "description": "0",
             "annotations": [
               {"assembly_name": "a1", "genomic_locations": [
                 {"sequence_name": "s1", "genomic_range": {"begin": "10", "end": "0"},
                  "exons": [{"order": 1}, {"order": 2}]},
                 {"sequence_name": "s2"}]},
               {"assembly_name": "a2"}],
             "gene_groups": [{"id": "g1"}, {"id": "g2"}],
             "gene_ontology": {"biological_processes": [
               {"go_id": "GO:1", "reference": {"pmids": ["5", "6"]}}, {"go_id": "GO:2"}]}}
            """;

    @Test
    void scalarsAndListsAreOneRow() {
        assertThat(rows(GENE, "gene-id", "synonyms", "ensembl-geneids")).containsExactly("1|A,B|");
    }

    @Test
    void valuesThatProtobufDoesNotWriteAreEmpty() {
        assertThat(rows(GENE, "gene-id", "symbol", "gene-type", "orientation", "replaced-gene-id", "transcript-count"))
                .containsExactly("1|||||");
        assertThat(rows(GENE, "rna-type", "common-name")).containsExactly("|");
    }

    @Test
    void zeroIsAValueInTexts() {
        assertThat(rows(GENE, "description", "chromosomes")).containsExactly("0|0");
    }

    @Test
    void columnsOfOneListShareACursor() {
        assertThat(rows(GENE, "annotation-assembly-name", "symbol", "annotation-release-name"))
                .containsExactly("a1||", "a2||");
    }

    @Test
    void nestedListsNest() {
        assertThat(rows(GENE, "annotation-assembly-name", "annotation-genomic-range-seq-name"))
                .containsExactly("a1|s1", "a1|s2", "a2|");
        assertThat(rows(GENE, "annotation-genomic-range-exon-order", "annotation-genomic-range-range-start"))
                .containsExactly("1|10", "2|10", "|", "|");
    }

    @Test
    void theInnerListAloneOpensTheOuterOne() {
        assertThat(rows(GENE, "annotation-genomic-range-seq-name")).containsExactly("s1", "s2", "");
    }

    @Test
    void independentListsMultiplyTheLastOpenedFastest() {
        assertThat(rows(GENE, "annotation-assembly-name", "group-id"))
                .containsExactly("a1|g1", "a1|g2", "a2|g1", "a2|g2");
        assertThat(rows(GENE, "group-id", "annotation-assembly-name"))
                .containsExactly("g1|a1", "g1|a2", "g2|a1", "g2|a2");
    }

    @Test
    void theOrderOfOpeningDecidesNotTheOrderOfColumns() {
        // Opened: annotations, groups, then the locations below the annotations.
        assertThat(rows(GENE, "annotation-assembly-name", "group-id", "annotation-genomic-range-seq-name"))
                .containsExactly("a1|g1|s1", "a1|g1|s2", "a1|g2|s1", "a1|g2|s2", "a2|g1|", "a2|g2|");
    }

    @Test
    void listsInsideRepeatedObjectsAreJoined() {
        assertThat(rows(GENE, "go-bp-id", "go-bp-reference-pmid")).containsExactly("GO:1|5,6", "GO:2|");
    }

    @Test
    void emptyListsGiveOneRow() {
        assertThat(rows(GENE, "gene-id", "summary-description", "go-cc-id")).containsExactly("1||");
        assertThat(rows("{}", "gene-id", "annotation-assembly-name")).containsExactly("|");
    }

    @Test
    void productRowsAreAsDeepAsTheColumns() {
        String product = """
                {"gene_id": "1", "transcripts": [
                  {"accession_version": "t1", "length": 7, "select_category": "SELECT_UNKNOWN",
                   "cds": {"range": [{"begin": "1"}, {"begin": "9"}]},
                   "protein": {"accession_version": "p1", "mature_peptides": [{"name": "m1"}, {"name": "m2"}]},
                   "genomic_locations": [{"exons": [{"order": 1}, {"order": 2}]}, {"exons": [{"order": 1}]}]},
                  {"accession_version": "t2"}]}
                """;
        assertThat(productRows(
                        product,
                        "transcript-accession",
                        "transcript-length",
                        "transcript-protein-accession",
                        "gene-id"))
                .containsExactly("t1|7|p1|1", "t2|||1");
        assertThat(productRows(product, "transcript-accession", "transcript-genomic-location-exon-order"))
                .containsExactly("t1|1", "t1|2", "t1|1", "t2|");
        assertThat(productRows(product, "transcript-cds-range-start", "transcript-protein-mat-peptide-name"))
                .containsExactly("1|m1", "1|m2", "9|m1", "9|m2", "|");
        assertThat(productRows(product, "transcript-select-category")).containsExactly("", "");
    }

    private static List<String> rows(String gene, String... mnemonics) {
        return rows(Report.GENE, gene, mnemonics);
    }

    private static List<String> productRows(String product, String... mnemonics) {
        return rows(Report.PRODUCT, product, mnemonics);
    }

    private static List<String> rows(Report report, String json, String... mnemonics) {
        List<String> rows = new ArrayList<>();
        new Flattener(TableFields.of(report).columns(List.of(mnemonics)))
                .rows(Client.parse(json), row -> rows.add(String.join("|", row)));
        return rows;
    }
}
