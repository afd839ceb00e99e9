package io.github.sparkncbigene.service;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request to the gene service, ready to send.
 *
 * @param path path below the base URL, encoded, with a leading slash
 * @param query parameters in order, not encoded; a list repeats its name
 * @param body JSON for POST, or null for GET
 * @param accept the requested content type
 * @param divisible true if the request can be split in case its response is too large
 */
public record GeneRequest(String path, List<Parameter> query, String body, String accept, boolean divisible) {
    public static final String JSON = "application/json";
    public static final String NDJSON = "application/x-ndjson";
    public static final String TSV = "text/tab-separated-values";

    /** One parameter of the query string. */
    public record Parameter(String name, String value) {}

    public GeneRequest {
        query = List.copyOf(query);
    }

    public boolean isPost() {
        return body != null;
    }

    /** Returns the path and the query string, encoded. */
    public String pathAndQuery() {
        return query.isEmpty()
                ? path
                : path
                        + query.stream()
                                .map(p -> encode(p.name()) + "=" + encode(p.value()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    /** Percent-encodes text for a path segment or a query string; no text can end the segment. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
