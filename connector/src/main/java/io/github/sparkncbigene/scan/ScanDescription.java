package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.read.ReadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What EXPLAIN says of a scan: which genes, what was pushed, and what it will cost. Holds no secret. */
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
        parts.add("wire: " + requests.wire()
                + (requests.narrowed().returnedContent() == null
                        ? ""
                        : " " + requests.narrowed().returnedContent()));
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

    /** Of a stream, whose files are not read for it. */
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
