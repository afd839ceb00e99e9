package io.github.sparkncbigene.testkit.check;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request of the check.
 *
 * @param name short name, unique among the requests
 * @param path below the base URL, percent-encoded
 * @param query parameters of the query string, in order
 * @param body JSON, or empty for a GET request
 */
public record CheckRequest(String name, String path, List<Parameter> query, Optional<String> body, String accept) {
    /** A parameter of a query string, not encoded. */
    public record Parameter(String name, String value) {}

    /** Returns GET or POST. */
    public String method() {
        return body.isPresent() ? "POST" : "GET";
    }

    /** Returns the path and the query string, encoded. */
    public String pathAndQuery() {
        String encoded = query.stream()
                .map(parameter -> parameter.name() + "=" + encode(parameter.value()))
                .collect(Collectors.joining("&"));
        return encoded.isEmpty() ? path : path + "?" + encoded;
    }

    /** Returns the request on one line, for people. */
    @Override
    public String toString() {
        String kind = accept.equals(Probe.JSON) ? "" : " (" + accept + ")";
        return method() + " " + pathAndQuery() + body.map(json -> " " + json).orElse("") + kind;
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
