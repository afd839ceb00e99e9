package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A page of results.
 *
 * @param totalCount number of reports on all pages, 0 if this page does not contain it
 * @param nextToken token of the next page, "" on the last
 * @param remarked true if identifiers that match nothing are among the reports, not in {@code messages}
 * @param filtered true if {@code accession_filter} is applied
 */
record Page(
        GeneRequest request,
        List<Hit> hits,
        long totalCount,
        String nextToken,
        List<Warning> messages,
        boolean remarked,
        boolean filtered,
        Oddities oddities) {

    /**
     * Additions to the reports by a fault.
     *
     * @param nesting depth of an unknown member
     * @param padding length of an unknown member
     */
    record Oddities(boolean unknownMembers, boolean unknownEnums, int nesting, long padding) {
        static final Oddities NONE = new Oddities(false, false, 0, 0);
    }

    boolean isEmpty() {
        return hits.isEmpty() && messages.isEmpty() && totalCount == 0 && nextToken.isEmpty();
    }

    /** Returns the hit as an element of {@code reports}. */
    ObjectNode match(Hit hit) {
        ObjectNode match = Json.object();
        match.set(request.report().member(), descriptor(hit));
        if (!hit.query().isEmpty()) {
            match.set("query", Json.array(hit.query()));
        }
        if (!hit.warnings().isEmpty()) {
            ArrayNode warnings = match.putArray("warnings");
            hit.warnings().forEach(warning -> warnings.add(warning.json()));
        }
        return oddities.unknownMembers() ? match.put("a_member_added_later", true) : match;
    }

    /** Returns the elements of {@code reports} about identifiers that match nothing. */
    List<ObjectNode> remarks() {
        return remarked ? messages.stream().map(warning -> warning.match()).toList() : List.of();
    }

    /** Returns the gene or product of the hit. */
    ObjectNode descriptor(Hit hit) {
        ObjectNode complete = hit.gene().descriptor(request.report());
        ObjectNode wanted =
                switch (request.content()) {
                    case COMPLETE -> filtered ? filter(complete) : complete;
                    case IDS_ONLY -> only(complete, List.of("gene_id"));
                    case COUNTS_ONLY -> only(complete, List.of("gene_id", "transcript_count", "protein_count"));
                };
        return oddities.equals(Oddities.NONE) ? wanted : odd(wanted.deepCopy());
    }

    /** Returns true if the filter removes all transcripts of the hit. */
    boolean isFilteredOut(Hit hit) {
        return filtered && descriptor(hit).path("transcripts").isEmpty();
    }

    private ObjectNode filter(ObjectNode product) {
        List<Accession> wanted =
                request.accessionFilter().stream().map(Accession::parse).toList();
        ArrayNode transcripts = Json.NODES.arrayNode();
        for (JsonNode transcript : product.path("transcripts")) {
            Accession own = Accession.parse(Json.text(transcript, "accession_version"));
            Accession protein = Accession.parse(Json.text(transcript.path("protein"), "accession_version"));
            if (wanted.stream().anyMatch(accession -> accession.matches(own) || accession.matches(protein))) {
                transcripts.add(transcript);
            }
        }
        ObjectNode filtered = Json.object();
        product.properties().forEach(member -> filtered.set(member.getKey(), member.getValue()));
        if (transcripts.isEmpty()) {
            filtered.remove("transcripts");
        } else {
            filtered.set("transcripts", transcripts);
        }
        return filtered;
    }

    private static ObjectNode only(ObjectNode gene, List<String> members) {
        ObjectNode some = Json.object();
        for (String member : members) {
            if (gene.has(member)) {
                some.set(member, gene.get(member));
            }
        }
        return some;
    }

    private ObjectNode odd(ObjectNode descriptor) {
        if (oddities.unknownEnums()) {
            descriptor.put("type", "A_TYPE_ADDED_LATER");
            descriptor.put("orientation", "sideways");
            for (JsonNode transcript : descriptor.path("transcripts")) {
                ((ObjectNode) transcript)
                        .put("type", "A_TYPE_ADDED_LATER")
                        .put("select_category", "A_CATEGORY_ADDED_LATER");
            }
        }
        if (oddities.unknownMembers()) {
            addUnknownMembers(descriptor);
        }
        return descriptor;
    }

    // Adds members of every JSON type to every object.
    private static void addUnknownMembers(JsonNode node) {
        node.forEach(Page::addUnknownMembers);
        if (node instanceof ObjectNode object) {
            object.put("a_text_added_later", "\"}],{\\u0000");
            object.put("a_number_added_later", -1.5e300);
            object.putNull("a_null_added_later");
            object.putArray("a_list_added_later").add(1).addObject().put("gene_id", "not a gene id");
            object.putObject("an_object_added_later")
                    .putArray("reports")
                    .addObject()
                    .put("gene", "no gene");
        }
    }
}
