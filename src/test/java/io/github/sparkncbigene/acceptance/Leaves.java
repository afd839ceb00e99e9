package io.github.sparkncbigene.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;

/** Walks a JSON report and the row read from it side by side, and lists the leaves that the row does not hold. */
final class Leaves {
    /** Members of the reports that are columns of another name; the design names them after NCBI's table fields. */
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

    /** How many leaves a report has. */
    static int count(JsonNode report) {
        int leaves = report.isValueNode() ? 1 : 0;
        for (JsonNode child : report) {
            leaves += count(child);
        }
        return leaves;
    }

    /** Compares a report, or a transcript's part of it, with a row; {@code prefix} is where in the report it stands. */
    void compare(JsonNode report, String prefix, Row row) {
        report.properties().forEach(member -> {
            String path = prefix + member.getKey();
            String column = RENAMED.getOrDefault(path, path);
            if (path.equals("transcripts")) {
                return;
            }
            if (path.equals("nomenclature_authority") || path.equals("transcripts.protein")) {
                compare(member.getValue(), path + ".", row);
            } else {
                member(path, member.getValue(), row, column);
            }
        });
    }

    private void member(String path, JsonNode json, Row holder, String field) {
        int index = List.of(holder.schema().fieldNames()).indexOf(field);
        if (index < 0) {
            lost.add(path + " has no column or field");
        } else if (json.isArray() && !holder.isNullAt(index)) {
            elements(path, json, holder.getList(index));
        } else {
            value(path, json, holder.get(index));
        }
    }

    private void elements(String path, JsonNode json, List<?> elements) {
        if (elements.size() != json.size()) {
            lost.add(path + " has " + elements.size() + " elements instead of " + json.size());
            return;
        }
        for (int i = 0; i < json.size(); i++) {
            value(path + "[" + i + "]", json.get(i), elements.get(i));
        }
    }

    private void value(String path, JsonNode json, Object value) {
        if (value == null) {
            lost.add(path + " is null");
        } else if (json.isObject()) {
            json.properties()
                    .forEach(member ->
                            member(path + "." + member.getKey(), member.getValue(), (Row) value, member.getKey()));
        } else if (!Objects.equals(json.asText(), value.toString())) {
            lost.add(path + " is " + value + " instead of " + json.asText());
        } else {
            found++;
        }
    }

    List<String> lost() {
        return lost;
    }

    int found() {
        return found;
    }
}
