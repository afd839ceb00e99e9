package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks the gateway in front of the service: headers, limits, errors. */
final class GatewayChecks {
    private GatewayChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                                "wrong-value",
                                Evidence.INFERRED,
                                "A value that the service does not know, such as an unknown table field, gets status 400.",
                                Probe.WRONG_FIELD)
                        .ifSo("Fails with NCBI's message. Names of table fields are checked before any request.")
                        .ifNot("Nothing: such values are not sent.")
                        .by(GatewayChecks::wrongValue),
                Check.of("error-form", Evidence.RECORDED, "An error is JSON with `error`, `code` and `message`.")
                        .ifSo("Quotes NCBI's message.")
                        .ifNot("Quotes the start of the body.")
                        .by(GatewayChecks::errors),
                Check.of(
                                "rate-limit-headers",
                                Evidence.RECORDED,
                                "Responses tell the allowed rate in `X-RateLimit-Limit`: 5, or 10 with a key.")
                        .ifSo("Slows down if the header tells less than it sends.")
                        .ifNot("Keeps to `requests_per_second`.")
                        .standInSwitch("announcedRateLimit")
                        .by(GatewayChecks::rate),
                Check.of("request-id", Evidence.RECORDED, "Every response has a request id in `Ncbi-Phid`.")
                        .ifSo("Errors and the column `_request_id` name it.")
                        .ifNot("They name none.")
                        .by(GatewayChecks::requestId),
                Check.of(
                                "url-length",
                                Evidence.REPORTED,
                                "URLs of ordinary length are served; very long ones get status 414 or 431.")
                        .ifSo("Sends a GET only while the URL is short.")
                        .ifNot("Divides the batch, or use POST.")
                        .option("method=post")
                        .standInSwitch("maxUrlLength")
                        .by(GatewayChecks::urlLength),
                Check.of(
                                "too-many-requests",
                                Evidence.INFERRED,
                                "Too many requests get status 429 with `retry-after` in seconds and a JSON body. The check does not provoke it.")
                        .ifSo("Waits as long as `retry-after` says, in all tasks.")
                        .ifNot("Waits by its own back-off; any body will do.")
                        .option("requests_per_second=3")
                        .standInSwitch("rateLimit, retryAfter")
                        .by(GatewayChecks::tooMany));
    }

    private static Finding wrongValue(Replies replies) throws Unseen {
        Reply reply = replies.any(Probe.WRONG_FIELD);
        return Finding.of(reply.status() == 400, reply.summary());
    }

    private static Finding errors(Replies replies) {
        boolean seen = false;
        for (Reply reply : replies.all()) {
            if (reply.status() == 200 || reply.status() == 429) {
                continue;
            }
            seen = true;
            JsonNode error = reply.json().orElse(null);
            if (error == null || !error.has("error") || !error.has("code") || !error.has("message")) {
                return Finding.deviates(reply.summary());
            }
        }
        return seen ? Finding.asExpected("JSON") : Finding.notSeen("no error");
    }

    private static Finding rate(Replies replies) {
        Set<String> limits = new TreeSet<>();
        for (Reply reply : replies.all()) {
            limits.add(reply.header("X-RateLimit-Limit").orElse("no header"));
        }
        if (limits.isEmpty()) {
            return Finding.notSeen("not sent");
        }
        return Finding.of(Set.of("5", "10").containsAll(limits), String.join(", ", limits));
    }

    private static Finding requestId(Replies replies) {
        if (replies.all().isEmpty()) {
            return Finding.notSeen("not sent");
        }
        long without = replies.all().stream()
                .filter(reply -> reply.header("Ncbi-Phid").isEmpty())
                .count();
        return Finding.of(without == 0, without == 0 ? "in every response" : "missing in " + without);
    }

    private static Finding urlLength(Replies replies) {
        if (replies.all().isEmpty()) {
            return Finding.notSeen("not sent");
        }
        long refused = replies.all().stream()
                .filter(reply -> reply.status() == 414 || reply.status() == 431)
                .count();
        return Finding.of(refused == 0, refused == 0 ? "all served" : refused + " refused");
    }

    private static Finding tooMany(Replies replies) {
        for (Reply reply : replies.all()) {
            if (reply.status() == 429) {
                boolean expected = Reports.isNumber(reply.header("retry-after").orElse(""))
                        && reply.json().filter(json -> json.has("error")).isPresent();
                return Finding.of(
                        expected,
                        "retry-after " + reply.header("retry-after").orElse("missing") + ", " + reply.summary());
            }
        }
        return Finding.notSeen("no 429");
    }
}
