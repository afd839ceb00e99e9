package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Checks the shape of a JSON page. */
final class AnswerChecks {
    private AnswerChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                                "report-page",
                                Evidence.DOCUMENTED,
                                "The gene report by accession is a page of JSON: `reports[].gene`.",
                                Probe.ACCESSION)
                        .ifSo("Reads the page.")
                        .ifNot("An invalid response: the request is retried, then the read fails with the error code"
                                + " for what came instead.")
                        .by(replies -> gene(replies, Probe.ACCESSION)),
                Check.of(
                                "metadata-endpoint",
                                Evidence.DOCUMENTED,
                                "The deprecated path `/gene/accession/{accessions}` returns the same page as its"
                                        + " successor.",
                                Probe.METADATA)
                        .ifSo("`endpoint` = `metadata` works.")
                        .ifNot("Reads with `endpoint` = `metadata` fail; the default endpoint does not use that path.")
                        .option("endpoint=report")
                        .by(replies -> gene(replies, Probe.METADATA)),
                Check.of(
                                "post",
                                Evidence.DOCUMENTED,
                                "A POST with `accessions` finds what the GET finds.",
                                Probe.POST_REPORT)
                        .ifSo("Long lists go by POST.")
                        .ifNot("Lists that are too long for a URL fail.")
                        .option("method=get and batch_size=50")
                        .by(AnswerChecks::post),
                Check.of(
                                "product-report",
                                Evidence.DOCUMENTED,
                                "The product report by accession is a page of `reports[].product` with `transcripts`.",
                                Probe.PRODUCT)
                        .ifSo("Reads the page.")
                        .ifNot("An invalid response: the request is retried, then the read fails.")
                        .by(AnswerChecks::product),
                Check.of(
                                "snake-case",
                                Evidence.RECORDED,
                                "Members are spelled `gene_id`, not `geneId`.",
                                Probe.ACCESSION)
                        .ifSo("Reads them.")
                        .ifNot("Reads both spellings.")
                        .standInSwitch("keyCase")
                        .by(AnswerChecks::snakeCase),
                Check.of(
                                "numbers-as-strings",
                                Evidence.RECORDED,
                                "64-bit numbers, GeneIDs among them, are JSON strings.",
                                Probe.ACCESSION)
                        .ifSo("Reads them.")
                        .ifNot("Reads JSON numbers too.")
                        .by(AnswerChecks::strings),
                Check.of(
                                "json-style",
                                Evidence.RECORDED,
                                "White space and the order of members differ between builds of the service.",
                                Probe.ACCESSION)
                        .ifSo("Depends on neither.")
                        .ifNot("Depends on neither.")
                        .standInSwitch("keyOrder, jsonLayout")
                        .by(AnswerChecks::style),
                Check.of(
                                "query-as-requested",
                                Evidence.RECORDED,
                                "`query` names the accession as it was requested, with its version or without.",
                                Probe.ACCESSION,
                                Probe.NO_VERSION)
                        .ifSo("Puts each report beside the accession that it names.")
                        .ifNot("Compares without version. Without `query`, the accessions that the report itself"
                                + " names decide; one request for each accession is always exact.")
                        .option("batch_size=1")
                        .standInSwitch("queryEcho")
                        .by(AnswerChecks::asRequested),
                Check.of(
                                "query-several",
                                Evidence.INFERRED,
                                "If several accessions of one request hit one gene, its `query` names them all.",
                                Probe.SEVERAL_FOR_ONE_GENE)
                        .ifSo("Gives a row for each of them.")
                        .ifNot("An accession that is not named is a row without a gene, unless the report holds the"
                                + " accession itself.")
                        .option("batch_size=1")
                        .standInSwitch("queryEcho")
                        .by(AnswerChecks::several),
                Check.of(
                                "query-ids-only",
                                Evidence.INFERRED,
                                "`query` is there with `returned_content` = `IDS_ONLY`.",
                                Probe.IDS_ONLY)
                        .ifSo("Counting rows and reading GeneIDs needs little data.")
                        .ifNot("Requests complete reports for the rest of the scan.")
                        .option("returned_content=COMPLETE")
                        .standInSwitch("queryInAbbreviatedReports")
                        .by(replies -> query(replies, Probe.IDS_ONLY)),
                Check.of(
                                "query-counts-only",
                                Evidence.INFERRED,
                                "`query` is there with `returned_content` = `COUNTS_ONLY`.",
                                Probe.COUNTS_ONLY)
                        .ifSo("Reading counts needs little data.")
                        .ifNot("Requests complete reports for the rest of the scan.")
                        .option("returned_content=COMPLETE")
                        .standInSwitch("queryInAbbreviatedReports")
                        .by(replies -> query(replies, Probe.COUNTS_ONLY)),
                Check.of(
                                "abbreviated-reports",
                                Evidence.DOCUMENTED,
                                "`IDS_ONLY` leaves only the GeneID of a gene, `COUNTS_ONLY` its counts too.",
                                Probe.IDS_ONLY,
                                Probe.COUNTS_ONLY)
                        .ifSo("Requests them where the columns allow.")
                        .ifNot("Reads what is there; a report that lacks a column it should have is requested again,"
                                + " complete.")
                        .option("returned_content=COMPLETE")
                        .by(AnswerChecks::abbreviated),
                Check.of(
                                "table-fields-json",
                                Evidence.UNKNOWN,
                                "`table_fields` changes nothing in JSON.",
                                Probe.FIELDS_IN_JSON)
                        .ifSo("Sends it with tables only.")
                        .ifNot("Not affected: the parameter is sent with tables only.")
                        .by(AnswerChecks::fieldsInJson),
                Check.of(
                                "error-in-200",
                                Evidence.UNKNOWN,
                                "No response with status 200 holds an error, in `messages` or in a report.")
                        .ifSo("Nothing to do.")
                        .ifNot("An error that names an identifier goes to its row. Any other fails the request,"
                                + " which is retried first.")
                        .by(AnswerChecks::errors));
    }

    private static Finding gene(Replies replies, Probe probe) throws Unseen {
        JsonNode gene = replies.report(probe).path("gene");
        String id = Reports.member(gene, "gene_id").asText();
        return Finding.of(id.equals("59067"), "GeneID " + (id.isEmpty() ? "missing" : id));
    }

    private static Finding post(Replies replies) throws Unseen {
        List<String> ids = Reports.geneIds(replies.reports(Probe.POST_REPORT));
        return Finding.of(ids.size() == 2 && ids.contains("59067") && ids.contains("7157"), "GeneIDs " + ids);
    }

    private static Finding product(Replies replies) throws Unseen {
        List<JsonNode> reports = replies.reports(Probe.PRODUCT);
        int transcripts = 0;
        for (JsonNode report : reports) {
            transcripts += report.path("product").path("transcripts").size();
        }
        return Finding.of(
                reports.size() == 2 && transcripts > 1, reports.size() + " reports, " + transcripts + " transcripts");
    }

    private static Finding snakeCase(Replies replies) throws Unseen {
        JsonNode gene = replies.report(Probe.ACCESSION).path("gene");
        return Finding.of(
                gene.has("gene_id"), gene.has("gene_id") ? "gene_id" : gene.has("geneId") ? "geneId" : "neither");
    }

    private static Finding strings(Replies replies) throws Unseen {
        JsonNode id = Reports.member(replies.report(Probe.ACCESSION).path("gene"), "gene_id");
        return Finding.of(id.isTextual(), "gene_id is " + id.getNodeType());
    }

    private static Finding style(Replies replies) throws Unseen {
        replies.report(Probe.ACCESSION);
        String body = replies.ok(Probe.ACCESSION).body().strip();
        String layout = body.contains("\n") ? "indented" : body.contains(": ") ? "spaced" : "compact";
        return Finding.asExpected(layout);
    }

    private static Finding asRequested(Replies replies) throws Unseen {
        List<String> with = Reports.query(replies.report(Probe.ACCESSION));
        List<String> without = Reports.query(replies.report(Probe.NO_VERSION));
        return Finding.of(
                with.equals(List.of("NM_021803.4")) && without.equals(List.of("NM_000546")), with + " and " + without);
    }

    private static Finding several(Replies replies) throws Unseen {
        List<String> query = Reports.query(replies.report(Probe.SEVERAL_FOR_ONE_GENE));
        return Finding.of(query.size() == 2, query.toString());
    }

    private static Finding query(Replies replies, Probe probe) throws Unseen {
        List<String> query = Reports.query(replies.report(probe));
        return Finding.of(!query.isEmpty(), query.isEmpty() ? "no query" : query.toString());
    }

    private static Finding abbreviated(Replies replies) throws Unseen {
        JsonNode ids = replies.report(Probe.IDS_ONLY).path("gene");
        JsonNode counts = replies.report(Probe.COUNTS_ONLY).path("gene");
        boolean expected = !Reports.member(ids, "gene_id").isMissingNode()
                && ids.path("symbol").isMissingNode()
                && !Reports.member(counts, "transcript_count").isMissingNode()
                && counts.path("symbol").isMissingNode();
        return Finding.of(expected, Reply.shorten(ids + " and " + counts));
    }

    private static Finding fieldsInJson(Replies replies) throws Unseen {
        boolean complete = replies.report(Probe.FIELDS_IN_JSON).path("gene").has("symbol");
        return Finding.of(complete, complete ? "a complete report" : "less than a complete report");
    }

    private static Finding errors(Replies replies) {
        for (Reply reply : replies.all()) {
            JsonNode page = reply.status() == 200 ? reply.json().orElse(null) : null;
            if (page == null) {
                continue;
            }
            for (JsonNode message : page.path("messages")) {
                if (message.has("error")) {
                    return Finding.deviates(Reply.shorten(message.toString()));
                }
            }
            for (JsonNode report : page.path("reports")) {
                if (!report.path("errors").isEmpty()) {
                    return Finding.deviates(Reply.shorten(report.path("errors").toString()));
                }
            }
        }
        return replies.all().isEmpty() ? Finding.notSeen("not sent") : Finding.asExpected("none");
    }
}
