package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Gene i of the synthetic genes; its reports are built on request and not stored. */
final class SyntheticGene implements Gene {
    private record Organism(String taxname, String commonName, List<Assembly> assemblies) {}

    private record Assembly(String accession, String name, String release, String date) {}

    private static final Organism HUMAN = new Organism(
            "Homo sapiens",
            "human",
            List.of(
                    new Assembly("GCF_000001405.40", "GRCh38.p14", "GCF_000001405.40-RS_2025_08", "2025-08-01"),
                    new Assembly("GCF_009914755.1", "T2T-CHM13v2.0", "GCF_009914755.1-RS_2025_08", "2025-08-01")));
    private static final Organism MOUSE = new Organism(
            "Mus musculus",
            "house mouse",
            List.of(new Assembly("GCF_000001635.27", "GRCm39", "GCF_000001635.27-RS_2024_02", "2024-02-09")));
    private static final Organism COLI = new Organism(
            "Escherichia coli str. K-12 substr. MG1655",
            "",
            List.of(new Assembly("GCF_000005845.2", "ASM584v2", "Annotation submitted by NCBI", "2022-03-09")));

    private static final List<String> EVIDENCE = List.of("IDA", "IBA", "IEA", "ISS", "TAS", "NAS", "IMP", "IPI");
    private static final List<String> SUMMARY = List.of(
            "This gene is made up, and so is what is said of it here.",
            "The encoded protein is said to bind nothing in particular, but to do so with high affinity.",
            "Mutations in it have been seen in no disease (p.Gly12→Val, “silent”).",
            "Alternative splicing gives several transcript variants; tests rely on none of them.",
            "A pseudogene of this gene lies on the same chromosome, 3′ of its CpG island.",
            "Its promoter holds a TATA-like box and several Sp1 sites at −40 to −110.");
    private static final String[] TERMS = terms();

    private static final int GO = 11;
    private static final int EXONS = 12;
    private static final int PLACE = 13;
    private static final int SPARSE = 14;
    private static final int TEXT = 15;

    private final long i;
    private final boolean compact;

    SyntheticGene(long i, boolean compact) {
        this.i = i;
        this.compact = compact;
    }

    @Override
    public long id() {
        return SyntheticGenes.geneId(i);
    }

    @Override
    public String symbol() {
        return SyntheticGenes.symbol(i);
    }

    @Override
    public long taxId() {
        return SyntheticGenes.taxId(i);
    }

    @Override
    public String type() {
        return SyntheticGenes.type(i);
    }

    @Override
    public String words() {
        return (symbol()
                        + '\n'
                        + SyntheticGenes.synonym(i)
                        + '\n'
                        + SyntheticGenes.description(i)
                        + '\n'
                        + SyntheticGenes.locusTag(i))
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public ObjectNode report() {
        ObjectNode gene = shared();
        gene.put("orientation", orientation());
        gene.put("locus_tag", SyntheticGenes.locusTag(i));
        gene.putArray("synonyms").add(SyntheticGenes.synonym(i));
        gene.set("chromosomes", Json.array(List.of(chromosome())));
        SyntheticGenes.replacedGeneId(i).ifPresent(id -> gene.put("replaced_gene_id", Long.toString(id)));
        gene.set("annotations", annotations());
        if (!type().equals("PSEUDO")) {
            addCounts(gene);
        }
        if (!compact) {
            addDetails(gene);
        }
        return gene;
    }

    @Override
    public ObjectNode product() {
        ObjectNode product = shared();
        int count = SyntheticGenes.transcriptCount(i);
        if (count > 0) {
            ArrayNode transcripts = product.putArray("transcripts");
            for (int k = 0; k < count; k++) {
                transcripts.add(transcript(k));
            }
            addCounts(product);
        }
        return product;
    }

    private ObjectNode shared() {
        ObjectNode gene = Json.object();
        gene.put("gene_id", Long.toString(id()));
        gene.put("symbol", symbol());
        gene.put("description", SyntheticGenes.description(i));
        gene.put("tax_id", Long.toString(taxId()));
        gene.put("taxname", organism().taxname());
        if (!organism().commonName().isEmpty()) {
            gene.put("common_name", organism().commonName());
        }
        gene.put("type", type());
        if (type().equals("OTHER")) {
            gene.put("rna_type", "tmRna");
        }
        return gene;
    }

    private void addCounts(ObjectNode gene) {
        int transcripts = SyntheticGenes.transcriptCount(i);
        if (transcripts == 0) {
            return;
        }
        boolean coding = SyntheticGenes.isCoding(i);
        gene.put("transcript_count", transcripts);
        if (coding) {
            gene.put("protein_count", transcripts);
        }
        ArrayNode counts = gene.putArray("transcript_type_counts");
        counts.addObject().put("type", transcriptType(0)).put("count", 1);
        if (transcripts > 1) {
            counts.addObject().put("type", transcriptType(1)).put("count", transcripts - 1);
        }
    }

    private ArrayNode annotations() {
        ArrayNode annotations = Json.NODES.arrayNode();
        for (int a = 0; a < organism().assemblies().size() && !(compact && a > 0); a++) {
            Assembly assembly = organism().assemblies().get(a);
            ObjectNode annotation = annotations
                    .addObject()
                    .put("assembly_accession", assembly.accession())
                    .put("assembly_name", assembly.name());
            if (!compact) {
                annotation.put("annotation_name", assembly.release()).put("annotation_release_date", assembly.date());
            }
            ObjectNode location = annotation.putArray("genomic_locations").addObject();
            if (a == 1 && Mix.below(23, i, SPARSE) == 0) {
                location.put("sequence_name", chromosome());
            } else {
                location.put("genomic_accession_version", genomicAccession(a));
                location.put("sequence_name", chromosome());
                location.set("genomic_range", range(start(a), start(a) + span(), 0));
            }
        }
        return annotations;
    }

    private void addDetails(ObjectNode gene) {
        boolean pseudo = type().equals("PSEUDO");
        String number = Long.toString(i);
        ObjectNode authority = gene.putObject("nomenclature_authority");
        authority.put("authority", taxId() == 9606 ? "HGNC" : "MGI").put("identifier", "HGNC:9" + number);
        gene.set("ensembl_gene_ids", Json.array(List.of("ENSG9" + number)));
        gene.putArray("map_locations")
                .addObject()
                .put("map_type", "Cytogenetic")
                .put("map_value", chromosome() + "q2");
        if (pseudo) {
            return;
        }
        gene.set("swiss_prot_accessions", Json.array(List.of("Q9" + number, "A0A" + number)));
        gene.set("omim_ids", Json.array(List.of("6" + number)));
        ArrayNode standards = gene.putArray("reference_standards");
        standards.add(region("NG_9" + number + ".1"));
        if (Mix.below(5, i, SPARSE) == 1) {
            gene.putArray("genomic_regions").add(region("NG_8" + number + ".2"));
        }
        gene.putArray("gene_groups").addObject().put("id", number).put("method", "NCBI Ortholog");
        gene.putArray("summary").addObject().put("description", summary());
        if (SyntheticGenes.hasEmptyOntology(i)) {
            gene.putObject("gene_ontology");
        } else {
            ObjectNode ontology = gene.putObject("gene_ontology");
            ontology.set("molecular_functions", terms("enables", 0));
            ontology.set("biological_processes", terms("involved_in", 1));
            ontology.set("cellular_components", terms("located_in", 2));
        }
    }

    // Sorted by name, with exact duplicates, as NCBI's are.
    private ArrayNode terms(String qualifier, int list) {
        ArrayNode terms = Json.NODES.arrayNode();
        int count = 10 + Mix.below(32, i, GO + list * 100L);
        int step = TERMS.length / count;
        int term = Mix.below(step, i, GO + list);
        for (int n = 0; n < count; n++) {
            ObjectNode node = terms.addObject()
                    .put("name", TERMS[term])
                    .put("go_id", "GO:00" + (10_000 + term))
                    .put("evidence_code", EVIDENCE.get((int) ((i + n) & 7)))
                    .put("qualifier", qualifier);
            if (n % 3 == 0) {
                long pmid = 10_000_000L + Mix.below(20_000_000, i, n);
                node.putObject("reference")
                        .putArray("pmids")
                        .add(Long.toString(pmid))
                        .add(Long.toString(pmid + 7));
            }
            if (n % 7 == 6) {
                terms.add(node);
                n++;
            }
            term += step;
        }
        return terms;
    }

    private ObjectNode region(String accession) {
        ObjectNode region = Json.object();
        ObjectNode range = region.putObject("gene_range").put("accession_version", accession);
        range.putArray("range").add(range(5001, 5001 + span(), 0));
        return region.put("type", "REFSEQ_GENE");
    }

    private ObjectNode transcript(int k) {
        boolean coding = SyntheticGenes.isCoding(i);
        int exons = exonCount(k);
        int length = exons * 150;
        String accession = SyntheticGenes.transcript(i, k);
        ObjectNode transcript = Json.object().put("accession_version", accession);
        if (!compact) {
            transcript.put("name", "transcript variant " + (k == 0 ? "1" : "X" + k));
        }
        transcript.put("length", length);
        if (coding && !compact) {
            ObjectNode cds = transcript.putObject("cds").put("accession_version", accession);
            cds.putArray("range").add(range(61, length - 90, 0, "plus"));
        }
        if (!compact) {
            ArrayNode locations = transcript.putArray("genomic_locations");
            for (int a = 0; a < organism().assemblies().size(); a++) {
                locations.add(location(a, exons));
            }
            transcript.put("ensembl_transcript", SyntheticGenes.ensembl('T', i, k));
        }
        if (coding) {
            addProtein(transcript, k, (length - 150) / 3 - 1);
        }
        transcript.put("type", transcriptType(k));
        if (k == 0 && coding) {
            transcript.put("select_category", taxId() == 9606 ? "MANE_SELECT" : "REFSEQ_SELECT");
        }
        return transcript;
    }

    private void addProtein(ObjectNode transcript, int k, int length) {
        ObjectNode protein = transcript.putObject("protein").put("accession_version", SyntheticGenes.protein(i, k));
        protein.put("name", SyntheticGenes.description(i)).put("length", length);
        if (compact) {
            return;
        }
        protein.put("isoform_name", "isoform " + (k == 0 ? "1 precursor" : "X" + k));
        protein.put("ensembl_protein", SyntheticGenes.ensembl('P', i, k));
        if (i % 6 == 0) {
            ArrayNode peptides = protein.putArray("mature_peptides");
            String accession = SyntheticGenes.protein(i, k);
            peptides.addObject()
                    .put("accession_version", accession)
                    .put("name", "signal peptide")
                    .put("length", 22);
            peptides.addObject().put("accession_version", accession).put("length", length - 22);
        }
    }

    private ObjectNode location(int assembly, int exons) {
        ObjectNode location = Json.object();
        location.put("genomic_accession_version", genomicAccession(assembly));
        location.put(
                "sequence_name",
                "Chromosome " + chromosome() + (assembly == 0 ? " Reference " : " Alternate ")
                        + organism().assemblies().get(assembly).name());
        long start = start(assembly);
        long step = span() / exons;
        location.set("genomic_range", range(start, start + span(), 0));
        ArrayNode list = location.putArray("exons");
        boolean minus = orientation().equals("minus");
        for (int exon = 0; exon < exons; exon++) {
            long begin = start + (minus ? exons - 1 - exon : exon) * step;
            list.add(range(begin, begin + 149, exon + 1));
        }
        return location;
    }

    private ObjectNode range(long begin, long end, int order) {
        return range(begin, end, order, orientation());
    }

    private static ObjectNode range(long begin, long end, int order, String orientation) {
        ObjectNode range = Json.object();
        range.put("begin", Long.toString(begin)).put("end", Long.toString(end)).put("orientation", orientation);
        if (order > 0) {
            range.put("order", order);
        }
        return range;
    }

    private String summary() {
        StringBuilder summary = new StringBuilder();
        int sentences = 3 + Mix.below(8, i, TEXT);
        for (int s = 0; s < sentences; s++) {
            summary.append(SUMMARY.get(Mix.below(SUMMARY.size(), i, TEXT + 1L + s)))
                    .append(' ');
        }
        return summary.append("[made up by the tests, gene ")
                .append(i)
                .append(']')
                .toString();
    }

    private String transcriptType(int k) {
        return (SyntheticGenes.isCoding(i) ? "PROTEIN_CODING" : "NON_CODING") + (k == 0 ? "" : "_MODEL");
    }

    private Organism organism() {
        int residue = (int) (i % 10);
        return residue < 7 ? HUMAN : residue < 9 ? MOUSE : COLI;
    }

    private String orientation() {
        return (i & 1) == 0 ? "plus" : "minus";
    }

    private String chromosome() {
        return organism().equals(COLI) ? "chromosome" : Integer.toString(1 + (int) (i % 19));
    }

    private String genomicAccession(int assembly) {
        return "NC_0" + (90_000 + assembly * 1000 + i % 19) + ".1";
    }

    private long start(int assembly) {
        return 1_000_000 + Mix.below(90_000_000, i, PLACE) + assembly * 4321L;
    }

    private int span() {
        return 20_000 + Mix.below(100_000, i, PLACE + 1);
    }

    private int exonCount(int k) {
        return 11 + Mix.below(14, i * 64 + k, EXONS);
    }

    private static String[] terms() {
        String[] terms = new String[2000];
        List<String> things = List.of("axon", "bud", "cell", "DNA", "enzyme", "fibril", "gap", "heme", "iron", "joint");
        List<String> kinds = List.of(
                "activity",
                "binding",
                "complex assembly",
                "differentiation",
                "export",
                "folding",
                "growth",
                "homeostasis");
        for (int t = 0; t < terms.length; t++) {
            terms[t] = things.get(t / 200) + " " + kinds.get(t / 25 % 8) + ", type " + (char) ('A' + t % 25);
        }
        return terms;
    }
}
