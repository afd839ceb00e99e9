package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads members of reports, in either spelling, gene_id or geneId. */
final class Reports {
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

    private Reports() {}

    static JsonNode member(JsonNode object, String name) {
        JsonNode snake = object.path(name);
        return snake.isMissingNode()
                ? object.path(
                        UNDERSCORE.matcher(name).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT)))
                : snake;
    }

    /** Returns the gene or product of a report; a missing node if there is none. */
    static JsonNode descriptor(JsonNode report) {
        return report.has("gene") ? report.path("gene") : report.path("product");
    }

    /** Returns the GeneIDs of the reports that have a gene, in order. */
    static List<String> geneIds(List<JsonNode> reports) {
        List<String> ids = new ArrayList<>();
        for (JsonNode report : reports) {
            String id = member(descriptor(report), "gene_id").asText("");
            if (!id.isEmpty()) {
                ids.add(id);
            }
        }
        return ids;
    }

    static Set<String> distinctGeneIds(List<JsonNode> reports) {
        return new TreeSet<>(geneIds(reports));
    }

    static List<String> query(JsonNode report) {
        List<String> query = new ArrayList<>();
        report.path("query").forEach(element -> query.add(element.asText()));
        return query;
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
