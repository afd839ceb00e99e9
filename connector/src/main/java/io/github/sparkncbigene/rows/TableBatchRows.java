package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.fetch.CountedInputStream;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.layout.NestedLayout;
import io.github.sparkncbigene.recovery.BatchAttempt;
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
 * The rows of a batch whose response is a table of flat columns. They equal the rows of complete reports. A table that
 * cannot be verified gives no row: its batch is read again as complete reports. An identifier that no line shows is
 * read again too, because a table says neither that an identifier is unknown nor that it was replaced.
 */
final class TableBatchRows implements BatchRows {
    private final ReadSpec spec;
    private final BatchAttempt attempt;
    private final PageReader pages;
    private final TaskState task;
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

    TableBatchRows(ReadSpec spec, BatchAttempt attempt, PageReader pages, TaskState task) {
        this.spec = spec;
        this.attempt = attempt;
        this.pages = pages;
        this.task = task;
        this.layout = spec.tableLayout(attempt.batch());
        this.matcher = new BatchMatcher(attempt.batch());
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
    public void drain() throws IOException {
        if (json != null) {
            json.drain();
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
            task.counters().count(Counter.REPORTS);
            report.from(pages.retrieval());
            layout.rows(report, hits(report), attempt.emitted(), ready::add);
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

    /** Reads a page to its end before it makes a row: a table that cannot be verified never emits a row. */
    private void open() throws ServiceException {
        pages.open();
        try {
            if (isWholeReports()) {
                task.projection().decide(false);
                ReadSpec whole = spec.with(spec.requests().plain());
                json = new JsonBatchRows(whole, attempt.asWholeReports(), pages, new CacheRecorder(null), task);
                return;
            }
            TableReports rehearsal = reportsOf(new CountedInputStream(pages.body(), task.counters()));
            ReportValues report = rehearsal.next();
            while (report != null) {
                report = rehearsal.next();
            }
            reports = reportsOf(pages.body());
            task.recovery().succeeded();
        } catch (UnprovenTableException e) {
            finished = true;
            task.tables().unproven(pages.reference(), e);
            leftovers = List.of(attempt.asWholeReports());
        } catch (IOException e) {
            pages.again(e);
        }
    }

    /** Returns true if the response is JSON, not the requested table, and nothing in the request shortens reports. */
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
            throw new IllegalStateException("A response that was read once cannot be read again", e);
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
            task.tables().refused(failure);
            return List.of(attempt.asWholeReports());
        }
        return task.recovery()
                .replacementFor(attempt, failure, pages.isFirst())
                .orElse(List.of(attempt.asWholeReports()));
    }

    /** Returns true if the service itself rejects the request: it may accept one for JSON. */
    private static boolean isRefusal(ServiceException failure) {
        boolean said = failure.error().code() == ErrorCode.REQUEST_REFUSED
                || failure.error().code() == ErrorCode.SERVICE_FAILED;
        return failure.kind() == ServiceException.Kind.REJECTED
                || (failure.kind() == ServiceException.Kind.PERMANENT && said);
    }
}
