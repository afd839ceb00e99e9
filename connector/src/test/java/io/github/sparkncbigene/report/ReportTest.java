package io.github.sparkncbigene.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The registry against NCBI's documentation of its table fields, written out by hand. */
class ReportTest {
    /** mnemonic | header | path below the report | type of one value */
    private static final String GENE_FIELDS = """
            annotation-assembly-accession|Annotation Assembly Accession|annotations[].assembly_accession|STRING
            annotation-assembly-name|Annotation Assembly Name|annotations[].assembly_name|STRING
            annotation-genomic-range-accession|Annotation Genomic Range Accession|annotations[].genomic_locations[].genomic_accession_version|STRING
            annotation-genomic-range-exon-order|Annotation Genomic Range Exons Order|annotations[].genomic_locations[].exons[].order|INT
            annotation-genomic-range-exon-orientation|Annotation Genomic Range Exons Orientation|annotations[].genomic_locations[].exons[].orientation|ENUM
            annotation-genomic-range-exon-start|Annotation Genomic Range Exons Start|annotations[].genomic_locations[].exons[].begin|UINT64
            annotation-genomic-range-exon-stop|Annotation Genomic Range Exons Stop|annotations[].genomic_locations[].exons[].end|UINT64
            annotation-genomic-range-range-order|Annotation Genomic Range Order|annotations[].genomic_locations[].genomic_range.order|INT
            annotation-genomic-range-range-orientation|Annotation Genomic Range Orientation|annotations[].genomic_locations[].genomic_range.orientation|ENUM
            annotation-genomic-range-range-start|Annotation Genomic Range Start|annotations[].genomic_locations[].genomic_range.begin|UINT64
            annotation-genomic-range-range-stop|Annotation Genomic Range Stop|annotations[].genomic_locations[].genomic_range.end|UINT64
            annotation-genomic-range-seq-name|Annotation Genomic Range Seq Name|annotations[].genomic_locations[].sequence_name|STRING
            annotation-release-date|Annotation Release Date|annotations[].annotation_release_date|DATE
            annotation-release-name|Annotation Release Name|annotations[].annotation_name|STRING
            chromosomes|Chromosomes|chromosomes[]|STRING
            common-name|Common Name|common_name|STRING
            description|Description|description|STRING
            ensembl-geneids|Ensembl GeneIDs|ensembl_gene_ids[]|STRING
            gene-id|NCBI GeneID|gene_id|UINT64
            gene-type|Gene Type|type|ENUM
            genomic-region-gene-range-accession|Genomic Region Gene Range Sequence Accession|genomic_regions[].gene_range.accession_version|STRING
            genomic-region-gene-range-range-order|Genomic Region Gene Range Order|genomic_regions[].gene_range.range[].order|INT
            genomic-region-gene-range-range-orientation|Genomic Region Gene Range Orientation|genomic_regions[].gene_range.range[].orientation|ENUM
            genomic-region-gene-range-range-start|Genomic Region Gene Range Start|genomic_regions[].gene_range.range[].begin|UINT64
            genomic-region-gene-range-range-stop|Genomic Region Gene Range Stop|genomic_regions[].gene_range.range[].end|UINT64
            genomic-region-genomic-region-type|Genomic Region Genomic Region Type|genomic_regions[].type|ENUM
            go-bp-id|Gene Ontology Biological Process Go ID|gene_ontology.biological_processes[].go_id|STRING
            go-bp-name|Gene Ontology Biological Process Name|gene_ontology.biological_processes[].name|STRING
            go-bp-reference-pmid|Gene Ontology Biological Process Reference PMIDs|gene_ontology.biological_processes[].reference.pmids[]|UINT64
            go-cc-id|Gene Ontology Cellular Component Go ID|gene_ontology.cellular_components[].go_id|STRING
            go-cc-name|Gene Ontology Cellular Component Name|gene_ontology.cellular_components[].name|STRING
            go-mf-id|Gene Ontology Molecular Function Go ID|gene_ontology.molecular_functions[].go_id|STRING
            go-mf-name|Gene Ontology Molecular Function Name|gene_ontology.molecular_functions[].name|STRING
            group-id|Gene Group Identifier|gene_groups[].id|STRING
            group-method|Gene Group Method|gene_groups[].method|STRING
            name-authority|Nomenclature Authority|nomenclature_authority.authority|STRING
            name-id|Nomenclature ID|nomenclature_authority.identifier|STRING
            omim-ids|OMIM IDs|omim_ids[]|STRING
            orientation|Orientation|orientation|ENUM
            protein-count|Proteins|protein_count|INT
            ref-standard-gene-range-accession|Reference Standard Gene Range Sequence Accession|reference_standards[].gene_range.accession_version|STRING
            ref-standard-gene-range-range-order|Reference Standard Gene Range Order|reference_standards[].gene_range.range[].order|INT
            ref-standard-gene-range-range-orientation|Reference Standard Gene Range Orientation|reference_standards[].gene_range.range[].orientation|ENUM
            ref-standard-gene-range-range-start|Reference Standard Gene Range Start|reference_standards[].gene_range.range[].begin|UINT64
            ref-standard-gene-range-range-stop|Reference Standard Gene Range Stop|reference_standards[].gene_range.range[].end|UINT64
            ref-standard-genomic-region-type|Reference Standard Genomic Region Type|reference_standards[].type|ENUM
            replaced-gene-id|Replaced NCBI GeneID|replaced_gene_id|UINT64
            rna-type|RNA Type|rna_type|ENUM
            summary-description|Summary Description|summary[].description|STRING
            swissprot-accessions|SwissProt Accessions|swiss_prot_accessions[]|STRING
            symbol|Symbol|symbol|STRING
            synonyms|Synonyms|synonyms[]|STRING
            tax-id|Taxonomic ID|tax_id|UINT64
            tax-name|Taxonomic Name|taxname|STRING
            transcript-count|Transcripts|transcript_count|INT
            """;

    private static final String PRODUCT_FIELDS = """
            common-name|Common Name|common_name|STRING
            description|Description|description|STRING
            gene-id|NCBI GeneID|gene_id|UINT64
            gene-type|Gene Type|type|ENUM
            protein-count|Protein Count|protein_count|INT
            rna-type|RNA Type|rna_type|ENUM
            symbol|Symbol|symbol|STRING
            tax-id|Taxonomic ID|tax_id|UINT64
            tax-name|Taxonomic Name|taxname|STRING
            transcript-accession|Transcript Accession|transcripts[].accession_version|STRING
            transcript-cds-accession|Transcript CDS Sequence Accession|transcripts[].cds.accession_version|STRING
            transcript-cds-range-order|Transcript CDS Order|transcripts[].cds.range[].order|INT
            transcript-cds-range-orientation|Transcript CDS Orientation|transcripts[].cds.range[].orientation|ENUM
            transcript-cds-range-start|Transcript CDS Start|transcripts[].cds.range[].begin|UINT64
            transcript-cds-range-stop|Transcript CDS Stop|transcripts[].cds.range[].end|UINT64
            transcript-count|Transcript Count|transcript_count|INT
            transcript-ensembl-transcript|Transcript Ensembl Transcript|transcripts[].ensembl_transcript|STRING
            transcript-genomic-location-accession|Transcript Genomic Accession|transcripts[].genomic_locations[].genomic_accession_version|STRING
            transcript-genomic-location-exon-order|Transcript Genomic Exons Order|transcripts[].genomic_locations[].exons[].order|INT
            transcript-genomic-location-exon-orientation|Transcript Genomic Exons Orientation|transcripts[].genomic_locations[].exons[].orientation|ENUM
            transcript-genomic-location-exon-start|Transcript Genomic Exons Start|transcripts[].genomic_locations[].exons[].begin|UINT64
            transcript-genomic-location-exon-stop|Transcript Genomic Exons Stop|transcripts[].genomic_locations[].exons[].end|UINT64
            transcript-genomic-location-range-order|Transcript Genomic Order|transcripts[].genomic_locations[].genomic_range.order|INT
            transcript-genomic-location-range-orientation|Transcript Genomic Orientation|transcripts[].genomic_locations[].genomic_range.orientation|ENUM
            transcript-genomic-location-range-start|Transcript Genomic Start|transcripts[].genomic_locations[].genomic_range.begin|UINT64
            transcript-genomic-location-range-stop|Transcript Genomic Stop|transcripts[].genomic_locations[].genomic_range.end|UINT64
            transcript-genomic-location-seq-name|Transcript Genomic Seq Name|transcripts[].genomic_locations[].sequence_name|STRING
            transcript-length|Transcript Transcript Length|transcripts[].length|INT
            transcript-name|Transcript Transcript Name|transcripts[].name|STRING
            transcript-protein-accession|Transcript Protein Accession|transcripts[].protein.accession_version|STRING
            transcript-protein-ensembl-protein|Transcript Protein Ensembl Protein|transcripts[].protein.ensembl_protein|STRING
            transcript-protein-isoform|Transcript Protein Isoform|transcripts[].protein.isoform_name|STRING
            transcript-protein-length|Transcript Protein Length|transcripts[].protein.length|INT
            transcript-protein-mat-peptide-accession|Transcript Protein Mature Peptide Accession|transcripts[].protein.mature_peptides[].accession_version|STRING
            transcript-protein-mat-peptide-length|Transcript Protein Mature Peptide Length|transcripts[].protein.mature_peptides[].length|INT
            transcript-protein-mat-peptide-name|Transcript Protein Mature Peptide Name|transcripts[].protein.mature_peptides[].name|STRING
            transcript-protein-name|Transcript Protein Name|transcripts[].protein.name|STRING
            transcript-select-category|Transcript Select Category|transcripts[].select_category|ENUM
            transcript-transcript-type|Transcript Type|transcripts[].type|ENUM
            """;

    private static List<String> described(Report report) {
        return report.tableFields().entrySet().stream()
                .map(field -> String.join(
                        "|",
                        field.getKey(),
                        field.getValue().header().orElse("?"),
                        field.getValue().path(),
                        field.getValue().type().name()))
                .sorted()
                .toList();
    }

    @Test
    void theTableFieldsOfTheGeneReportAreNcbis() {
        assertThat(described(Report.GENE))
                .containsExactlyElementsOf(GENE_FIELDS.lines().sorted().toList());
    }

    @Test
    void theTableFieldsOfTheProductReportAreNcbis() {
        assertThat(described(Report.PRODUCT))
                .containsExactlyElementsOf(PRODUCT_FIELDS.lines().sorted().toList());
    }

    /** Members that NCBI documents and has no table field for. */
    @ParameterizedTest
    @CsvSource({
        "GENE, locus_tag, STRING",
        "GENE, alternate_names[], STRING",
        "GENE, transcript_type_counts[].type, ENUM",
        "GENE, transcript_type_counts[].count, INT",
        "GENE, map_locations[].map_type, ENUM",
        "GENE, map_locations[].map_value, STRING",
        "GENE, summary[].source, STRING",
        "GENE, summary[].date, STRING",
        "GENE, gene_ontology.assigned_by, STRING",
        "GENE, gene_ontology.molecular_functions[].evidence_code, STRING",
        "GENE, gene_ontology.biological_processes[].qualifier, STRING",
        "GENE, gene_ontology.cellular_components[].reference.pmids[], UINT64",
        "GENE, annotations[].genomic_locations[].genomic_range.ribosomal_slippage, INT",
        "PRODUCT, transcripts[].cds.range[].ribosomal_slippage, INT",
        "PRODUCT, transcript_type_counts[].count, INT"
    })
    void membersWithoutATableFieldAreKnownToo(Report report, String path, FieldType type) {
        List<ReportNode> found = all(report.root()).stream()
                .filter(node -> node.path().equals(path))
                .toList();

        assertThat(found).hasSize(1);
        assertThat(found.get(0).type()).isEqualTo(type);
        assertThat(found.get(0).mnemonic()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Report.class)
    void everyMemberIsDescribedAndNamedOnce(Report report) {
        List<ReportNode> nodes = all(report.root());
        Set<String> paths = new HashSet<>();
        for (ReportNode node : nodes) {
            assertThat(node.comment()).as(node.path()).isNotBlank();
            assertThat(paths.add(node.path())).as("%s once", node.path()).isTrue();
            assertThat(node.isGroup())
                    .as(node.path())
                    .isEqualTo(!node.children().isEmpty());
            assertThat(node.mnemonic().isPresent())
                    .as(node.path())
                    .isEqualTo(node.header().isPresent());
            node.children().forEach(child -> assertThat(child.parent()).isSameAs(node));
        }
        assertThat(nodes).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource(Report.class)
    void everyScalarIsInExactlyOneColumn(Report report) {
        for (ReportNode node : all(report.root())) {
            if (!node.isGroup()) {
                int columns = 0;
                for (ReportNode at = node; at != null; at = at.parent()) {
                    columns += at.column().isPresent() ? 1 : 0;
                }
                // mature peptides lie in the protein, whose other members are columns themselves
                assertThat(columns).as(node.path()).isEqualTo(1);
            }
        }
    }

    @Test
    void columnsThatAreTableFieldsTakeTheMnemonicInSnakeCase() {
        List<String> others = List.of("protein_", "transcript_");
        for (Report report : Report.values()) {
            for (ReportNode column : report.columns()) {
                String name = column.column().orElseThrow();
                column.mnemonic()
                        .map(mnemonic -> mnemonic.replace('-', '_').replace("transcript_protein_", "protein_"))
                        .map(expected -> expected.equals("transcript_transcript_type") ? "transcript_type" : expected)
                        .ifPresent(expected -> assertThat(name).isEqualTo(expected));
            }
        }
        assertThat(Report.PRODUCT.columns().stream()
                        .map(column -> column.column().orElseThrow())
                        .filter(name -> others.stream().anyMatch(name::startsWith)))
                .contains("transcript_accession", "protein_accession");
    }

    @Test
    void onlyArraysOfObjectsMultiplyRows() {
        assertThat(Report.GENE.tableField("synonyms").orElseThrow().multipliesRows())
                .isFalse();
        assertThat(Report.GENE.root().child("annotations").orElseThrow().multipliesRows())
                .isTrue();
        assertThat(Report.GENE
                        .root()
                        .child("nomenclature_authority")
                        .orElseThrow()
                        .multipliesRows())
                .isFalse();
        assertThat(Report.PRODUCT.root().child(Report.TRANSCRIPTS).orElseThrow().multipliesRows())
                .isTrue();
    }

    @Test
    void reportsByName() {
        assertThat(Report.named("gene")).isEqualTo(Report.GENE);
        assertThat(Report.named("product")).isEqualTo(Report.PRODUCT);
        assertThatThrownBy(() -> Report.named("genes")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Report.GENE.word()).isEqualTo("gene");
        assertThat(Report.GENE.tableField("transcript-accession")).isEmpty();
        assertThat(Report.PRODUCT.tableField("synonyms")).isEmpty();
        assertThat(Report.GENE.tableField("gene_id")).isEmpty();
    }

    private static List<ReportNode> all(ReportNode root) {
        List<ReportNode> nodes = new ArrayList<>();
        root.children().forEach(child -> {
            nodes.add(child);
            nodes.addAll(all(child));
        });
        return nodes;
    }
}
