package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.fetch.CountedInputStream;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.layout.NestedLayout;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.recovery.Recovery;
import io.github.sparkncbigene.reuse.CacheRecorder;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.spec.BatchMatcher;
import io.github.sparkncbigene.spec.ReadSpec;
import io.github.sparkncbigene.table.TableReports;
import io.github.sparkncbigene.table.UnprovenTableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a batch that is answered by a table of flat columns, the same as its whole reports give. A table that
 * does not prove itself gives no row: its batch is read again as whole reports. So is an identifier that no line shows,
 * since a table says neither that it is unknown nor that it was replaced.
 */
public final class TableBatchRows implements BatchRows {
    private final ReadSpec spec;
    private final BatchAttempt work;
    private final PageReader pages;
    private final Recovery recovery;
    private final Narrowing narrowing;
    private final TableTrial trial;
    private final TaskCounters counters;
    private final NestedLayout layout;
    private final BatchMatcher matcher;
    private final DecodeLimits limits;
    private final Deque<Object[]> ready = new ArrayDeque<>();
    private List<BatchAttempt> leftovers = List.of();
    private List<Identifier> toLookUp = List.of();
    private List<String> header = List.of();
    private TableReports reports;
    /** Reads a response that is JSON after all. */
    private JsonBatchRows json;

    private boolean finished;

    public TableBatchRows(
            ReadSpec spec,
            BatchAttempt work,
            PageReader pages,
            Recovery recovery,
            Narrowing narrowing,
            TableTrial trial,
            TaskCounters counters) {
        this.spec = spec;
        this.work = work;
        this.pages = pages;
        this.recovery = recovery;
        this.narrowing = narrowing;
        this.trial = trial;
        this.counters = counters;
        this.layout = spec.tableLayout(work.batch());
        this.matcher = new BatchMatcher(work.batch());
        this.limits = DecodeLimits.of(spec.options());
    }

    @Override
    public Object[] next() {
        while (json == null && ready.isEmpty() && !finished) {
            try {
                advance();
            } catch (ServiceException failure) {
                finished = true;
                leftovers = replacementFor(failure);
            }
        }
        return json == null ? ready.poll() : json.next();
    }

    @Override
    public List<BatchAttempt> leftovers() {
        return json == null ? leftovers : json.leftovers();
    }

    @Override
    public List<Identifier> toLookUp() {
        return toLookUp;
    }

    @Override
    public void readOut() throws IOException {
        if (json != null) {
            json.readOut();
        }
        // A page of which rows are read was read to its end when it was opened.
        if (reports != null) {
            pages.leave(Optional.empty());
            reports = null;
        }
    }

    private void advance() throws ServiceException {
        if (reports == null) {
            open();
            return;
        }
        ReportValues report = read();
        if (report != null) {
            counters.count(Counter.REPORTS);
            report.from(pages.retrieval());
            layout.rows(report, hits(report), work.made(), ready::add);
            return;
        }
        header = reports.header();
        reports = null;
        if (!pages.permit(Optional.empty())) {
            finished = true;
            toLookUp = matcher.unmatched();
        }
    }

    private List<Identifier> hits(ReportValues report) {
        List<String> names = layout.selfNames(report);
        if (spec.requests().ownColumn().isEmpty()) {
            return matcher.exactly(names, List.of());
        }
        List<Identifier> hits = matcher.inAnyVersion(names).stream()
                .filter(hit -> layout.hasOwnRow(report, hit))
                .toList();
        hits.forEach(matcher::match);
        return hits;
    }

    /** Reads a page to its end before any of its rows is made: no row of one that does not prove itself is ever out. */
    private void open() throws ServiceException {
        pages.open();
        try {
            if (isWholeReports()) {
                narrowing.decide(false);
                ReadSpec whole = spec.with(spec.requests().plain());
                json = new JsonBatchRows(
                        whole, work.otherwise(), pages, recovery, narrowing, new CacheRecorder(null), counters);
                return;
            }
            TableReports rehearsal = reportsOf(new CountedInputStream(pages.body(), counters));
            ReportValues report = rehearsal.next();
            while (report != null) {
                report = rehearsal.next();
            }
            reports = reportsOf(pages.body());
            recovery.answered();
        } catch (UnprovenTableException e) {
            finished = true;
            trial.unproven(pages.reference(), e);
            leftovers = List.of(work.otherwise());
        } catch (IOException e) {
            pages.again(e);
        }
    }

    /** True if the service answers in JSON whatever it is asked for, and nothing in the request may shorten reports. */
    private boolean isWholeReports() throws IOException {
        if (!pages.isFirst() || spec.requests().narrowed().table().ownFilter()) {
            return false;
        }
        try (InputStream body = pages.body()) {
            return TableReports.isJson(body);
        }
    }

    private ReportValues read() {
        try {
            return reports.next();
        } catch (IOException e) {
            throw new IllegalStateException("What could be read once cannot be read again", e);
        }
    }

    private TableReports reportsOf(InputStream body) {
        return new TableReports(
                body,
                layout,
                spec.requests().report(),
                spec.requests().narrowed().table().fields(),
                header,
                limits);
    }

    private List<BatchAttempt> replacementFor(ServiceException failure) {
        if (pages.isFirst() && isRefusal(failure)) {
            trial.refused(failure);
            return List.of(work.otherwise());
        }
        return recovery.replacementFor(work, failure, pages.isFirst()).orElse(List.of(work.otherwise()));
    }

    /** True for the service's own word that it does not take the request: it may take one for JSON. */
    private static boolean isRefusal(ServiceException failure) {
        boolean said = failure.error().code() == ErrorCode.REQUEST_REFUSED
                || failure.error().code() == ErrorCode.SERVICE_FAILED;
        return failure.kind() == ServiceException.Kind.REJECTED
                || (failure.kind() == ServiceException.Kind.PERMANENT && said);
    }
}
