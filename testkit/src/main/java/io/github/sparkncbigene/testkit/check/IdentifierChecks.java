package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Checks the service's treatment of accessions. */
final class IdentifierChecks {
    private IdentifierChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                                "version-optional",
                                Evidence.RECORDED,
                                "An accession without a version finds its gene.",
                                Probe.NO_VERSION)
                        .ifSo("Sends accessions as given.")
                        .ifNot("The accession is a row with the warning `NOT_FOUND`: give the version.")
                        .by(replies -> found(replies, Probe.NO_VERSION, "7157")),
                Check.of(
                                "superseded-version",
                                Evidence.UNKNOWN,
                                "A superseded version finds the gene of the current one, and nothing is said about it.",
                                Probe.SUPERSEDED_VERSION)
                        .ifSo("Gives the gene.")
                        .ifNot(
                                "With a warning, `warnings` of the row holds it. If nothing is found, the row has the warning `NOT_FOUND`: give the accession without its version.")
                        .standInSwitch("supersededVersion")
                        .by(IdentifierChecks::superseded),
                Check.of(
                                "unknown-alone",
                                Evidence.RECORDED,
                                "If no identifier is known, the response is `{}`.",
                                Probe.UNKNOWN_ALONE)
                        .ifSo("Gives a row with the warning `NOT_FOUND`.")
                        .ifNot("NCBI's own words stand in `warnings` instead.")
                        .standInSwitch("unknownIds")
                        .by(replies -> nothing(replies, Probe.UNKNOWN_ALONE)),
                Check.of(
                                "unknown-beside-known",
                                Evidence.RECORDED,
                                "An unknown identifier beside known ones is missing, without a word.",
                                Probe.UNKNOWN_BESIDE_KNOWN)
                        .ifSo("Gives a row with the warning `NOT_FOUND`.")
                        .ifNot("NCBI's own words stand in `warnings` instead.")
                        .standInSwitch("unknownIds")
                        .by(IdentifierChecks::beside),
                Check.of(
                                "no-accession",
                                Evidence.UNKNOWN,
                                "A word that cannot be an accession is as an unknown one: the others are found.",
                                Probe.NO_ACCESSION)
                        .ifSo("Does not send such words, and gives a row with a warning.")
                        .ifNot("Divides a batch refused with status 400 until the refused word stands alone.")
                        .standInSwitch("refuse")
                        .by(IdentifierChecks::noAccession),
                Check.of("lower-case", Evidence.UNKNOWN, "An accession in lower case finds nothing.", Probe.LOWER_CASE)
                        .ifSo("Gives a row with the warning `NOT_FOUND`.")
                        .ifNot("Gives the gene; upper and lower case match each other.")
                        .by(IdentifierChecks::lowerCase),
                Check.of(
                                "ensembl",
                                Evidence.RECORDED,
                                "Ensembl transcripts find their genes, though this is documented nowhere.",
                                Probe.OTHER_DATABASES)
                        .ifSo("Gives the gene.")
                        .ifNot("Gives a row with the warning `NOT_FOUND`.")
                        .by(IdentifierChecks::ensembl),
                Check.of(
                                "other-databases",
                                Evidence.REPORTED,
                                "WP_, NG_ and GenBank accessions find nothing.",
                                Probe.OTHER_DATABASES)
                        .ifSo("Gives a row with the warning `NOT_FOUND`.")
                        .ifNot("Gives the genes.")
                        .by(IdentifierChecks::others));
    }

    private static Finding found(Replies replies, Probe probe, String id) throws Unseen {
        List<String> ids = Reports.geneIds(replies.reports(probe));
        return Finding.of(ids.equals(List.of(id)), ids.isEmpty() ? "nothing" : "GeneIDs " + ids);
    }

    private static Finding superseded(Replies replies) throws Unseen {
        List<JsonNode> reports = replies.reports(Probe.SUPERSEDED_VERSION);
        if (!Reports.geneIds(reports).equals(List.of("7157"))) {
            return Finding.deviates(reports.isEmpty() ? "nothing" : Reply.shorten(reports.toString()));
        }
        JsonNode report = reports.get(0);
        JsonNode warnings = report.has("warnings") ? report.path("warnings") : report.path("warning");
        return warnings.isEmpty()
                ? Finding.asExpected("the gene")
                : Finding.deviates("the gene, with a warning: " + Reply.shorten(warnings.toString()));
    }

    static Finding nothing(Replies replies, Probe probe) throws Unseen {
        JsonNode page = replies.page(probe);
        return Finding.of(page.isEmpty(), Reply.shorten(page.toString()));
    }

    private static Finding beside(Replies replies) throws Unseen {
        JsonNode page = replies.page(Probe.UNKNOWN_BESIDE_KNOWN);
        boolean only = page.path("reports").size() == 1 && page.path("messages").isEmpty();
        JsonNode rest = page.has("messages")
                ? page.path("messages")
                : page.path("reports").path(1);
        return Finding.of(
                only,
                only ? "one report" : page.path("reports").size() + " reports, " + Reply.shorten(rest.toString()));
    }

    private static Finding noAccession(Replies replies) throws Unseen {
        return found(replies, Probe.NO_ACCESSION, "59067");
    }

    private static Finding lowerCase(Replies replies) throws Unseen {
        List<String> ids = Reports.geneIds(replies.reports(Probe.LOWER_CASE));
        return Finding.of(ids.isEmpty(), ids.isEmpty() ? "nothing" : "GeneIDs " + ids);
    }

    private static Finding ensembl(Replies replies) throws Unseen {
        List<String> ids = Reports.geneIds(replies.reports(Probe.OTHER_DATABASES));
        return Finding.of(ids.contains("7157"), ids.isEmpty() ? "nothing" : "GeneIDs " + ids);
    }

    private static Finding others(Replies replies) throws Unseen {
        List<JsonNode> reports = replies.reports(Probe.OTHER_DATABASES);
        boolean others = reports.stream()
                        .filter(report -> !Reports.geneIds(List.of(report)).isEmpty())
                        .flatMap(report -> Reports.query(report).stream())
                        .anyMatch(query -> !query.startsWith("ENST"))
                || Reports.geneIds(reports).stream().anyMatch(id -> !id.equals("7157"));
        return Finding.of(!others, others ? Reply.shorten(reports.toString()) : "nothing");
    }
}
