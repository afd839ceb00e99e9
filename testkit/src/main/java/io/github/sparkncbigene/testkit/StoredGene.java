package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A gene held in memory, from a recorded page or the built-in set. */
final class StoredGene implements Gene {
    private static final List<String> SHARED = List.of(
            "gene_id",
            "symbol",
            "description",
            "tax_id",
            "taxname",
            "common_name",
            "type",
            "rna_type",
            "transcript_count",
            "protein_count",
            "transcript_type_counts");

    private final long id;
    private final ObjectNode report;
    private final ObjectNode product;
    private final Set<String> accessions;
    private final String words;

    /**
     * Creates a gene from at least one report; the other one is derived from the members that both have.
     *
     * @param queries further accessions of the gene
     */
    StoredGene(ObjectNode report, ObjectNode product, Set<String> queries) {
        this.report = report != null ? report : shared(product);
        this.product = product != null ? product : shared(report);
        this.id = Long.parseLong(Json.text(this.report, "gene_id"));
        this.accessions = new LinkedHashSet<>();
        for (JsonNode transcript : this.product.path("transcripts")) {
            addAccession(Json.text(transcript, "accession_version"));
            addAccession(Json.text(transcript, "ensembl_transcript"));
            addAccession(Json.text(transcript.path("protein"), "accession_version"));
            addAccession(Json.text(transcript.path("protein"), "ensembl_protein"));
        }
        queries.stream().filter(this::isAccession).forEach(this::addAccession);
        this.words = words(this.report, this.product);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String symbol() {
        return Json.text(report, "symbol");
    }

    @Override
    public long taxId() {
        return report.path("tax_id").asLong();
    }

    @Override
    public String type() {
        String type = Json.text(report, "type");
        return type.isEmpty() ? "UNKNOWN" : type;
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public ObjectNode report() {
        return report;
    }

    @Override
    public ObjectNode product() {
        return product;
    }

    Set<String> accessions() {
        return accessions;
    }

    String locusTag() {
        return Json.text(report, "locus_tag");
    }

    List<String> synonyms() {
        List<String> synonyms = new ArrayList<>();
        report.path("synonyms").forEach(synonym -> synonyms.add(synonym.asText()));
        return synonyms;
    }

    // NCBI's gene endpoints do not serve protein records shared by many genomes, nor genomic records.
    private void addAccession(String accession) {
        if (!accession.isEmpty() && !accession.startsWith("WP_") && !accession.startsWith("NG_")) {
            accessions.add(accession);
        }
    }

    // A recorded page may have been requested by GeneID, symbol or locus tag.
    private boolean isAccession(String query) {
        return !query.chars().allMatch(Character::isDigit)
                && !query.equalsIgnoreCase(symbol())
                && !query.equals(locusTag())
                && synonyms().stream().noneMatch(query::equalsIgnoreCase);
    }

    private static ObjectNode shared(ObjectNode descriptor) {
        ObjectNode shared = Json.object();
        for (String member : SHARED) {
            JsonNode value = descriptor.get(member);
            if (value != null) {
                shared.set(member, value);
            }
        }
        return shared;
    }

    private static String words(ObjectNode report, ObjectNode product) {
        StringBuilder words = new StringBuilder();
        for (String member : List.of("symbol", "description", "locus_tag")) {
            words.append(Json.text(report, member)).append('\n');
        }
        for (String member : List.of("synonyms", "alternate_names")) {
            report.path(member).forEach(name -> words.append(name.asText()).append('\n'));
        }
        for (JsonNode transcript : product.path("transcripts")) {
            words.append(Json.text(transcript.path("protein"), "name")).append('\n');
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }
}
