package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.plan.TableChoice;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The description of a scan in EXPLAIN: its genes, the pushed parts of the query, and its cost. Contains no secret. */
final class ScanDescription {
    private ScanDescription() {}

    static String of(ScanPlan plan, int tasksAtOnce) {
        RequestFactory requests = plan.spec().requests();
        List<String> parts = new ArrayList<>();
        parts.add("ncbi-gene " + requests.report().word() + " report "
                + plan.selector().map(ScanDescription::selected).orElse("by what a join will find"));
        if (!plan.spec().filters().isEmpty()) {
            parts.add("pushed: " + plan.spec().filters());
        }
        if (plan.limit() > 0) {
            parts.add("limit " + plan.limit());
        }
        parts.add("wire: " + wire(plan));
        if (plan.selector().isPresent()) {
            List<IdentifierBatch> batches = plan.batches();
            parts.add("requests: "
                    + batches.stream().filter(IdentifierBatch::isSent).count()
                    + (plan.selector().get().kind().isEmpty() ? " and one a page" : ""));
            parts.add("partitions: " + plan.partitions(batches.size(), tasksAtOnce));
        }
        double rate = plan.spec().options().requestsPerSecond();
        parts.add(Double.isInfinite(rate) ? "no rate limit" : String.format(Locale.ROOT, "rate: %s/s", number(rate)));
        return String.join(", ", parts);
    }

    private static String wire(ScanPlan plan) {
        RequestFactory requests = plan.spec().requests();
        TableChoice table = requests.narrowed().table();
        if (table.isTable()) {
            return "TSV of " + table.fields().size() + " table fields"
                    + (table.ownFilter() ? " with accession_filter" : "") + ", a row per "
                    + (requests.report() == Report.PRODUCT ? "transcript" : "gene");
        }
        if (isTableForKeys(plan)) {
            return "TSV for keys of transcripts, proteins or GeneIDs, else JSON";
        }
        String content = requests.narrowed().returnedContent();
        return requests.wire()
                + (content == null ? "" : " " + content)
                + (table.why().isEmpty() ? "" : " because " + table.why());
    }

    /** True for the product report where only a join can say which rows, and the columns fit into a table. */
    private static boolean isTableForKeys(ScanPlan plan) {
        ReadSpec spec = plan.spec();
        return plan.selector().isEmpty()
                && spec.requests().report() == Report.PRODUCT
                && !spec.isTabular()
                && spec.shown() == null
                && TableChoice.of(
                                Report.PRODUCT,
                                spec.options(),
                                Arrays.asList(spec.schema().fieldNames()),
                                spec.filters(),
                                Optional.empty(),
                                true,
                                spec.requests().ownColumn())
                        .isTable();
    }

    /** Describes a stream, without reading its files. */
    static String ofStream(ReadSpec spec) {
        return "ncbi-gene " + spec.requests().report().word() + " report by a stream of accessions, wire: "
                + spec.requests().wire();
    }

    private static String selected(Selector selector) {
        String kind = selector.kind()
                .map(k ->
                        "by " + selector.identifiers().size() + " " + k.option().key())
                .orElse("by taxon");
        int taxa = selector.symbolsByTaxon().size();
        if (taxa > 1) {
            return kind + " of each of " + taxa + " taxa";
        }
        return selector.locusTags().isEmpty()
                ? kind
                : kind + " and " + selector.locusTags().size() + " locus_tags";
    }

    private static String number(double rate) {
        return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
    }
}
