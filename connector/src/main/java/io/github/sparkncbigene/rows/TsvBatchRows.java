package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.fetch.CountedInputStream;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.WrongResponseException;
import io.github.sparkncbigene.spec.BatchMatcher;
import io.github.sparkncbigene.spec.ReadSpec;
import io.github.sparkncbigene.spec.ResponseCheck;
import io.github.sparkncbigene.table.TsvRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a batch with responses in NCBI's tabular report, multiplied as NCBI does. */
final class TsvBatchRows implements BatchRows {
    private static final Logger LOG = LoggerFactory.getLogger(TsvBatchRows.class);

    /** Number of bytes that show whether a body may be JSON. */
    private static final int JSON_START = 1 << 10;
    /** A whole body that is JSON, but not an object. */
    private static final Pattern NO_OBJECT = Pattern.compile("null|\\[.*\\]|\"[^\t]*\"");

    private final ReadSpec spec;
    private final BatchAttempt attempt;
    private final PageReader pages;
    private final TaskState task;
    private final List<ReportNode> fields;
    /** Index of the cell with the transcript, if only some transcripts are kept; below 0 if all are. */
    private final int transcript;

    private final ResponseCheck check;
    private final DecodeLimits limits;
    private List<BatchAttempt> leftovers = List.of();
    private List<String> header = List.of();
    private TsvRows rows;
    private boolean finished;

    TsvBatchRows(ReadSpec spec, BatchAttempt attempt, PageReader pages, TaskState task) {
        this.task = task;
        this.spec = spec;
        this.attempt = attempt;
        this.pages = pages;
        this.limits = DecodeLimits.of(spec.options());
        this.check = spec.check(attempt.batch(), new BatchMatcher(attempt.batch()));
        this.fields = spec.requests().tableFields().stream()
                .map(field -> spec.requests().report().tableField(field).orElseThrow())
                .toList();
        this.transcript = spec.options().has(Option.ACCESSION_FILTER)
                ? spec.requests().tableFields().indexOf("transcript-accession")
                : -1;
    }

    @Override
    public Object[] next() {
        while (!finished) {
            try {
                Object[] row = advance();
                if (row != null) {
                    return row;
                }
            } catch (ServiceException failure) {
                finished = true;
                attempt.emitted().failed();
                leftovers = task.recovery()
                        .replacementFor(attempt, failure, pages.isFirst())
                        .orElseGet(() -> task.recovery().afterRefusal(attempt));
            }
        }
        return null;
    }

    @Override
    public List<BatchAttempt> leftovers() {
        return leftovers;
    }

    @Override
    public void drain() {
        // The response was read through once when it was opened.
        if (rows != null) {
            pages.leave(Optional.empty());
            rows = null;
        }
    }

    private Object[] advance() throws ServiceException {
        if (rows == null) {
            open();
            return null;
        }
        Object[] row = read();
        if (row == null) {
            rows = null;
            if (!pages.permit(Optional.empty())) {
                finished = true;
                attempt.emitted().completed();
                leftovers = task.recovery().afterSuccess(attempt, List.of());
            }
            return null;
        }
        task.counters().count(Counter.REPORTS);
        if (transcript >= 0 && row[transcript] == null) {
            // The rest of a gene without a kept transcript.
            return null;
        }
        if (isMalformed() && spec.mode() == Mode.DROPMALFORMED) {
            return null;
        }
        return attempt.emitted().isNew(row) ? row : null;
    }

    /** Reads a response to its end before its first row is returned: a truncated response never emits a row. */
    private void open() throws ServiceException {
        pages.open();
        check.begin();
        try {
            if (isJson()) {
                rows = rowsOf(InputStream.nullInputStream());
                task.recovery().succeeded();
                return;
            }
            TsvRows rehearsal = rowsOf(new CountedInputStream(pages.body(), task.counters()));
            long count = 0;
            while (rehearsal.next() != null) {
                count++;
            }
            check.table(
                    count,
                    new ResponseCheck.Place(pages.isFirst(), pages.isLast(Optional.empty()), pages.totalCount()));
            rows = rowsOf(pages.body());
            header = rehearsal.header().isEmpty() ? header : rehearsal.header();
            task.recovery().succeeded();
        } catch (IOException e) {
            pages.again(e);
        }
    }

    /** Returns true if the response is JSON after all, which can mean that nothing was found, or an error. */
    private boolean isJson() throws IOException {
        String start;
        try (InputStream body = pages.body()) {
            start = new String(body.readNBytes(JSON_START), StandardCharsets.UTF_8).strip();
        }
        if (headerExpected() && NO_OBJECT.matcher(start).matches()) {
            throw notATable();
        }
        return start.startsWith("{") && isJsonObject();
    }

    private static WrongResponseException notATable() {
        return new WrongResponseException("it holds JSON, not a table", "", false);
    }

    private boolean isJsonObject() throws IOException {
        RowLayout layout = spec.layout(attempt.batch());
        try (JsonReports reports = new JsonReports(pages.body(), false, layout, limits)) {
            boolean anyGene = false;
            for (ReportValues report = reports.next(); report != null; report = reports.next()) {
                if (report.isEmpty()) {
                    check.remark(report);
                } else {
                    anyGene = true;
                }
            }
            if (anyGene) {
                throw notATable();
            }
            check.page(
                    reports,
                    new ResponseCheck.Place(
                            pages.isFirst(), pages.isLast(reports.nextPageToken()), pages.totalCount()));
            return true;
        } catch (WrongResponseException e) {
            throw e;
        } catch (IOException e) {
            // A cell may start with a bracket.
            return false;
        }
    }

    private Object[] read() {
        try {
            return rows.next();
        } catch (IOException e) {
            throw new IllegalStateException("A response that was read once cannot be read again", e);
        }
    }

    private TsvRows rowsOf(InputStream body) throws IOException {
        return new TsvRows(body, fields, headerExpected(), header, limits);
    }

    private boolean headerExpected() {
        return switch (spec.options().tabularHeader()) {
            case ALWAYS -> true;
            case FIRST_PAGE_ONLY -> pages.isFirst() && !spec.options().has(Option.PAGE_TOKEN);
            case NEVER -> false;
        };
    }

    /** Returns true if the current row has a value of the wrong type. */
    private boolean isMalformed() {
        List<String> remarks = rows.remarks();
        if (remarks.isEmpty()) {
            return false;
        }
        LOG.warn("In the response to {} {}", pages.reference(), spec.options().hidden(remarks.get(0)));
        remarks.clear();
        return true;
    }
}
