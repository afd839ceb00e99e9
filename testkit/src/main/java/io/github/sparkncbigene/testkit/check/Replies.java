package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The responses of a run, and the failures without a response. */
final class Replies {
    private final Map<Probe, Reply> replies = new EnumMap<>(Probe.class);
    private final Map<Probe, String> failures = new EnumMap<>(Probe.class);

    void add(Probe probe, Reply reply) {
        replies.put(probe, reply);
    }

    void fail(Probe probe, String reason) {
        failures.put(probe, reason);
    }

    Optional<Reply> find(Probe probe) {
        return Optional.ofNullable(replies.get(probe));
    }

    Collection<Reply> all() {
        return replies.values();
    }

    Map<Probe, Reply> byProbe() {
        return replies;
    }

    /** Returns the response, whatever its status. */
    Reply any(Probe probe) throws Unseen {
        Reply reply = replies.get(probe);
        if (reply == null) {
            throw new Unseen(failures.containsKey(probe), failures.getOrDefault(probe, "not sent"));
        }
        return reply;
    }

    /** Returns the response, whose status must be 200. */
    Reply ok(Probe probe) throws Unseen {
        Reply reply = any(probe);
        if (reply.status() != 200) {
            throw new Unseen(true, reply.summary());
        }
        return reply;
    }

    /** Returns the response as a JSON page. */
    JsonNode page(Probe probe) throws Unseen {
        Reply reply = ok(probe);
        return reply.json().filter(JsonNode::isObject).orElseThrow(() -> new Unseen(true, reply.summary()));
    }

    /** Returns the reports of a page. */
    List<JsonNode> reports(Probe probe) throws Unseen {
        List<JsonNode> reports = new ArrayList<>();
        page(probe).path("reports").forEach(reports::add);
        return reports;
    }

    /** Returns the only report of a page. */
    JsonNode report(Probe probe) throws Unseen {
        List<JsonNode> reports = reports(probe);
        if (reports.size() != 1) {
            throw new Unseen(
                    true,
                    reports.size() + " reports: " + Reply.shorten(any(probe).body()));
        }
        return reports.get(0);
    }

    /** Returns the lines of a table, including its header. */
    List<List<String>> table(Probe probe) throws Unseen {
        Reply reply = ok(probe);
        if (reply.header("content-type")
                .filter(type -> type.contains("tab-separated"))
                .isEmpty()) {
            throw new Unseen(true, reply.summary());
        }
        return reply.table();
    }
}
