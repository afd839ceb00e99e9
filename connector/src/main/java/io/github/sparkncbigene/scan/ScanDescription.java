package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.cache.CacheScope;
import io.github.sparkncbigene.cache.CachedBlock;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.options.CacheMode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.ReturnedContent;
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
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The description of a scan in EXPLAIN: its genes, the pushed parts of the query, and its cost. Contains no secret. */
final class ScanDescription {
    private ScanDescription() {}

    /** @param planned the work of the tasks; called only if something selects genes */
    static String of(ScanPlan plan, Supplier<PlannedReads> planned, int tasksAtOnce) {
        RequestFactory requests = plan.spec().requests();
        List<String> parts = new ArrayList<>();
        parts.add("ncbi-gene " + requests.report().word() + " report "
                + plan.selector().map(ScanDescription::selected).orElse("by what a join will find"));
        if (!plan.spec().filters().isEmpty()) {
            parts.add("pushed: " + plan.spec().filters());
        }
        plan.limit().ifPresent(rows -> parts.add("limit " + rows));
        parts.add("wire: " + wire(plan));
        if (plan.selector().isPresent()) {
            PlannedReads reads = planned.get();
            if (isCached(plan, reads)) {
                parts.add("cached: " + reads.cachedIdentifiers());
            }
            boolean sends = plan.spec().options().cacheMode() != CacheMode.OFFLINE;
            parts.add("requests: " + (sends ? reads.requestsToSend() : 0)
                    + (sends && plan.selector().get().kind().isEmpty() ? " and one a page" : ""));
            parts.add("partitions: " + plan.partitions(reads.parts(), tasksAtOnce));
        }
        double rate = plan.spec().options().requestsPerSecond();
        parts.add(Double.isInfinite(rate) ? "no rate limit" : String.format(Locale.ROOT, "rate: %s/s", number(rate)));
        return String.join(", ", parts);
    }

    /** Returns true if responses are cached by identifier, so that the number of cached ones is known. */
    private static boolean isCached(ScanPlan plan, PlannedReads reads) {
        Options options = plan.spec().options();
        Optional<IdentifierBatch> any = Stream.concat(
                        reads.cached().stream().map(CachedBlock::identifiers), reads.requests().stream())
                .findFirst();
        return options.has(Option.CACHE_PATH)
                && options.cacheMode() != CacheMode.REFRESH
                && any.flatMap(batch -> CacheScope.of(plan.spec().requests(), batch))
                        .isPresent();
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
        ReturnedContent content = requests.narrowed().returnedContent();
        return requests.wireFormat().name()
                + (content == ReturnedContent.COMPLETE ? "" : " " + content)
                + (table.why().isEmpty() ? "" : " because " + table.why());
    }

    /** Returns true for a product report whose rows only a join selects, and whose columns fit into a table. */
    private static boolean isTableForKeys(ScanPlan plan) {
        ReadSpec spec = plan.spec();
        return plan.selector().isEmpty()
                && spec.requests().report() == Report.PRODUCT
                && !spec.isTabular()
                && spec.shown() == null
                && TableChoice.of(
                                spec.requests(),
                                Arrays.asList(spec.schema().fieldNames()),
                                spec.filters(),
                                Optional.empty(),
                                true)
                        .isTable();
    }

    /** Describes a stream, without reading its files. */
    static String ofStream(ReadSpec spec) {
        return "ncbi-gene " + spec.requests().report().word() + " report by a stream of accessions, wire: "
                + spec.requests().wireFormat().name();
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
