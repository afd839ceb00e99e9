package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.fetch.CountedInputStream;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.reuse.WarningsCodec;
import io.github.sparkncbigene.segment.CachedIdentifier;
import io.github.sparkncbigene.segment.CachedReport;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.spec.ReadSpec;
import io.github.sparkncbigene.spec.RowWarnings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of identifiers whose responses are cached. Cached reports are decoded like NCBI's responses. The identifiers
 * that they belong to, and the warnings of each, are cached with them.
 */
final class CachedRows implements BatchRows {
    private static final Logger LOG = LoggerFactory.getLogger(CachedRows.class);

    /** An identifier that a report belongs to. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Hit(Identifier identifier, byte[] warnings) {}

    /** A report, and all identifiers that it belongs to. */
    private record Hits(CachedReport report, List<Hit> hits) {}

    private final BatchAttempt attempt;
    private final RowLayout layout;
    private final ReportRows rows;
    private final DecodeLimits limits;
    private final TaskCounters counters;
    private final List<Hits> found = new ArrayList<>();
    private final List<Identifier> notFound = new ArrayList<>();
    private final List<Identifier> gone = new ArrayList<>();
    /** The latest response with a report of each identifier. */
    private final Map<Identifier, Retrieval> latest = new LinkedHashMap<>();

    private final Map<String, CachedIdentifier> cached;
    private Iterator<Hits> left;
    private JsonReports reports;
    private boolean finished;
    private List<BatchAttempt> leftovers = List.of();

    /** @param cached cached identifiers by their text, including others' */
    CachedRows(ReadSpec spec, BatchAttempt attempt, Map<String, CachedIdentifier> cached, TaskCounters counters) {
        this.attempt = attempt;
        this.cached = cached;
        this.layout = spec.layout(attempt.batch());
        this.rows = new ReportRows(spec, attempt, layout, counters);
        this.limits = DecodeLimits.of(spec.options());
        this.counters = counters;
        Map<String, List<Identifier>> wanted = new LinkedHashMap<>();
        attempt.batch().requested().forEach(identifier -> wanted.computeIfAbsent(
                        identifier.requested(), none -> new ArrayList<>(1))
                .add(identifier));
        IdentityHashMap<CachedReport, Hits> byReport = new IdentityHashMap<>();
        // In the order in which NCBI sent them.
        for (CachedIdentifier one : cached.values()) {
            List<Identifier> same = wanted.remove(one.identifier());
            if (same != null) {
                add(one, same, byReport);
            }
        }
        wanted.values().forEach(gone::addAll);
    }

    private void add(CachedIdentifier one, List<Identifier> identifiers, IdentityHashMap<CachedReport, Hits> byReport) {
        if (one.hits().isEmpty()) {
            notFound.addAll(identifiers);
        }
        for (CachedIdentifier.Hit hit : one.hits()) {
            Hits hits = byReport.get(hit.report());
            if (hits == null) {
                hits = new Hits(hit.report(), new ArrayList<>());
                byReport.put(hit.report(), hits);
                found.add(hits);
            }
            for (Identifier identifier : identifiers) {
                hits.hits().add(new Hit(identifier, hit.warnings()));
            }
        }
    }

    @Override
    public Object[] next() {
        try {
            while (rows.isEmpty() && !finished) {
                advance();
            }
        } catch (IOException e) {
            LOG.warn("Cached responses cannot be decoded: {}. The connector fetches them again.", e.toString());
            finished = true;
            leftovers = List.of(attempt);
        }
        return rows.poll();
    }

    private void advance() throws IOException {
        if (reports == null) {
            byte[] response =
                    CachedReport.response(found.stream().map(Hits::report).toList());
            reports = new JsonReports(
                    new CountedInputStream(new ByteArrayInputStream(response), counters), false, layout, limits);
            left = found.iterator();
        }
        ReportValues report = reports.next();
        if (report != null) {
            counters.count(Counter.REPORTS);
            take(report, left.next());
            return;
        }
        finished = true;
        for (Identifier identifier : notFound) {
            CachedIdentifier one = cached.get(identifier.requested());
            rows.addMissing(identifier, WarningsCodec.warnings(one.remarks()), one.from());
        }
        latest.forEach(rows::addMissingOwn);
        counters.add(Counter.IDENTIFIERS_CACHED, attempt.batch().size() - gone.size());
        if (!gone.isEmpty()) {
            leftovers = List.of(attempt.part(attempt.batch().only(gone)));
        }
    }

    private void take(ReportValues report, Hits hits) throws IOException {
        if (report.isEmpty() || layout.isFilteredOut(report)) {
            return;
        }
        report.from(hits.report().from());
        for (Hit hit : hits.hits()) {
            latest.put(hit.identifier(), hits.report().from());
            rows.found(report, hit.identifier());
        }
        if (!rows.isDropped(report, "a cached request")) {
            rows.add(report, groups(hits.hits()));
        }
    }

    private static List<RowWarnings.Group> groups(List<Hit> hits) throws IOException {
        List<RowWarnings.Group> groups = new ArrayList<>();
        List<Hit> rest = hits;
        while (!rest.isEmpty()) {
            byte[] warnings = rest.get(0).warnings();
            Map<Boolean, List<Hit>> same =
                    rest.stream().collect(Collectors.partitioningBy(hit -> Arrays.equals(hit.warnings(), warnings)));
            List<Identifier> identifiers =
                    same.get(true).stream().map(Hit::identifier).toList();
            groups.add(new RowWarnings.Group(WarningsCodec.warnings(warnings), identifiers));
            rest = same.get(false);
        }
        return groups;
    }

    @Override
    public List<BatchAttempt> leftovers() {
        return leftovers;
    }

    @Override
    public void drain() {
        // The response is cached.
    }
}
