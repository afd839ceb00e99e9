package io.github.sparkncbigene.testkit;

import io.github.sparkncbigene.testkit.Behaviour.CellBreaks;
import io.github.sparkncbigene.testkit.Behaviour.EmptyTable;
import io.github.sparkncbigene.testkit.Behaviour.HeaderBlanks;
import io.github.sparkncbigene.testkit.Behaviour.HeaderLabels;
import io.github.sparkncbigene.testkit.Behaviour.HeaderPages;
import io.github.sparkncbigene.testkit.Behaviour.JsonLayout;
import io.github.sparkncbigene.testkit.Behaviour.KeyCase;
import io.github.sparkncbigene.testkit.Behaviour.KeyOrder;
import io.github.sparkncbigene.testkit.Behaviour.NdjsonShape;
import io.github.sparkncbigene.testkit.Behaviour.OversizedPage;
import io.github.sparkncbigene.testkit.Behaviour.QueryEcho;
import io.github.sparkncbigene.testkit.Behaviour.SeveralSelectors;
import io.github.sparkncbigene.testkit.Behaviour.Sorting;
import io.github.sparkncbigene.testkit.Behaviour.SupersededVersion;
import io.github.sparkncbigene.testkit.Behaviour.TableFilter;
import io.github.sparkncbigene.testkit.Behaviour.UnknownIds;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The switches of {@link Behaviour}, shared by the service's builder (before start) and {@link Behaviour} itself (while
 * it runs).
 *
 * @param <T> return type of the switches, for chaining
 */
public abstract sealed class BehaviourSwitches<T> permits Behaviour, NcbiGeneService.Builder {
    QueryEcho queryEcho = QueryEcho.AS_REQUESTED;
    boolean queryInAbbreviated = true;
    SupersededVersion supersededVersion = SupersededVersion.CURRENT_SILENTLY;
    UnknownIds unknownIds = UnknownIds.SILENT;
    NdjsonShape ndjsonShape = NdjsonShape.MATCH;
    OversizedPage oversizedPage = OversizedPage.CLAMP;
    KeyCase keyCase = KeyCase.SNAKE;
    KeyOrder keyOrder = KeyOrder.RANDOM;
    JsonLayout jsonLayout = JsonLayout.RANDOM;
    HeaderLabels headerLabels = HeaderLabels.STANDARD;
    HeaderBlanks headerBlanks = HeaderBlanks.AS_DESCRIBED;
    HeaderPages headerPages = HeaderPages.AS_REQUESTED;
    EmptyTable emptyTable = EmptyTable.HEADER_ONLY;
    SeveralSelectors severalSelectors = SeveralSelectors.UNION;
    Sorting sorting = Sorting.APPLIED;
    TableFilter tableFilter = TableFilter.APPLIED;
    CellBreaks cellBreaks = CellBreaks.NONE;
    boolean filterJson = false;
    boolean rowsWithoutMatch = false;
    Predicate<String> refused = id -> false;
    Function<RecordedRequest, Duration> latency = request -> Duration.ZERO;
    int rateLimit = 0;
    int rateLimitWithKey = 0;
    int announcedRateLimit = 0;
    boolean retryAfter = true;
    int keepAliveRequests = 40;
    int maxUrlLength = 8192;

    BehaviourSwitches() {}

    abstract T self();

    final void copyFrom(BehaviourSwitches<?> other) {
        queryEcho = other.queryEcho;
        queryInAbbreviated = other.queryInAbbreviated;
        supersededVersion = other.supersededVersion;
        unknownIds = other.unknownIds;
        ndjsonShape = other.ndjsonShape;
        oversizedPage = other.oversizedPage;
        keyCase = other.keyCase;
        keyOrder = other.keyOrder;
        jsonLayout = other.jsonLayout;
        headerLabels = other.headerLabels;
        headerBlanks = other.headerBlanks;
        headerPages = other.headerPages;
        emptyTable = other.emptyTable;
        severalSelectors = other.severalSelectors;
        sorting = other.sorting;
        tableFilter = other.tableFilter;
        cellBreaks = other.cellBreaks;
        filterJson = other.filterJson;
        rowsWithoutMatch = other.rowsWithoutMatch;
        refused = other.refused;
        latency = other.latency;
        rateLimit = other.rateLimit;
        rateLimitWithKey = other.rateLimitWithKey;
        announcedRateLimit = other.announcedRateLimit;
        retryAfter = other.retryAfter;
        keepAliveRequests = other.keepAliveRequests;
        maxUrlLength = other.maxUrlLength;
    }

    /** Sets the contents of a report's {@code query} member. */
    public final T queryEcho(QueryEcho echo) {
        queryEcho = Objects.requireNonNull(echo);
        return self();
    }

    /** Sets whether reports contain {@code query} under IDS_ONLY and COUNTS_ONLY too; true by default. */
    public final T queryInAbbreviatedReports(boolean present) {
        queryInAbbreviated = present;
        return self();
    }

    /** Sets the response to an accession with an outdated version. */
    public final T supersededVersion(SupersededVersion answer) {
        supersededVersion = Objects.requireNonNull(answer);
        return self();
    }

    /** Sets whether the response names identifiers that match nothing, and where. */
    public final T unknownIds(UnknownIds answer) {
        unknownIds = Objects.requireNonNull(answer);
        return self();
    }

    /** Sets the contents of one line of an NDJSON response. */
    public final T ndjsonShape(NdjsonShape shape) {
        ndjsonShape = Objects.requireNonNull(shape);
        return self();
    }

    /** Sets the response to a page size outside 1 to 1000. */
    public final T oversizedPage(OversizedPage answer) {
        oversizedPage = Objects.requireNonNull(answer);
        return self();
    }

    /** Sets the spelling of member names in reports. */
    public final T keyCase(KeyCase keys) {
        keyCase = Objects.requireNonNull(keys);
        return self();
    }

    /** Sets the order of an object's members. */
    public final T keyOrder(KeyOrder order) {
        keyOrder = Objects.requireNonNull(order);
        return self();
    }

    /** Sets the white space in JSON bodies. */
    public final T jsonLayout(JsonLayout layout) {
        jsonLayout = Objects.requireNonNull(layout);
        return self();
    }

    /** Sets the labels in the header of tabular reports. */
    public final T headerLabels(HeaderLabels labels) {
        headerLabels = Objects.requireNonNull(labels);
        return self();
    }

    /** Sets the blanks at the ends of header labels in tabular reports. */
    public final T headerBlanks(HeaderBlanks blanks) {
        headerBlanks = Objects.requireNonNull(blanks);
        return self();
    }

    /** Sets the pages on which a tabular report has its header. */
    public final T headerPages(HeaderPages pages) {
        headerPages = Objects.requireNonNull(pages);
        return self();
    }

    /** Sets the body of a tabular response without results. */
    public final T emptyTable(EmptyTable body) {
        emptyTable = Objects.requireNonNull(body);
        return self();
    }

    /** Sets the response to a request with several selectors, such as accessions and locus tags. */
    public final T severalSelectors(SeveralSelectors answer) {
        severalSelectors = Objects.requireNonNull(answer);
        return self();
    }

    /** Sets the effect of {@code sort.field}. */
    public final T sorting(Sorting answer) {
        sorting = Objects.requireNonNull(answer);
        return self();
    }

    /** Sets the effect of {@code accession_filter} in tables of the product report. */
    public final T accessionFilterOnTables(TableFilter answer) {
        tableFilter = Objects.requireNonNull(answer);
        return self();
    }

    /** Sets whether texts in tables contain tabs or line feeds, which nothing quotes. */
    public final T cellBreaks(CellBreaks breaks) {
        cellBreaks = Objects.requireNonNull(breaks);
        return self();
    }

    /** Sets whether {@code accession_filter} applies to JSON too; false by default. */
    public final T accessionFilterOnJson(boolean filtered) {
        filterJson = filtered;
        return self();
    }

    /**
     * Sets whether a product report remains after all its transcripts were filtered out, as a half empty table row or
     * as a report without transcripts; false by default.
     */
    public final T rowsWithoutMatch(boolean kept) {
        rowsWithoutMatch = kept;
        return self();
    }

    /**
     * Sets the identifiers that make a whole request fail with status 400 and a message that names the first of them.
     */
    public final T refuse(Predicate<String> identifiers) {
        refused = Objects.requireNonNull(identifiers);
        return self();
    }

    /** Sets the delay of each response. Delayed responses occupy no thread. */
    public final T latency(Duration time) {
        Objects.requireNonNull(time);
        latency = request -> time;
        return self();
    }

    /** Sets the delay of the response by request. */
    public final T latency(Function<RecordedRequest, Duration> time) {
        latency = Objects.requireNonNull(time);
        return self();
    }

    /** Sets the requests allowed in any one second, from all clients together; 0, the default, for no limit. */
    public final T rateLimit(int perSecond) {
        rateLimit = perSecond;
        rateLimitWithKey = perSecond;
        return self();
    }

    /** Sets NCBI's limits: 5 requests per second, or 10 with an API key. */
    public final T ncbiRateLimits() {
        rateLimit = 5;
        rateLimitWithKey = 10;
        return self();
    }

    /** Sets the limit that {@code X-RateLimit-Limit} and {@code -Remaining} report without enforcing it; 0 for none. */
    public final T announcedRateLimit(int perSecond) {
        announcedRateLimit = perSecond;
        return self();
    }

    /** Sets whether status 429 comes with {@code retry-after}; true by default. */
    public final T retryAfter(boolean sent) {
        retryAfter = sent;
        return self();
    }

    /** Sets the number of requests after which a connection is closed; 40 by default, as at NCBI. */
    public final T keepAliveRequests(int max) {
        keepAliveRequests = max;
        return self();
    }

    /** Sets the longest accepted path and query, in bytes, up to 60,000; longer ones return status 431. */
    public final T maxUrlLength(int bytes) {
        maxUrlLength = bytes;
        return self();
    }
}
