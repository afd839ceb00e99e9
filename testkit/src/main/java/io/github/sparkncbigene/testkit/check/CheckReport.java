package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The result of a check.
 *
 * @param requests number of requests sent
 * @param reason reason for an early end of the check, empty if it was complete
 */
public record CheckReport(
        String baseUrl, int requests, Verdict verdict, String reason, Map<Assumption, Finding> findings) {
    private static final int WIDTH = 90;

    /** Returns the IDs of the assumptions from which the service deviates. */
    public List<String> deviations() {
        List<String> ids = new ArrayList<>();
        findings.forEach((assumption, finding) -> {
            if (finding.outcome() == Outcome.DEVIATES) {
                ids.add(assumption.id());
            }
        });
        return ids;
    }

    /** Returns the table for people. */
    public String table() {
        StringBuilder text = new StringBuilder();
        line(text, baseUrl + ", " + requests + " requests");
        line(text, "");
        line(text, String.format("%-33s %-11s %-11s %s", "id", "evidence", "outcome", "observed"));
        findings.forEach((assumption, finding) -> line(
                text,
                String.format(
                        "%-33s %-11s %-11s %s",
                        assumption.id(),
                        assumption.evidence().word(),
                        finding.outcome().word(),
                        cut(finding.observed()))));
        if (verdict == Verdict.DEVIATES || verdict == Verdict.AS_EXPECTED) {
            deviations(text);
        }
        line(text, "");
        line(text, verdict.sentence() + (reason.isEmpty() ? "" : " " + reason));
        return text.toString();
    }

    private void deviations(StringBuilder text) {
        findings.forEach((assumption, finding) -> {
            if (finding.outcome() == Outcome.DEVIATES) {
                line(text, "");
                line(text, assumption.id() + ": expected: " + assumption.belief());
                line(text, "  observed: " + finding.observed());
                line(text, "  the connector: " + assumption.ifNot());
                line(
                        text,
                        assumption.option().isEmpty()
                                ? "  no option to set"
                                : "  consider the option " + assumption.option());
            }
        });
    }

    /** Returns the report as JSON. */
    public String json() {
        ObjectNode report = Reply.MAPPER.createObjectNode();
        report.put("base_url", baseUrl)
                .put("requests", requests)
                .put("verdict", verdict.name())
                .put("reason", reason);
        ArrayNode checks = report.putArray("checks");
        findings.forEach((assumption, finding) -> {
            ObjectNode check = checks.addObject()
                    .put("id", assumption.id())
                    .put("evidence", assumption.evidence().name())
                    .put("expected", assumption.belief())
                    .put("outcome", finding.outcome().name())
                    .put("observed", finding.observed());
            check.put("connector", finding.outcome() == Outcome.DEVIATES ? assumption.ifNot() : assumption.ifSo());
            if (finding.outcome() == Outcome.DEVIATES && !assumption.option().isEmpty()) {
                check.put("option", assumption.option());
            }
            ArrayNode names = check.putArray("requests");
            assumption.requests().forEach(names::add);
        });
        try {
            return Reply.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The report cannot be written as JSON", e);
        }
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
