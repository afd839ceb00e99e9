package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Checks pages in every format. */
final class PageChecks {
    private PageChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                                "next-page-token",
                                Evidence.RECORDED,
                                "The token of the next page is in the body and in the header `X-Ncbi-Next-Page-Token`.",
                                Probe.PAGE_1)
                        .ifSo("Requests the next page as soon as the header is there.")
                        .ifNot("Without the header, the next page waits for the end of this one.")
                        .by(PageChecks::token),
                Check.of(
                                "total-count",
                                Evidence.RECORDED,
                                "The first page tells `total_count` in body and header: how many reports were found.",
                                Probe.PAGE_1)
                        .ifSo("Proves that no page is missing.")
                        .ifNot("The proof is left out.")
                        .by(PageChecks::total),
                Check.of(
                                "later-pages",
                                Evidence.RECORDED,
                                "Later pages tell no `total_count`, and the last one has no token.",
                                Probe.PAGE_2)
                        .ifSo("Ends there.")
                        .ifNot("A count on a later page is ignored; an empty token ends the read as well.")
                        .by(PageChecks::later),
                Check.of(
                                "pages-complete",
                                Evidence.DOCUMENTED,
                                "All pages together hold each gene once.",
                                Probe.PAGE_1,
                                Probe.PAGE_2)
                        .ifSo("Gives each row once.")
                        .ifNot(
                                "Drops a gene that comes again. If one is missing, the batch is requested again, then the read fails.")
                        .by(PageChecks::complete),
                Check.of(
                                "page-size-over-1000",
                                Evidence.UNKNOWN,
                                "A `page_size` above 1000 is taken as 1000.",
                                Probe.PAGE_SIZE_2000)
                        .ifSo("Never sends more than 1000.")
                        .ifNot("Never sends more than 1000.")
                        .standInSwitch("oversizedPage")
                        .by(PageChecks::oversized),
                Check.of(
                                "line-shape",
                                Evidence.INFERRED,
                                "A line of NDJSON is a report with its `query`: `{\"gene\":…,\"query\":…}`, and ends in a line feed.",
                                Probe.LINES)
                        .ifSo("`wire_format` = `ndjson` works.")
                        .ifNot(
                                "Reads pages, bare genes and lines without line ends too. Bare genes lack `query`: the identifiers that the gene itself names decide.")
                        .option("wire_format=json")
                        .standInSwitch("ndjsonShape")
                        .by(PageChecks::lineShape),
                Check.of(
                                "token-of-lines",
                                Evidence.REPORTED,
                                "With NDJSON, the token of the next page is in the header.",
                                Probe.LINES)
                        .ifSo("Follows it.")
                        .ifNot(
                                "NDJSON reads end after the first page, and `total_count` tells that reports are missing: the read fails.")
                        .option("wire_format=json")
                        .by(replies -> headerToken(replies, Probe.LINES)),
                Check.of(
                                "token-of-tables",
                                Evidence.REPORTED,
                                "With a table, the token of the next page is in the header.",
                                Probe.TABLE)
                        .ifSo("Follows it.")
                        .ifNot(
                                "Reads of tables end after the first page, and the total count tells that reports are missing: the read fails.")
                        .option("wire_format=json")
                        .by(replies -> headerToken(replies, Probe.TABLE)));
    }

    private static Finding token(Replies replies) throws Unseen {
        String body =
                Reports.member(replies.page(Probe.PAGE_1), "next_page_token").asText("");
        Optional<String> header = replies.ok(Probe.PAGE_1).token();
        if (header.isEmpty()) {
            return Finding.deviates(body.isEmpty() ? "no token" : "no header");
        }
        return Finding.of(
                body.isEmpty() || body.equals(header.get()), body.isEmpty() ? "only in the header" : "in both");
    }

    private static Finding total(Replies replies) throws Unseen {
        String body = Reports.member(replies.page(Probe.PAGE_1), "total_count").asText("");
        String header = replies.ok(Probe.PAGE_1).header("X-Ncbi-Total-Count").orElse("");
        return Finding.of(body.equals("5") && header.equals("5"), "body '" + body + "', header '" + header + "'");
    }

    private static Finding later(Replies replies) throws Unseen {
        JsonNode page = replies.page(Probe.PAGE_2);
        Reply reply = replies.ok(Probe.PAGE_2);
        List<String> told = new ArrayList<>();
        if (!Reports.member(page, "total_count").isMissingNode()
                || reply.header("X-Ncbi-Total-Count").isPresent()) {
            told.add("a count");
        }
        if (!Reports.member(page, "next_page_token").asText("").isEmpty()
                || reply.token().isPresent()) {
            told.add("a token");
        }
        return Finding.of(told.isEmpty(), told.isEmpty() ? "neither" : String.join(" and ", told));
    }

    private static Finding complete(Replies replies) throws Unseen {
        List<String> ids = new ArrayList<>(Reports.geneIds(replies.reports(Probe.PAGE_1)));
        ids.addAll(Reports.geneIds(replies.reports(Probe.PAGE_2)));
        return Finding.of(ids.size() == 5 && new HashSet<>(ids).size() == 5, "GeneIDs " + ids);
    }

    private static Finding oversized(Replies replies) throws Unseen {
        int reports = replies.reports(Probe.PAGE_SIZE_2000).size();
        return Finding.of(reports == 2, reports + " reports");
    }

    private static Finding lineShape(Replies replies) throws Unseen {
        Reply reply = replies.ok(Probe.LINES);
        List<JsonNode> values = new ArrayList<>();
        try (MappingIterator<JsonNode> read =
                Reply.MAPPER.readerFor(JsonNode.class).readValues(reply.body())) {
            read.forEachRemaining(values::add);
        } catch (IOException | RuntimeException e) {
            return Finding.deviates("no lines of JSON: " + reply.summary());
        }
        if (values.isEmpty()) {
            return Finding.deviates("nothing");
        }
        JsonNode first = values.get(0);
        boolean lines = reply.body().strip().lines().count() == values.size();
        String shape = first.has("gene")
                ? "reports"
                : first.has("reports") ? "pages" : first.has("gene_id") || first.has("geneId") ? "bare genes" : "other";
        return Finding.of(
                shape.equals("reports") && lines && values.size() == 2,
                values.size() + " " + shape + (lines ? "" : ", not one a line"));
    }

    private static Finding headerToken(Replies replies, Probe probe) throws Unseen {
        boolean there = replies.ok(probe).token().isPresent();
        return Finding.of(there, there ? "in the header" : "no header");
    }
}
