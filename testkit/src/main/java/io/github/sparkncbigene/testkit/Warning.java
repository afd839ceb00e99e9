package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A warning in NCBI's form. */
record Warning(ObjectNode json) {
    static Warning superseded(String requested, String returned) {
        boolean gene = requested.chars().allMatch(Character::isDigit);
        ObjectNode json = Json.object()
                .put("gene_warning_code", gene ? "REPLACED_GENE_ID" : "ACCESSION_VERSION_MISMATCH")
                .put("reason", gene ? "Replaced gene id" : "Accession version mismatch")
                .put("message", "The requested identifier " + requested + " is now " + returned);
        json.putObject("replaced_id").put("requested", requested).put("returned", returned);
        return new Warning(json);
    }

    /** Returns the warning as an element of {@code reports} without a gene. */
    ObjectNode match() {
        ObjectNode match = Json.object();
        match.putArray("query").add(Json.text(json, "unrecognized_identifier"));
        match.putArray("warnings").add(json);
        return match;
    }

    static Warning unrecognized(String code, String identifier) {
        return new Warning(Json.object()
                .put("gene_warning_code", code)
                .put("reason", "Unrecognized identifier")
                .put("message", "No gene was found for " + identifier)
                .put("unrecognized_identifier", identifier));
    }
}
