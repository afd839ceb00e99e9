package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkncbigene.testkit.Taxonomy.Rank;
import io.github.sparkncbigene.testkit.Taxonomy.Taxon;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Suggests taxa by the start of a name: the request with which NCBI's own client first looks up a taxon. */
final class TaxonSuggest {
    private static final String PATH = "/taxonomy/taxon_suggest";
    private static final int MOST = 20;

    private final Taxonomy taxonomy;

    TaxonSuggest(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
    }

    /**
     * Returns true if a request is for suggestions.
     *
     * @param path below the base path of the service
     */
    static boolean isPath(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /**
     * Returns the taxa whose number or name equals, or starts with, the requested text.
     *
     * @param path below the base path of the service, still percent-encoded
     */
    Answer answer(String method, String path, Map<String, List<String>> query, String body) {
        boolean post = path.equals(PATH);
        if (!method.equals(post ? "POST" : "GET")) {
            throw new InvalidRequest(405, "Method Not Allowed");
        }
        JsonNode asked = post ? read(body) : parameters(path, query);
        String words = key(Json.text(asked, "taxon_query"));
        if (words.isEmpty()) {
            throw InvalidRequest.argument("taxon_query is empty");
        }
        boolean exactly = asked.path("exact_match").asBoolean(false);
        boolean higher = Json.text(asked, "tax_rank_filter").equals("higher_taxon");
        ObjectNode answer = Json.object();
        ArrayNode exact = Json.NODES.arrayNode();
        ArrayNode started = Json.NODES.arrayNode();
        for (Taxon taxon : taxonomy.all()) {
            if (!higher && taxon.rank() == Rank.ABOVE_SPECIES) {
                continue;
            }
            if (Long.toString(taxon.id()).equals(words)) {
                exact.add(json(taxon, words));
                continue;
            }
            Optional<String> same = taxon.names().stream()
                    .filter(name -> key(name).equals(words))
                    .findFirst();
            if (same.isPresent()) {
                exact.add(json(taxon, same.get()));
            } else {
                taxon.names().stream()
                        .filter(name -> !exactly && key(name).startsWith(words))
                        .findFirst()
                        .ifPresent(name -> started.add(json(taxon, name)));
            }
        }
        ArrayNode found = exact.addAll(started);
        while (found.size() > MOST) {
            found.remove(found.size() - 1);
        }
        if (!found.isEmpty()) {
            answer.set("sci_name_and_ids", found);
        }
        return Answer.json(200, Map.of(), answer);
    }

    private static JsonNode read(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw InvalidRequest.argument("invalid JSON: " + e.getOriginalMessage());
        }
    }

    private static JsonNode parameters(String path, Map<String, List<String>> query) {
        ObjectNode parameters = Json.object();
        query.forEach((name, values) -> parameters.put(name, values.get(values.size() - 1)));
        String name = path.substring(PATH.length() + 1).replace("+", "%2B");
        try {
            return parameters.put("taxon_query", URLDecoder.decode(name, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw InvalidRequest.argument("malformed path segment");
        }
    }

    private static ObjectNode json(Taxon taxon, String matched) {
        ObjectNode json = Json.object()
                .put("sci_name", taxon.scientificName())
                .put("tax_id", Long.toString(taxon.id()))
                .put("matched_term", matched);
        if (taxon.names().size() > 1) {
            json.put("common_name", taxon.names().get(1));
        }
        return taxon.rank() == Rank.SPECIES ? json.put("rank", "SPECIES") : json;
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
