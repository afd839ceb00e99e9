package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds reports from the short notes on well-known genes in well-known-genes.json. */
final class WellKnownGenes {
    private static final String RESOURCE = "well-known-genes.json";

    private final JsonNode organism;
    private final JsonNode note;

    private WellKnownGenes(JsonNode organism, JsonNode note) {
        this.organism = organism;
        this.note = note;
    }

    static RecordedReports load() {
        RecordedReports reports = new RecordedReports();
        try (InputStream in = WellKnownGenes.class.getResourceAsStream(RESOURCE)) {
            JsonNode notes = Json.MAPPER.readTree(in);
            for (JsonNode note : notes.path("genes")) {
                JsonNode organism = notes.path("organisms").path(Json.text(note, "organism"));
                WellKnownGenes gene = new WellKnownGenes(organism, note);
                reports.add(Report.GENE, gene.report(), List.of());
                reports.add(Report.PRODUCT, gene.product(), List.of());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reports;
    }

    private ObjectNode shared() {
        ObjectNode gene = Json.object();
        gene.put("gene_id", Json.text(note, "id"));
        copy("symbol", gene, "symbol");
        copy("description", gene, "description");
        gene.put("tax_id", Json.text(note, "organism"));
        gene.put("taxname", Json.text(organism, "taxname"));
        if (organism.has("common_name")) {
            gene.put("common_name", Json.text(organism, "common_name"));
        }
        gene.put("type", note.path("type").asText("PROTEIN_CODING"));
        return gene;
    }

    private ObjectNode report() {
        ObjectNode gene = shared();
        if (note.has("range")) {
            gene.put("orientation", orientation());
        }
        if (note.has("refseqgene")) {
            ObjectNode standard = gene.putArray("reference_standards").addObject();
            standard.putObject("gene_range").put("accession_version", Json.text(note, "refseqgene"));
            standard.put("type", "REFSEQ_GENE");
        }
        copy("locus_tag", gene, "locus_tag");
        if (organism.path("sequences").size() > 1) {
            gene.putArray("chromosomes").add(Json.text(note, "chromosome"));
        }
        if (note.has("authority")) {
            gene.putObject("nomenclature_authority")
                    .put("authority", note.path("authority").path(0).asText())
                    .put("identifier", note.path("authority").path(1).asText());
        }
        copy("swiss_prot", gene, "swiss_prot_accessions");
        copy("ensembl", gene, "ensembl_gene_ids");
        copy("omim", gene, "omim_ids");
        copy("synonyms", gene, "synonyms");
        gene.set("annotations", annotations());
        addCounts(gene);
        if (note.has("group")) {
            gene.putArray("gene_groups")
                    .addObject()
                    .put("id", Json.text(note, "group"))
                    .put("method", "NCBI Ortholog");
        }
        if (note.has("summary")) {
            gene.putArray("summary").addObject().put("description", Json.text(note, "summary"));
        }
        if (note.has("go")) {
            ObjectNode ontology = gene.putObject("gene_ontology");
            addTerms(ontology, "molecular_functions", "mf", "enables");
            addTerms(ontology, "biological_processes", "bp", "involved_in");
            addTerms(ontology, "cellular_components", "cc", "located_in");
        }
        return gene;
    }

    private ObjectNode product() {
        ObjectNode product = shared();
        if (note.has("transcripts")) {
            ArrayNode transcripts = product.putArray("transcripts");
            note.path("transcripts").forEach(transcript -> transcripts.add(transcript(transcript)));
        }
        addCounts(product);
        return product;
    }

    private void addCounts(ObjectNode gene) {
        int proteins = 0;
        Map<String, Integer> byType = new LinkedHashMap<>();
        for (JsonNode transcript : note.path("transcripts")) {
            proteins += isCoding(transcript) ? 1 : 0;
            byType.merge(type(transcript), 1, Integer::sum);
        }
        if (byType.isEmpty()) {
            return;
        }
        gene.put("transcript_count", note.path("transcripts").size());
        if (proteins > 0) {
            gene.put("protein_count", proteins);
        }
        ArrayNode counts = gene.putArray("transcript_type_counts");
        byType.forEach((type, count) -> counts.addObject().put("type", type).put("count", count));
    }

    private ArrayNode annotations() {
        ArrayNode annotations = Json.NODES.arrayNode();
        int number = 0;
        for (JsonNode assembly : organism.path("assemblies")) {
            ObjectNode annotation = annotations.addObject();
            assembly.properties().forEach(member -> {
                if (!member.getKey().equals("sequence")) {
                    annotation.set(member.getKey(), member.getValue());
                }
            });
            annotation.putArray("genomic_locations").add(location(number++, Json.text(note, "chromosome")));
        }
        return annotations;
    }

    // For all assemblies but the first, only the sequence is noted.
    private ObjectNode location(int assembly, String sequenceName) {
        ObjectNode location = Json.object();
        String accession = organism.path("sequences")
                .path(Json.text(note, "chromosome"))
                .path(assembly)
                .asText("");
        if (!accession.isEmpty()) {
            location.put("genomic_accession_version", accession);
        }
        location.put("sequence_name", sequenceName);
        if (assembly == 0 && note.has("range")) {
            location.set("genomic_range", range(note.path("range"), 0));
        }
        return location;
    }

    private ObjectNode transcript(JsonNode noted) {
        ObjectNode transcript = Json.object();
        copy(noted, "rna", transcript, "accession_version");
        copy(noted, "name", transcript, "name");
        copy(noted, "length", transcript, "length");
        if (noted.has("cds")) {
            ObjectNode cds = transcript.putObject("cds").put("accession_version", Json.text(noted, "rna"));
            cds.putArray("range").add(range(noted.path("cds"), 0).put("orientation", "plus"));
        }
        ArrayNode locations = transcript.putArray("genomic_locations");
        int number = 0;
        for (JsonNode assembly : organism.path("assemblies")) {
            String name = Json.text(assembly, "assembly_name");
            ObjectNode location = location(number, "Chromosome " + Json.text(note, "chromosome") + " " + name);
            if (number == 0 && noted.has("exons")) {
                ArrayNode exons = location.putArray("exons");
                noted.path("exons").forEach(exon -> exons.add(range(exon, exons.size() + 1)));
            }
            locations.add(location);
            number++;
        }
        copy(noted, "ensembl", transcript, "ensembl_transcript");
        if (noted.has("protein") || noted.has("isoform")) {
            ObjectNode protein = transcript.putObject("protein");
            copy(noted, "protein", protein, "accession_version");
            copy("protein", protein, "name");
            copy(noted, "protein_length", protein, "length");
            copy(noted, "isoform", protein, "isoform_name");
            copy(noted, "ensembl_protein", protein, "ensembl_protein");
        }
        transcript.put("type", type(noted));
        copy(noted, "select", transcript, "select_category");
        return transcript;
    }

    private static boolean isCoding(JsonNode transcript) {
        return transcript.has("protein") || transcript.has("isoform");
    }

    private static String type(JsonNode transcript) {
        return isCoding(transcript) ? "PROTEIN_CODING" : "NON_CODING";
    }

    private ObjectNode range(JsonNode positions, int order) {
        ObjectNode range = Json.object()
                .put("begin", positions.path(0).asText())
                .put("end", positions.path(1).asText())
                .put("orientation", orientation());
        return order == 0 ? range : range.put("order", order);
    }

    private String orientation() {
        return note.path("range").path(2).asText("none");
    }

    private void addTerms(ObjectNode ontology, String list, String noted, String qualifier) {
        if (!note.path("go").has(noted)) {
            return;
        }
        ArrayNode terms = ontology.putArray(list);
        for (JsonNode term : note.path("go").path(noted)) {
            terms.addObject()
                    .put("name", term.path(1).asText())
                    .put("go_id", term.path(0).asText())
                    .put("evidence_code", term.path(2).asText())
                    .put("qualifier", qualifier);
        }
    }

    private void copy(String noted, ObjectNode target, String member) {
        copy(note, noted, target, member);
    }

    private static void copy(JsonNode source, String noted, ObjectNode target, String member) {
        if (source.has(noted)) {
            target.set(member, source.get(noted));
        }
    }
}
