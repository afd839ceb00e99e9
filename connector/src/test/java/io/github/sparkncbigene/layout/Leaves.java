package io.github.sparkncbigene.layout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Walks a JSON report and the row made of it side by side, and lists the leaves that the row does not hold. */
final class Leaves {
    /** Members that are columns of another name: columns are named after NCBI's table fields. */
    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("taxname", "tax_name"),
            Map.entry("type", "gene_type"),
            Map.entry("swiss_prot_accessions", "swissprot_accessions"),
            Map.entry("ensembl_gene_ids", "ensembl_geneids"),
            Map.entry("nomenclature_authority.authority", "name_authority"),
            Map.entry("nomenclature_authority.identifier", "name_id"),
            Map.entry("transcripts.accession_version", "transcript_accession"),
            Map.entry("transcripts.name", "transcript_name"),
            Map.entry("transcripts.length", "transcript_length"),
            Map.entry("transcripts.type", "transcript_type"),
            Map.entry("transcripts.select_category", "transcript_select_category"),
            Map.entry("transcripts.ensembl_transcript", "transcript_ensembl_transcript"),
            Map.entry("transcripts.cds", "cds"),
            Map.entry("transcripts.genomic_locations", "genomic_locations"),
            Map.entry("transcripts.protein.accession_version", "protein_accession"),
            Map.entry("transcripts.protein.name", "protein_name"),
            Map.entry("transcripts.protein.length", "protein_length"),
            Map.entry("transcripts.protein.isoform_name", "protein_isoform"),
            Map.entry("transcripts.protein.ensembl_protein", "protein_ensembl_protein"),
            Map.entry("transcripts.protein.mature_peptides", "mature_peptides"));

    private final List<String> lost = new ArrayList<>();
    private int found;

    /** Compares a gene report with its row. */
    void compareGene(JsonNode gene, Map<String, Object> row) {
        columns("", gene, row);
    }

    /** Compares a product report with its rows, one for each transcript. */
    void compareProduct(JsonNode product, List<Map<String, Object>> rows) {
        JsonNode transcripts = product.path("transcripts");
        if (rows.size() != Math.max(1, transcripts.size())) {
            lost.add(rows.size() + " rows for " + transcripts.size() + " transcripts");
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            columns("", product, rows.get(i));
            if (transcripts.has(i)) {
                columns("transcripts.", transcripts.get(i), rows.get(i));
            }
        }
    }

    List<String> lost() {
        return lost;
    }

    int found() {
        return found;
    }

    private void columns(String prefix, JsonNode object, Map<String, Object> row) {
        object.properties().forEach(member -> {
            String path = prefix + snakeCase(member.getKey());
            if (path.equals("nomenclature_authority") || path.equals("transcripts.protein")) {
                columns(path + ".", member.getValue(), row);
            } else if (!path.equals("transcripts")) {
                member(path, member.getValue(), row, RENAMED.getOrDefault(path, path));
            }
        });
    }

    private void member(String path, JsonNode json, Map<?, ?> holder, String name) {
        if (holder.containsKey(name)) {
            value(path, json, holder.get(name));
        } else {
            lost.add(path + " has no column or field " + name);
        }
    }

    private void value(String path, JsonNode json, Object value) {
        if (json.isObject() && value instanceof Map<?, ?> struct) {
            json.properties().forEach(m -> {
                String name = snakeCase(m.getKey());
                member(path + "." + name, m.getValue(), struct, name);
            });
        } else if (json.isArray() && value instanceof List<?> list && list.size() == json.size()) {
            for (int i = 0; i < json.size(); i++) {
                value(path + "[" + i + "]", json.get(i), list.get(i));
            }
        } else if (json.isValueNode() && value != null && json.asText().equals(value.toString())) {
            found++;
        } else {
            lost.add(path + " is " + value + " instead of " + json);
        }
    }

    /** {@code geneId} as {@code gene_id}. */
    static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
