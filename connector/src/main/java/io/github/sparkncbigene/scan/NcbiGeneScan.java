package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.AccessionStreamFiles;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.identifier.SymbolOfTaxon;
import io.github.sparkncbigene.metrics.ScanMetrics;
import io.github.sparkncbigene.options.CacheMode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.Selector;
import io.github.sparkncbigene.predicate.PredicateReader;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.spec.ReadSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;

/** A scan of the gene service: its genes and its columns. A join may narrow it while the query runs. */
final class NcbiGeneScan implements SupportsRuntimeV2Filtering, SupportsReportStatistics, PrunableScan {
    private final Supplier<Optional<Selector>> listing;
    private final ReadSpec spec;
    private final List<Predicate> unselective;
    private final OptionalInt limit;
    private Optional<Selector> listed;
    private ScanPlan plan;
    private PlannedReads reads;
    private ScanPlan readsOf;
    private String described;
    private int tasksAtOnce;
    private boolean streamed;
    private Boolean metered;
    private KeyDomains foundByJoin = KeyDomains.ALL;
    /** Symbols by their taxa, by the column that names the taxa. */
    private final Map<String, Map<String, Set<String>>> symbolsFoundByJoin = new TreeMap<>();

    private List<String> keysMissing;

    /**
     * @param listing the identifiers that the options select, including those in files; not called for a stream
     * @param unselective filters on key columns that Spark applies itself
     * @param limit largest number of rows that the query needs; empty for all
     */
    NcbiGeneScan(Supplier<Optional<Selector>> listing, ReadSpec spec, List<Predicate> unselective, OptionalInt limit) {
        this.listing = listing;
        this.spec = spec;
        this.unselective = unselective;
        this.limit = limit;
    }

    private synchronized Optional<Selector> listed() {
        if (listed == null) {
            listed = listing.get();
        }
        return listed;
    }

    private synchronized ScanPlan plan() {
        if (plan == null) {
            plan = ScanPlan.of(listed(), spec, limit);
        }
        return plan;
    }

    /** Computed once, so that planning a scan twice gives the same plan. */
    private synchronized int tasksAtOnce() {
        if (tasksAtOnce == 0) {
            tasksAtOnce = TasksAtOnce.now();
        }
        return tasksAtOnce;
    }

    @Override
    public StructType readSchema() {
        return spec.columns();
    }

    @Override
    public String description() {
        return streamed ? ScanDescription.ofStream(spec) : described();
    }

    /** Computed once: the cache may have changed since, but the plan has not. */
    private synchronized String described() {
        if (described == null) {
            described = ScanDescription.of(plan(), () -> reads(plan()), tasksAtOnce());
        }
        return described;
    }

    @Override
    public Batch toBatch() {
        ScanPlan joined = joinedPlan();
        return new NcbiGeneBatch(joined, () -> reads(joined), tasksAtOnce(), this::missing);
    }

    /** Looked up once, so that a scan that is planned twice is planned the same way. */
    private synchronized PlannedReads reads(ScanPlan joined) {
        if (reads == null || !joined.equals(readsOf)) {
            reads = CachePlanning.reads(joined);
            readsOf = joined;
        }
        return reads;
    }

    /** Returns the plan narrowed by a join. */
    private ScanPlan joinedPlan() {
        return foundByJoin.isEmpty() ? plan() : plan().and(listed(), foundByJoin, symbolsFoundByJoin);
    }

    /** Returns true if symbols with taxa can select the genes to read. */
    private boolean isSelectedBySymbol() {
        boolean listed = Stream.of(
                        Option.ACCESSIONS, Option.ACCESSIONS_PATH, Option.GENE_IDS, Option.LOCUS_TAGS, Option.SYMBOLS)
                .anyMatch(spec.options()::has);
        return !listed && !spec.filters().hasAnyOf(KeyColumn.ACCESSION, KeyColumn.GENE_ID, KeyColumn.LOCUS_TAG);
    }

    private NcbiGeneException missing() {
        return new MissingSelector(joinedPlan().spec().filters(), unselective, Optional.ofNullable(keysMissing))
                .error();
    }

    @Override
    public void keysMissing(List<String> reasons) {
        keysMissing = List.copyOf(reasons);
    }

    /** The stream reads the files itself, in slices. */
    @Override
    public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
        StreamRules.check(spec);
        streamed = true;
        return new NcbiGeneStream(
                new AccessionStreamFiles(
                        SparkContext.getOrCreate().hadoopConfiguration(),
                        spec.options().list(Option.ACCESSIONS_PATH),
                        spec.options().rereadsReplacedFiles(),
                        Clock.systemUTC()),
                spec);
    }

    /** Returns only columns that are still read: Spark 4.2 resolves them against the remaining columns. */
    @Override
    public NamedReference[] filterAttributes() {
        List<String> read = Arrays.asList(spec.columns().fieldNames());
        boolean bySymbol = isSelectedBySymbol();
        return Arrays.stream(KeyColumn.values())
                .filter(key -> key.namesGenes() || bySymbol)
                .filter(key -> read.contains(key.column()))
                .filter(key -> spec.options().isTrue(Option.PUSH_DOWN))
                .filter(key -> !spec.isTabular() || key == KeyColumn.ACCESSION)
                .map(key -> Expressions.column(key.column()))
                .toArray(NamedReference[]::new);
    }

    /** Narrows the scan to the keys of the other side of a join. Unsupported predicates narrow nothing. */
    @Override
    public void filter(Predicate[] predicates) {
        PredicateReader reader = new PredicateReader(spec.columns(), Set.copyOf(KeyColumn.columns(any -> true)));
        for (Predicate predicate : predicates) {
            reader.read(predicate).ifPresent(found -> foundByJoin = foundByJoin.and(unpacked(found)));
        }
    }

    /** Takes symbols and their taxa apart, where a join names both. */
    private KeyDomains unpacked(KeyDomains found) {
        List<SymbolOfTaxon> packed = found.of(KeyColumn.SYMBOL).stream()
                .flatMap(Identifiers::stream)
                .flatMap(text -> SymbolOfTaxon.unpack(text).stream())
                .toList();
        if (packed.isEmpty()) {
            return found;
        }
        packed.forEach(pair -> symbolsFoundByJoin
                .computeIfAbsent(pair.column(), none -> new TreeMap<>())
                .computeIfAbsent(pair.taxon(), none -> new TreeSet<>())
                .add(pair.symbol()));
        return KeyDomains.ALL
                .and(
                        KeyColumn.SYMBOL.column(),
                        packed.stream().map(SymbolOfTaxon::symbol).toList())
                .and(
                        packed.get(0).column(),
                        packed.stream().map(SymbolOfTaxon::taxon).toList());
    }

    /** Without this, Spark plans the partitions once more, only to find out whether each is columnar. */
    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.UNSUPPORTED;
    }

    @Override
    public boolean isUnbounded() {
        return !streamed && plan().selector().isEmpty();
    }

    @Override
    public boolean namesTaxon() {
        return spec.options().has(Option.TAXON);
    }

    @Override
    public boolean isOfTaxa() {
        return namesTaxon() || spec.filters().hasAnyOf(KeyColumn.TAX_ID, KeyColumn.TAX_NAME);
    }

    /**
     * Returns true if filters select the genes by another column: then rows do not show the accession that found them.
     */
    @Override
    public boolean needsKeysOf(KeyColumn key) {
        if (key == KeyColumn.SYMBOL) {
            // In place of a whole taxon.
            return isSelectedBySymbol()
                    && plan().selector().flatMap(Selector::kind).isEmpty();
        }
        boolean byAccession = plan().selector()
                .flatMap(Selector::kind)
                .filter(IdentifierKind.ACCESSION::equals)
                .isPresent();
        return isUnbounded() || (key == KeyColumn.ACCESSION && listed().isEmpty() && !byAccession);
    }

    @Override
    public boolean hasKey(KeyColumn key) {
        return ReportSchema.of(spec.requests().report())
                .getFieldIndex(key.column())
                .isDefined();
    }

    @Override
    public long estimatedRows() {
        if (streamed) {
            return Long.MAX_VALUE;
        }
        return plan().selector()
                .map(selector -> RowEstimate.rows(selector, plan().spec()))
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Returns a large estimate for an unbounded scan, so that Spark sends it the keys of the join's other side and not
     * the reverse.
     */
    @Override
    public Statistics estimateStatistics() {
        long rows = estimatedRows();
        boolean known = rows != Long.MAX_VALUE;
        long bytes = known ? rows * RowEstimate.bytes(spec.schema()) : Long.MAX_VALUE / 2;
        return new Statistics() {
            @Override
            public OptionalLong sizeInBytes() {
                return OptionalLong.of(bytes);
            }

            @Override
            public OptionalLong numRows() {
                return known ? OptionalLong.of(rows) : OptionalLong.empty();
            }
        };
    }

    /** Returns no metrics if Spark cannot create them: it would warn of each, in every query. */
    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return metered() ? ScanMetrics.all() : new CustomMetric[0];
    }

    /** Computed once: Spark fails on the value of a metric that it does not know. */
    private synchronized boolean metered() {
        if (metered == null) {
            metered = SparkThreads.findConnector();
        }
        return metered;
    }

    /**
     * Returns the plan's counts. Spark calls this when planning is complete. A stream plans each micro-batch
     * separately.
     */
    @Override
    public CustomTaskMetric[] reportDriverMetrics() {
        List<CustomTaskMetric> known = new ArrayList<>();
        if (!streamed && metered()) {
            ScanPlan joined = joinedPlan();
            PlannedReads planned = reads(joined);
            boolean sends = spec.options().cacheMode() != CacheMode.OFFLINE;
            count(Counter.IDENTIFIERS_GIVEN, listed(), known);
            count(Counter.IDENTIFIERS_FILTERED, plan().selector(), known);
            count(Counter.IDENTIFIERS_REQUESTED, joined.selector(), known);
            known.add(ScanMetrics.value(Counter.PARTITIONS, joined.partitions(planned.parts(), tasksAtOnce())));
            known.add(ScanMetrics.value(Counter.REQUESTS_PLANNED, sends ? planned.requestsToSend() : 0));
        }
        return known.toArray(CustomTaskMetric[]::new);
    }

    /** The number of genes of a taxon is not known in advance. */
    private static void count(Counter counter, Optional<Selector> selector, List<CustomTaskMetric> known) {
        selector.filter(which -> which.kind().isPresent())
                .map(which -> which.identifiers().size() + which.locusTags().size())
                .ifPresent(size -> known.add(ScanMetrics.value(counter, size)));
    }

    /** Equal scans read the same rows, so that Spark may read them once. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NcbiGeneScan that
                && streamed == that.streamed
                && (streamed || listed().equals(that.listed()))
                && spec.equals(that.spec)
                && limit.equals(that.limit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(spec, limit);
    }

    @Override
    public String toString() {
        return description();
    }
}
