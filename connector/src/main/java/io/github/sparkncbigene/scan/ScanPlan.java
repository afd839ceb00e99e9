package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.ReturnedContent;
import io.github.sparkncbigene.plan.Planner;
import io.github.sparkncbigene.plan.RequestFactory.Narrowed;
import io.github.sparkncbigene.plan.RequestRules;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.plan.TableChoice;
import io.github.sparkncbigene.rate.RateShare;
import io.github.sparkncbigene.report.Provenance;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The plan of a query: the genes, the batches that request them, and the data that is read of them. A pure function of
 * its arguments.
 *
 * @param selector the genes; empty if nothing selects them
 * @param spec the data that tasks read
 * @param limit largest number of rows that the query needs; empty for all
 */
record ScanPlan(Optional<Selector> selector, ReadSpec spec, OptionalInt limit) {
    private static final Set<String> IDS = Set.of(
            ReportSchema.ACCESSION, "gene_id", Provenance.REQUESTED, Provenance.REQUEST_ID, Provenance.RETRIEVED_AT);
    private static final Set<String> COUNTS = Stream.concat(
                    IDS.stream(), Stream.of("transcript_count", "protein_count"))
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Creates the plan of a query.
     *
     * @param listed the identifiers that the options select; empty if they select none
     * @param spec the data to read, filters included, not narrowed yet
     */
    static ScanPlan of(Optional<Selector> listed, ReadSpec spec, OptionalInt limit) {
        KeyDomains filters = spec.filters();
        Optional<String> taxon = spec.options().find(Option.TAXON);
        Optional<Selector> selector = listed.map(
                        list -> takesSymbols(spec.options()) ? list.narrowTaxon(filters) : list)
                .map(list -> list.narrow(filters))
                .or(() -> Selector.of(filters, taxon));
        boolean byTranscript = listed.isEmpty()
                && !filters.hasAnyOf(KeyColumn.ACCESSION, KeyColumn.GENE_ID)
                && filters.hasAnyOf(KeyColumn.TRANSCRIPT_ACCESSION, KeyColumn.PROTEIN_ACCESSION);
        ReadSpec read = spec.with(byTranscript || spec.requests().ownColumn().isPresent());
        boolean certain = selector.isPresent() && everyIdentifierHasARow(read, selector.get());
        Optional<Selector> wanted =
                limit.isPresent() && certain ? selector.map(s -> s.first(limit.getAsInt())) : selector;
        boolean pagesOnly = selector.isPresent() && selector.get().kind().isEmpty();
        int largestPage = (certain || pagesOnly) && !spec.options().isGiven(Option.PAGE_SIZE)
                ? limit.orElse(Narrowed.ANY_PAGE)
                : Narrowed.ANY_PAGE;
        ReturnedContent content = returnedContent(read, selector);
        TableChoice table = content == ReturnedContent.COMPLETE ? table(read, selector) : TableChoice.NOT_CONSIDERED;
        Narrowed narrowed = new Narrowed(content, largestPage, accessionFilter(read, selector), table);
        return new ScanPlan(wanted, read.with(read.requests().with(narrowed)), limit);
    }

    /**
     * Returns the plan with additional filters, which a join found while the query ran.
     *
     * @param symbols symbols that the join names, by taxon, by the column of the taxon; empty if it names none
     */
    ScanPlan and(Optional<Selector> listed, KeyDomains found, Map<String, Map<String, Set<String>>> symbols) {
        ScanPlan joined = of(listed, spec.with(spec.filters().and(found)), limit);
        // The requested taxa are values of this column.
        KeyColumn taxa = joined.spec().filters().hasAnyOf(KeyColumn.TAX_ID) ? KeyColumn.TAX_ID : KeyColumn.TAX_NAME;
        Map<String, Set<String>> wanted = symbols.getOrDefault(taxa.column(), Map.of());
        return new ScanPlan(joined.selector().map(which -> which.only(wanted)), joined.spec(), limit);
    }

    /** Returns true if nothing selects genes, not even a filter that no row passes. */
    boolean namesNothing() {
        return selector.isEmpty() && !spec.filters().isNothing();
    }

    /**
     * Returns the batches to request if nothing is cached.
     *
     * @throws io.github.sparkncbigene.error.NcbiGeneException if nothing selects genes, or options conflict
     */
    List<IdentifierBatch> batches() {
        return reads(CachePlanning.Cached::nothing).requests();
    }

    /**
     * Returns the work of all tasks.
     *
     * @param look finds the cached identifiers
     * @throws io.github.sparkncbigene.error.NcbiGeneException if nothing selects genes, or options conflict
     */
    PlannedReads reads(Function<Selector, CachePlanning.Cached> look) {
        if (spec.filters().isNothing()) {
            return PlannedReads.NOTHING;
        }
        Selector which = selector.orElseThrow(Selector::missing);
        RequestRules.check(spec.options(), spec.requests().report(), which);
        if (spec.mode() == Mode.FAILFAST) {
            which.checkWellFormed();
        }
        int batchSize = spec.options().integer(Option.BATCH_SIZE);
        boolean oneRequest = RequestRules.needOneRequest(spec.options(), which);
        int first = oneRequest ? batchSize : limit.orElse(batchSize);
        CachePlanning.Cached cached = look.apply(which);
        List<IdentifierBatch> batches = Planner.batches(cached.missing(), first, batchSize);
        RequestRules.checkBatches(spec.options(), which, batches.size());
        return new PlannedReads(batches, cached.blocks(), cached.files());
    }

    /**
     * Returns the number of partitions for a number of batches.
     *
     * @param tasksAtOnce number of tasks that the cluster runs at once; further tasks would wait for a free core while
     *     their share of a limited rate is unused
     */
    int partitions(int batches, int tasksAtOnce) {
        // For few rows, batches are searched one after another.
        if (limit.isPresent() && limit.getAsInt() <= spec.options().integer(Option.BATCH_SIZE)) {
            return Math.min(batches, 1);
        }
        double rate = spec.options().requestsPerSecond();
        return IntStream.of(
                        batches,
                        spec.options().integer(Option.MAX_PARTITIONS),
                        spec.options().integer(Option.MAX_IN_FLIGHT),
                        RateShare.maxParts(rate),
                        Double.isInfinite(rate) && spec.options().isGiven(Option.MAX_PARTITIONS)
                                ? batches
                                : tasksAtOnce)
                .min()
                .getAsInt();
    }

    /** Returns true if requests by symbol return the same rows for these symbols as the whole taxon. */
    private static boolean takesSymbols(Options options) {
        return Stream.of(Option.PAGE_TOKEN, Option.QUERY, Option.TYPES).noneMatch(options::has);
    }

    /**
     * Returns true if every identifier has a row. In PERMISSIVE mode it has, if only to report that nothing was found.
     */
    private static boolean everyIdentifierHasARow(ReadSpec spec, Selector selector) {
        boolean rowsSayWhatIsMissing =
                !spec.isTabular() || spec.requests().tableFields().contains(ReportSchema.ACCESSION);
        boolean onlyAccessionsFiltered =
                spec.filters().byColumn().keySet().stream().allMatch(ReportSchema.ACCESSION::equals);
        return selector.kind().isPresent()
                && spec.mode() == Mode.PERMISSIVE
                && rowsSayWhatIsMissing
                && onlyAccessionsFiltered
                && !spec.options().has(Option.ACCESSION_FILTER)
                && !spec.options().has(Option.PAGE_TOKEN);
    }

    /** Returns the smallest sufficient part of each gene. */
    private static ReturnedContent returnedContent(ReadSpec spec, Optional<Selector> selector) {
        boolean chosen = spec.options().has(Option.RETURNED_CONTENT);
        boolean off = !spec.options().isTrue(Option.PUSH_DOWN) || isCached(spec, selector);
        if (off || chosen || spec.isTabular() || spec.requests().report() != Report.GENE) {
            return ReturnedContent.COMPLETE;
        }
        // A list of another kind shows missing identifiers in that kind's column.
        boolean plainKind = selector.flatMap(Selector::kind)
                .map(kind -> kind == IdentifierKind.ACCESSION || kind == IdentifierKind.GENE_ID)
                .orElse(true);
        Set<String> needed = Stream.concat(
                        Arrays.stream(spec.schema().fieldNames()), spec.filters().byColumn().keySet().stream())
                .collect(Collectors.toSet());
        if (plainKind && IDS.containsAll(needed)) {
            return ReturnedContent.IDS_ONLY;
        }
        return plainKind && COUNTS.containsAll(needed) ? ReturnedContent.COUNTS_ONLY : ReturnedContent.COMPLETE;
    }

    private static TableChoice table(ReadSpec spec, Optional<Selector> selector) {
        return spec.isTabular() || spec.shown() != null
                ? TableChoice.NOT_CONSIDERED
                : TableChoice.of(
                        spec.requests(),
                        Arrays.asList(spec.schema().fieldNames()),
                        spec.filters(),
                        selector.flatMap(Selector::kind),
                        spec.ownRowsOnly());
    }

    /** Returns true if reports are cached: complete ones, because every query can use them. */
    private static boolean isCached(ReadSpec spec, Optional<Selector> selector) {
        return spec.options().has(Option.CACHE_PATH)
                && selector.flatMap(Selector::kind).isPresent();
    }

    /** Returns the transcripts or proteins that the query needs; the service may omit the others, and the reader does. */
    private static List<String> accessionFilter(ReadSpec spec, Optional<Selector> selector) {
        boolean taken = selector.flatMap(Selector::kind)
                .filter(kind -> kind != IdentifierKind.SYMBOL)
                .isPresent();
        boolean nested = spec.requests().report() == Report.PRODUCT && !spec.isTabular();
        // A service that drops what is filtered would make its accessions look missing.
        boolean failFast = spec.mode() == Mode.FAILFAST;
        if (!taken
                || !nested
                || failFast
                || isCached(spec, selector)
                || spec.options().has(Option.ACCESSION_FILTER)) {
            return List.of();
        }
        return KeyColumn.OF_TRANSCRIPTS.stream()
                .flatMap(column -> spec.filters().of(column).stream())
                .findFirst()
                // The filter is part of every request, so a long one would cost more than it saves.
                .filter(values -> values.size() <= spec.options().integer(Option.BATCH_SIZE))
                .map(List::copyOf)
                .orElse(List.of());
    }
}
