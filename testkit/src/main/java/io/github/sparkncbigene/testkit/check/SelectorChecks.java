package io.github.sparkncbigene.testkit.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Checks the other selectors of genes. */
final class SelectorChecks {
    private SelectorChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of(
                                "accession-and-locus-tag",
                                Evidence.UNKNOWN,
                                "Accessions with `locus_tags` beside them find the genes of both.",
                                Probe.ACCESSION_AND_LOCUS_TAG)
                        .ifSo("Gives the rows of both.")
                        .ifNot(
                                "An identifier whose gene is not returned is a row with the warning `NOT_FOUND`. If the request is refused, the read fails: give accessions and locus tags to two reads.")
                        .standInSwitch("severalSelectors")
                        .by(replies -> both(replies, Probe.ACCESSION_AND_LOCUS_TAG)),
                Check.of(
                                "several-selectors",
                                Evidence.UNKNOWN,
                                "A POST with GeneIDs and locus tags finds the genes of both.",
                                Probe.GENE_ID_AND_LOCUS_TAG)
                        .ifSo("Never sends such a request.")
                        .ifNot("Never sends such a request.")
                        .standInSwitch("severalSelectors")
                        .by(replies -> both(replies, Probe.GENE_ID_AND_LOCUS_TAG)),
                Check.of("locus-tag", Evidence.DOCUMENTED, "A locus tag finds its gene.", Probe.LOCUS_TAG)
                        .ifSo("Gives the gene.")
                        .ifNot("Gives a row without a gene.")
                        .by(replies -> ids(replies, Probe.LOCUS_TAG, Set.of("944742"))),
                Check.of(
                                "symbol-case",
                                Evidence.RECORDED,
                                "A symbol is found whatever its case, and `query` names it in one case or another.",
                                Probe.SYMBOL)
                        .ifSo("Compares symbols without regard to case.")
                        .ifNot("Without `query`, the symbol and the synonyms of the report decide.")
                        .standInSwitch("queryEcho")
                        .by(SelectorChecks::symbol),
                Check.of(
                                "symbol-synonym",
                                Evidence.RECORDED,
                                "A synonym finds the gene as its symbol does.",
                                Probe.SYNONYM)
                        .ifSo("Gives each gene that the symbol or a synonym hits.")
                        .ifNot("Gives only genes of that symbol.")
                        .by(SelectorChecks::synonym),
                Check.of("unknown-symbol", Evidence.REPORTED, "An unknown symbol gives `{}`.", Probe.UNKNOWN_SYMBOL)
                        .ifSo("Gives a row without a gene.")
                        .ifNot("NCBI's own words stand in `warnings` instead.")
                        .standInSwitch("unknownIds")
                        .by(replies -> IdentifierChecks.nothing(replies, Probe.UNKNOWN_SYMBOL)),
                Check.of(
                                "sort-field",
                                Evidence.UNKNOWN,
                                "`sort.field` = `symbol` sorts the reports by symbol.",
                                Probe.SORT)
                        .ifSo("Sends what the option says. Spark's `ORDER BY` does not depend on it.")
                        .ifNot(
                                "If it is ignored, rows come in another order. If it is refused, the read fails with NCBI's message. Sort in Spark.")
                        .standInSwitch("sorting")
                        .by(SelectorChecks::sort));
    }

    private static Finding both(Replies replies, Probe probe) throws Unseen {
        return ids(replies, probe, Set.of("59067", "944742"));
    }

    private static Finding ids(Replies replies, Probe probe, Set<String> wanted) throws Unseen {
        Set<String> ids = Reports.distinctGeneIds(replies.reports(probe));
        return Finding.of(ids.equals(wanted), ids.isEmpty() ? "nothing" : "GeneIDs " + ids);
    }

    private static Finding symbol(Replies replies) throws Unseen {
        JsonNode report = replies.report(Probe.SYMBOL);
        List<String> query = Reports.query(report);
        boolean named = query.stream().anyMatch(name -> name.equalsIgnoreCase("il21"));
        return Finding.of(
                named && Reports.geneIds(List.of(report)).equals(List.of("59067")),
                query.isEmpty() ? "no query" : query.toString());
    }

    private static Finding synonym(Replies replies) throws Unseen {
        List<String> ids = Reports.geneIds(replies.reports(Probe.SYNONYM));
        return Finding.of(ids.contains("59067"), ids.isEmpty() ? "nothing" : "GeneIDs " + ids);
    }

    private static Finding sort(Replies replies) throws Unseen {
        List<String> symbols = replies.reports(Probe.SORT).stream()
                .map(report -> report.path("gene").path("symbol").asText())
                .toList();
        return Finding.of(symbols.equals(List.of("BRCA1", "CFTR", "HBB", "TP53")), symbols.toString());
    }
}
