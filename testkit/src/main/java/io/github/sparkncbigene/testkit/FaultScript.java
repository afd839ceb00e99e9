package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads faults from JSON: a rule or a list of rules, such as {@code {"fault": "status", "status": 503, "next": 2}}. A
 * rule selects requests by {@code next} (default 1), {@code always}, {@code every}, {@code above} or {@code
 * probability} with {@code seed}.
 */
final class FaultScript {
    private FaultScript() {}

    static void add(JsonNode script, Faults faults) {
        List<JsonNode> rules = new ArrayList<>();
        if (script.isArray()) {
            script.forEach(rules::add);
        } else {
            rules.add(script);
        }
        // Parses all faults before adding any.
        List<Fault> read = rules.stream().map(FaultScript::fault).toList();
        for (int r = 0; r < read.size(); r++) {
            add(rules.get(r), read.get(r), faults);
        }
    }

    private static void add(JsonNode rule, Fault fault, Faults faults) {
        if (rule.path("always").asBoolean()) {
            faults.always(fault);
        } else if (rule.has("every")) {
            faults.every(rule.path("every").asInt(), fault);
        } else if (rule.has("above")) {
            faults.above(rule.path("above").asInt(), fault);
        } else if (rule.has("probability")) {
            faults.withProbability(
                    rule.path("probability").asDouble(), rule.path("seed").asLong(), fault);
        } else {
            faults.next(rule.path("next").asInt(1), fault);
        }
    }

    private static Fault fault(JsonNode rule) {
        String name = Json.text(rule, "fault");
        long bytes = rule.path("bytes").asLong(1 << 20);
        return switch (name) {
            case "status" -> Fault.status(rule.path("status").asInt(500));
            case "too-many-requests" ->
                rule.has("retry_after")
                        ? Fault.tooManyRequests(rule.path("retry_after").asInt())
                        : Fault.tooManyRequests();
            case "html" -> Fault.html(rule.path("status").asInt(200));
            case "empty-body" -> Fault.emptyBody();
            case "content-type" -> Fault.contentType(Json.text(rule, "type"));
            case "no-answer" -> Fault.noAnswer();
            case "reset" -> Fault.reset();
            case "reset-mid-body" -> Fault.resetMidBody();
            case "close-mid-body" -> Fault.closeMidBody();
            case "truncated-gzip" -> Fault.truncatedGzip();
            case "cut-body" -> Fault.cutBody();
            case "concatenated-body" -> Fault.concatenatedBody();
            case "appended" -> Fault.appended(Json.text(rule, "text"));
            case "stalled-body" -> Fault.stalledBody();
            case "slow-body" ->
                Fault.slowBody(
                        rule.path("bytes").asInt(1024),
                        Duration.ofMillis(rule.path("pause").asLong(100)));
            case "repeated-token" -> Fault.repeatedToken();
            case "expired-token" -> Fault.expiredToken();
            case "foreign-token" -> Fault.foreignToken();
            case "endless-pages" -> Fault.endlessPages();
            case "duplicate-report" -> Fault.duplicateReport();
            case "wrong-total-count" -> Fault.wrongTotalCount(rule.path("count").asLong());
            case "unknown-members" -> Fault.unknownMembers();
            case "unknown-enums" -> Fault.unknownEnums();
            case "deep-nesting" -> Fault.deepNesting(rule.path("depth").asInt(2000));
            case "huge-report" -> Fault.hugeReport(bytes);
            case "body" -> Fault.body(Json.text(rule, "text"));
            case "error-in-messages" -> Fault.errorInMessages(Json.text(rule, "message"));
            case "error-in-reports" -> Fault.errorInReports(Json.text(rule, "message"));
            case "missing-report" -> Fault.missingReport();
            case "crossed-answer" -> Fault.crossedAnswer();
            case "unasked-reports" -> Fault.unaskedReports();
            case "gzip-bomb" -> Fault.gzipBomb(bytes);
            default -> throw new IllegalArgumentException("There is no fault named \"" + name + "\"");
        };
    }
}
