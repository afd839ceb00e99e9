package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A response of the service.
 *
 * @param headers headers in addition to those of every response
 * @param reports number of reports in the body
 */
record Answer(int status, String contentType, Map<String, String> headers, Body.Source body, int reports) {
    static final String JSON = "application/json";

    private static final String HELP =
            " (For more help, see the NCBI Datasets Documentation at" + " https://www.ncbi.nlm.nih.gov/datasets/docs/)";

    static Answer error(int status, String message, Map<String, String> headers, String phid) {
        if (status == 429) {
            return tooManyRequests(headers, 5);
        }
        return json(
                status,
                headers,
                Json.object()
                        .put("error", reason(status))
                        .put("code", status)
                        .put("message", message(status, message, phid)));
    }

    // Wording of another of NCBI's gateways. Without a key, it names the client's address instead.
    static Answer tooManyRequests(Map<String, String> headers, int limit) {
        return json(
                429,
                headers,
                Json.object()
                        .put("error", "API rate limit exceeded")
                        .put("api-key", "127.0.0.1")
                        .put("count", Integer.toString(limit + 1))
                        .put("limit", Integer.toString(limit)));
    }

    static Answer json(int status, Map<String, String> headers, ObjectNode body) {
        return new Answer(status, JSON, headers, Body.bytes(Json.write(body).getBytes(StandardCharsets.UTF_8)), 0);
    }

    static Answer html(int status) {
        String page = "<!DOCTYPE html>\n<html><head><title>" + status + "</title></head><body><h1>" + reason(status)
                + "</h1></body></html>\n";
        return new Answer(
                status, "text/html; charset=utf-8", Map.of(), Body.bytes(page.getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** Returns status 200 with a JSON body. */
    static Answer ok(String json) {
        return new Answer(200, JSON, Map.of(), Body.bytes(json.getBytes(StandardCharsets.UTF_8)), 0);
    }

    static Answer empty() {
        return new Answer(200, JSON, Map.of(), Body.bytes(new byte[0]), 0);
    }

    private static String message(int status, String message, String phid) {
        if (!message.isEmpty()) {
            return message + HELP;
        }
        return switch (status) {
            case 400 -> "Invalid argument provided: 'invalid request'." + HELP;
            case 404 -> "Your request is invalid." + HELP;
            case 500 -> reason(status) + HELP;
            case 504 -> "Internal server error - request timed out (" + phid + ")";
            default -> reason(status) + (status > 500 ? " (" + phid + ")" : HELP);
        };
    }

    private static String reason(int status) {
        if (status == 500) {
            return "Internal Server Error";
        }
        String reason = HttpStatus.getMessage(status);
        return reason == null ? "Error" : reason;
    }
}
