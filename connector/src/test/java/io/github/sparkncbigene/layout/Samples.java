package io.github.sparkncbigene.layout;

/** Invented reports that hold every member NCBI documents, each with a value of its own. */
public final class Samples {
    static final String GENE = """
            {"gene_id": "59067", "symbol": "IL21", "description": "interleukin \u03b2 21", "tax_id": "9606",
             "taxname": "Homo sapiens", "common_name": "human", "type": "PROTEIN_CODING", "rna_type": "premsg",
             "orientation": "minus", "locus_tag": "LT_0001",
             "reference_standards": [
               {"gene_range": {"accession_version": "NG_012337.3",
                 "range": [{"begin": "5027", "end": "13948", "orientation": "plus", "order": 1, "ribosomal_slippage": -1},
                           {"begin": "20000", "end": "20001", "orientation": "minus", "order": 2}]},
                "type": "REFSEQ_GENE"}],
             "genomic_regions": [
               {"gene_range": {"accession_version": "NG_000001.1", "range": [{"begin": "1", "end": "2"}]},
                "type": "BIOLOGICAL_REGION"},
               {"gene_range": {"accession_version": "NG_000002.1"}, "type": "PSEUDOGENE"}],
             "chromosomes": ["X", "Y"],
             "nomenclature_authority": {"authority": "HGNC", "identifier": "HGNC:6005"},
             "swiss_prot_accessions": ["Q9HBE4"], "ensembl_gene_ids": ["ENSG00000138684"], "omim_ids": ["605384"],
             "synonyms": ["Za11", "IL-21"], "alternate_names": ["interleukin-21"], "replaced_gene_id": "12345",
             "annotations": [
               {"assembly_accession": "GCF_000001405.40", "assembly_name": "GRCh38.p14",
                "annotation_name": "GCF_000001405.40-RS_2025_08", "annotation_release_date": "2025-08-01",
                "genomic_locations": [
                  {"genomic_accession_version": "NC_000004.12", "sequence_name": "4",
                   "genomic_range": {"begin": "122612628", "end": "122621069", "orientation": "minus", "order": 1,
                                     "ribosomal_slippage": 2},
                   "exons": [{"begin": "122612628", "end": "122613000", "orientation": "minus", "order": 1},
                             {"begin": "122620000", "end": "122621069", "orientation": "minus", "order": 2,
                              "ribosomal_slippage": 3}]},
                  {"sequence_name": "only a name"}]},
               {"assembly_accession": "GCF_009914755.1", "annotation_release_date": "1969-12-31"}],
             "transcript_count": 2, "protein_count": 1,
             "transcript_type_counts": [{"type": "PROTEIN_CODING", "count": 1}, {"type": "NON_CODING", "count": 1}],
             "gene_groups": [{"id": "59067", "method": "NCBI Ortholog"}],
             "summary": [{"source": "RefSeq", "description": "This gene\\nencodes\\t\\"a\\" member.", "date": "2011-11"}],
             "gene_ontology": {"assigned_by": "GOA",
               "molecular_functions": [
                 {"name": "cytokine activity", "go_id": "GO:0005125", "evidence_code": "IDA", "qualifier": "enables",
                  "reference": {"pmids": ["11081504", "1"]}},
                 {"name": "cytokine activity", "go_id": "GO:0005125", "evidence_code": "IDA", "qualifier": "enables",
                  "reference": {"pmids": ["11081504", "1"]}}],
               "biological_processes": [{"name": "signaling", "go_id": "GO:0007165", "evidence_code": "IEA",
                  "qualifier": "involved_in", "reference": {"pmids": ["2"]}}],
               "cellular_components": [{"name": "extracellular space", "go_id": "GO:0005615", "evidence_code": "TAS",
                  "qualifier": "located_in", "reference": {"pmids": ["3"]}}]},
             "map_locations": [{"map_type": "Cytogenetic", "map_value": "4q27"}]}""";

    static final String PRODUCT = """
            {"gene_id": "59067", "symbol": "IL21", "description": "interleukin 21", "tax_id": "9606",
             "taxname": "Homo sapiens", "common_name": "human", "type": "PROTEIN_CODING", "rna_type": "tmRna",
             "transcript_count": 2, "protein_count": 1,
             "transcript_type_counts": [{"type": "PROTEIN_CODING", "count": 1}],
             "transcripts": [
               {"accession_version": "NM_021803.4", "name": "transcript variant 1", "length": 642,
                "cds": {"accession_version": "NM_021803.4",
                        "range": [{"begin": "48", "end": "536", "orientation": "plus", "order": 1,
                                   "ribosomal_slippage": 1}]},
                "genomic_locations": [
                  {"genomic_accession_version": "NC_000004.12", "sequence_name": "4",
                   "genomic_range": {"begin": "122612628", "end": "122621069", "orientation": "minus", "order": 7},
                   "exons": [{"begin": "122620900", "end": "122621069", "orientation": "minus", "order": 1},
                             {"begin": "122612628", "end": "122613000", "orientation": "minus", "order": 2}]}],
                "ensembl_transcript": "ENST00000648588.1",
                "protein": {"accession_version": "NP_068575.1", "name": "interleukin-21 isoform 1 precursor",
                            "length": 162, "isoform_name": "isoform 1 precursor",
                            "ensembl_protein": "ENSP00000497915.1",
                            "mature_peptides": [
                              {"accession_version": "mp1", "name": "interleukin-21", "length": 133},
                              {"accession_version": "mp2", "name": "second", "length": 7}]},
                "type": "PROTEIN_CODING", "select_category": "MANE_SELECT"},
               {"accession_version": "NR_000001.1", "length": 100, "type": "NON_CODING"}]}""";

    private Samples() {}

    public static String page(String member, String... reports) {
        StringBuilder page = new StringBuilder("{\"reports\":[");
        for (int i = 0; i < reports.length; i++) {
            page.append(i == 0 ? "" : ",")
                    .append("{\"")
                    .append(member)
                    .append("\":")
                    .append(reports[i])
                    .append(",\"query\":[\"NM_1.1\"]}");
        }
        return page.append("],\"total_count\":")
                .append(reports.length)
                .append("}")
                .toString();
    }
}
