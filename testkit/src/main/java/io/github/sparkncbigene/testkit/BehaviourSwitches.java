package io.github.sparkncbigene.testkit;

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
import io.github.sparkncbigene.testkit.Behaviour.UnknownIds;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The switches of {@link Behaviour}, shared by the service's builder (before start) and {@link Behaviour} itself (while
 * it runs).
 *
 * @param <T> the type the switches return, to be chained
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

    /** What the member {@code query} of a report holds. */
    public final T queryEcho(QueryEcho echo) {
        queryEcho = Objects.requireNonNull(echo);
        return self();
    }

    /** Whether {@code query} is there under IDS_ONLY and COUNTS_ONLY too; true by default. */
    public final T queryInAbbreviatedReports(boolean present) {
        queryInAbbreviated = present;
        return self();
    }

    /** What an accession with a version older than the current one finds. */
    public final T supersededVersion(SupersededVersion answer) {
        supersededVersion = Objects.requireNonNull(answer);
        return self();
    }

    /** Whether identifiers that find nothing are named, and where. */
    public final T unknownIds(UnknownIds answer) {
        unknownIds = Objects.requireNonNull(answer);
        return self();
    }

    /** What a line of an NDJSON response is. */
    public final T ndjsonShape(NdjsonShape shape) {
        ndjsonShape = Objects.requireNonNull(shape);
        return self();
    }

    /** What happens to a page size out of 1 to 1000. */
    public final T oversizedPage(OversizedPage answer) {
        oversizedPage = Objects.requireNonNull(answer);
        return self();
    }

    /** How the members of reports are spelled. */
    public final T keyCase(KeyCase keys) {
        keyCase = Objects.requireNonNull(keys);
        return self();
    }

    /** In which order an object's members are written. */
    public final T keyOrder(KeyOrder order) {
        keyOrder = Objects.requireNonNull(order);
        return self();
    }

    /** White space of JSON bodies. */
    public final T jsonLayout(JsonLayout layout) {
        jsonLayout = Objects.requireNonNull(layout);
        return self();
    }

    /** Labels in the header of tabular reports. */
    public final T headerLabels(HeaderLabels labels) {
        headerLabels = Objects.requireNonNull(labels);
        return self();
    }

    /** Blanks at the ends of labels in the header of tabular reports. */
    public final T headerBlanks(HeaderBlanks blanks) {
        headerBlanks = Objects.requireNonNull(blanks);
        return self();
    }

    /** On which pages a tabular report has its header. */
    public final T headerPages(HeaderPages pages) {
        headerPages = Objects.requireNonNull(pages);
        return self();
    }

    /** What a tabular response is when nothing is found. */
    public final T emptyTable(EmptyTable body) {
        emptyTable = Objects.requireNonNull(body);
        return self();
    }

    /** What a request with several selectors finds, such as accessions beside locus tags. */
    public final T severalSelectors(SeveralSelectors answer) {
        severalSelectors = Objects.requireNonNull(answer);
        return self();
    }

    /** What {@code sort.field} does. */
    public final T sorting(Sorting answer) {
        sorting = Objects.requireNonNull(answer);
        return self();
    }

    /** Whether {@code accession_filter} works on JSON too; false by default. */
    public final T accessionFilterOnJson(boolean filtered) {
        filterJson = filtered;
        return self();
    }

    /**
     * Whether a product report whose transcripts were all filtered out is still there, as a (half empty) row of a table
     * or a report without transcripts; false by default.
     */
    public final T rowsWithoutMatch(boolean kept) {
        rowsWithoutMatch = kept;
        return self();
    }

    /** Identifiers which make the whole request fail with status 400 and a message naming the first of them. */
    public final T refuse(Predicate<String> identifiers) {
        refused = Objects.requireNonNull(identifiers);
        return self();
    }

    /** How long each answer is held back, without occupying a thread. */
    public final T latency(Duration time) {
        Objects.requireNonNull(time);
        latency = request -> time;
        return self();
    }

    /** How long the answer to a request is held back. */
    public final T latency(Function<RecordedRequest, Duration> time) {
        latency = Objects.requireNonNull(time);
        return self();
    }

    /** Requests allowed in any one second, whoever sends them; 0 for no limit, the default. */
    public final T rateLimit(int perSecond) {
        rateLimit = perSecond;
        rateLimitWithKey = perSecond;
        return self();
    }

    /** NCBI's limits: 5 requests a second, 10 with an API key. */
    public final T ncbiRateLimits() {
        rateLimit = 5;
        rateLimitWithKey = 10;
        return self();
    }

    /** A limit that {@code X-RateLimit-Limit} and {@code -Remaining} tell without its being enforced; 0 for none. */
    public final T announcedRateLimit(int perSecond) {
        announcedRateLimit = perSecond;
        return self();
    }

    /** Whether an answer to too many requests carries {@code retry-after}; true by default. */
    public final T retryAfter(boolean sent) {
        retryAfter = sent;
        return self();
    }

    /** After how many requests a connection is closed; 40 by default, as with NCBI. */
    public final T keepAliveRequests(int max) {
        keepAliveRequests = max;
        return self();
    }

    /** Longest path and query accepted, in bytes; longer ones get status 431. At most 60,000. */
    public final T maxUrlLength(int bytes) {
        maxUrlLength = bytes;
        return self();
    }
}
