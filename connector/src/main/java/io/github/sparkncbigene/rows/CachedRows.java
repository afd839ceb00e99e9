package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.fetch.CountedInputStream;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.reuse.WarningsCodec;
import io.github.sparkncbigene.segment.CachedAnswer;
import io.github.sparkncbigene.segment.CachedReport;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.spec.ReadSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of identifiers whose answers are cached. Their reports are decoded as they were when they came from NCBI;
 * which identifiers they answer, with which warnings, is cached with them.
 */
public final class CachedRows implements BatchRows {
    private static final Logger LOG = LoggerFactory.getLogger(CachedRows.class);

    /** An identifier that a report answers. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Hit(Identifier identifier, byte[] warnings) {}

    /** A report, and all that it answers. */
    private record Hits(CachedReport report, List<Hit> hits) {}

    private final ReadSpec spec;
    private final BatchAttempt work;
    private final RowLayout layout;
    private final MissingRows missing;
    private final DecodeLimits limits;
    private final TaskCounters counters;
    private final List<Hits> found = new ArrayList<>();
    private final List<Identifier> notFound = new ArrayList<>();
    private final List<Identifier> gone = new ArrayList<>();
    /** The latest report of each identifier, and whether one has a row of its own: {@code accession_rows} wants one. */
    private final Map<Identifier, Retrieval> answered = new LinkedHashMap<>();

    private final Set<Identifier> withOwn = new HashSet<>();
    private final Map<String, CachedAnswer> responses;
    private final Deque<Object[]> ready = new ArrayDeque<>();
    private Iterator<Hits> left;
    private JsonReports reports;
    private boolean finished;
    private List<BatchAttempt> leftovers = List.of();

    /** @param responses by identifier, others' too */
    public CachedRows(ReadSpec spec, BatchAttempt work, Map<String, CachedAnswer> responses, TaskCounters counters) {
        this.spec = spec;
        this.work = work;
        this.responses = responses;
        this.layout = spec.layout(work.batch());
        this.missing = new MissingRows(spec, work.batch(), layout, counters);
        this.limits = DecodeLimits.of(spec.options());
        this.counters = counters;
        Map<String, List<Identifier>> wanted = new LinkedHashMap<>();
        work.batch().requested().forEach(identifier -> wanted.computeIfAbsent(
                        identifier.requested(), none -> new ArrayList<>(1))
                .add(identifier));
        IdentityHashMap<CachedReport, Hits> byReport = new IdentityHashMap<>();
        // In the order in which NCBI sent them.
        for (CachedAnswer response : responses.values()) {
            List<Identifier> same = wanted.remove(response.identifier());
            if (same != null) {
                add(response, same, byReport);
            }
        }
        wanted.values().forEach(gone::addAll);
    }

    private void add(
            CachedAnswer response, List<Identifier> identifiers, IdentityHashMap<CachedReport, Hits> byReport) {
        if (response.hits().isEmpty()) {
            notFound.addAll(identifiers);
        }
        for (CachedAnswer.Hit hit : response.hits()) {
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
            while (ready.isEmpty() && !finished) {
                advance();
            }
        } catch (IOException e) {
            LOG.warn("Cached answers cannot be decoded: {}. They are fetched.", e.toString());
            finished = true;
            leftovers = List.of(work);
        }
        return ready.poll();
    }

    private void advance() throws IOException {
        if (reports == null) {
            reports = new JsonReports(
                    new CountedInputStream(new ByteArrayInputStream(page()), counters), false, layout, limits);
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
            CachedAnswer response = responses.get(identifier.requested());
            missing.add(identifier, WarningsCodec.warnings(response.remarks()), response.from(), ready::add);
        }
        answered.forEach((identifier, from) -> {
            if (spec.requests().ownColumn().isPresent() && !withOwn.contains(identifier)) {
                missing.addWithoutOwn(identifier, from, ready::add);
            }
        });
        counters.add(Counter.IDENTIFIERS_CACHED, work.batch().size() - gone.size());
        if (!gone.isEmpty()) {
            leftovers = List.of(work.part(work.batch().only(gone)));
        }
    }

    /** The reports as one response. */
    private byte[] page() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.write("{\"reports\":[".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < found.size(); i++) {
            if (i > 0) {
                page.write(',');
            }
            page.write(found.get(i).report().json());
        }
        page.write("]}".getBytes(StandardCharsets.UTF_8));
        return page.toByteArray();
    }

    private void take(ReportValues report, Hits hits) throws IOException {
        if (report.isEmpty() || layout.isFilteredOut(report)) {
            return;
        }
        report.from(hits.report().from());
        for (Hit hit : hits.hits()) {
            answered.put(hit.identifier(), hits.report().from());
            if (layout.hasOwnRow(report, hit.identifier())) {
                withOwn.add(hit.identifier());
            }
        }
        List<String> malformed = report.malformedValues();
        if (!malformed.isEmpty() && spec.mode() == Mode.FAILFAST) {
            throw spec.malformed("a cached request", malformed.get(0));
        }
        if (!malformed.isEmpty() && spec.mode() == Mode.DROPMALFORMED) {
            return;
        }
        List<Hit> rest = hits.hits();
        while (!rest.isEmpty()) {
            byte[] warnings = rest.get(0).warnings();
            List<Identifier> same = new ArrayList<>();
            List<Hit> others = new ArrayList<>();
            for (Hit hit : rest) {
                if (Arrays.equals(hit.warnings(), warnings)) {
                    same.add(hit.identifier());
                } else {
                    others.add(hit);
                }
            }
            List<NcbiWarning> own = WarningsCodec.warnings(warnings);
            boolean plain = own.isEmpty() && report.warnings().isEmpty();
            layout.rows(plain ? report : report.with(own), same, work.made(), ready::add);
            rest = others;
        }
    }

    @Override
    public List<BatchAttempt> leftovers() {
        return leftovers;
    }

    @Override
    public void readOut() {
        // It is cached.
    }
}
