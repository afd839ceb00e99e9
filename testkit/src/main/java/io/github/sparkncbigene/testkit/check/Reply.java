package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A response with its body.
 *
 * @param headers by name in lower case, without secrets
 * @param body without secrets
 */
record Reply(int status, Map<String, List<String>> headers, String body) {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private static final int SHOWN = 120;

    Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst()
                .filter(value -> !value.isEmpty());
    }

    /** Returns the token of the next page, from the header. */
    Optional<String> token() {
        return header("X-Ncbi-Next-Page-Token");
    }

    /** Returns the body as JSON; empty if it is something else. */
    Optional<JsonNode> json() {
        try {
            JsonNode json = MAPPER.readTree(body);
            return json == null || json.isMissingNode() ? Optional.empty() : Optional.of(json);
        } catch (JsonProcessingException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Returns the lines of the body, each with its cells. */
    List<List<String>> table() {
        List<List<String>> lines = new ArrayList<>();
        String[] split = body.split("\n", -1);
        int last = split[split.length - 1].isEmpty() ? split.length - 1 : split.length;
        for (int i = 0; i < last; i++) {
            lines.add(List.of(split[i].split("\t", -1)));
        }
        return lines;
    }

    /**
     * Returns true if the response has a form that the gene service uses: a page, or its JSON error.
     *
     * @param known true if the request names a gene that the service knows: then {@code {}} is not a valid page
     */
    boolean isOfTheService(boolean known) {
        return json().filter(JsonNode::isObject)
                .filter(json -> status == 200
                        ? json.path("reports").isArray()
                                || json.path("messages").isArray()
                                || (json.isEmpty() && !known)
                        : status != 404 && status < 500 && json.has("error") && json.has("code") && json.has("message"))
                .isPresent();
    }

    /** Returns true if the service reports a failure. */
    boolean isFailure() {
        return status >= 500;
    }

    /** Returns the response in a few words. */
    String summary() {
        String message = json().map(json -> json.path("message").asText("")).orElse("");
        String location = header("location").map(url -> " to " + url).orElse("");
        String type = header("content-type").orElse("no content type");
        String start = message.isEmpty() ? body.strip() : message;
        return "status " + status + location + ", " + type + (start.isEmpty() ? "" : ": " + shorten(start));
    }

    static String shorten(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }
}
