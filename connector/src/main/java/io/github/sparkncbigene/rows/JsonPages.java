package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.fetch.CountedInputStream;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.WireFormat;
import io.github.sparkncbigene.reuse.CacheRecorder;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.spec.ReadSpec;
import io.github.sparkncbigene.spec.ResponseCheck;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the reports of a batch's JSON responses, page by page, and checks that each page matches the request. */
final class JsonPages {
    private final PageReader pages;
    private final RowLayout layout;
    private final DecodeLimits limits;
    private final ResponseCheck check;
    private final CacheRecorder recorder;
    private final TaskCounters counters;
    private final boolean lines;
    /** The reports of the open page; null between pages. */
    private JsonReports reports;

    JsonPages(
            ReadSpec spec,
            PageReader pages,
            ResponseCheck check,
            RowLayout layout,
            CacheRecorder recorder,
            TaskCounters counters) {
        this.pages = pages;
        this.layout = layout;
        this.limits = DecodeLimits.of(spec.options());
        this.check = check;
        this.recorder = recorder;
        this.counters = counters;
        this.lines = spec.requests().wireFormat() == WireFormat.NDJSON;
    }

    boolean isOpen() {
        return reports != null;
    }

    /** Waits for the next page, unless one is open. */
    void await() throws ServiceException {
        if (reports == null) {
            pages.open();
        }
    }

    /** Reads the next report of the page; null after the last. */
    ReportValues next() throws IOException {
        if (reports == null) {
            reports = new JsonReports(new CountedInputStream(pages.body(), counters), lines, layout, limits);
            check.begin();
            recorder.begin();
        }
        ReportValues report = reports.next();
        if (report != null) {
            recorder.report();
            if (report.isEmpty()) {
                check.remark(report);
            } else {
                check.report(report, layout.geneId(report), () -> layout.selfNames(report));
            }
        }
        return report;
    }

    /** Returns true if the page that was read has no reports, only their number. */
    boolean isOnlyCount() {
        return !reports.hasReports() && reports.totalCount().isPresent();
    }

    /** Checks the page that was read. */
    void check() throws IOException {
        Optional<String> token = reports.nextPageToken();
        check.page(reports, new ResponseCheck.Place(pages.isFirst(), pages.isLast(token), pages.totalCount()));
    }

    /** Requests the page again, because its response is unreadable. */
    void again(IOException why) throws ServiceException {
        reports = null;
        pages.again(why);
    }

    /**
     * Closes a page that passed its check.
     *
     * @param messages receives NCBI's messages about the request
     * @return the token of the next page in the body, if any
     */
    Optional<String> close(Consumer<NcbiWarning> messages) {
        recorder.page(pages.response());
        reports.messages().forEach(messages);
        Optional<String> token = reports.nextPageToken();
        reports = null;
        return token;
    }
}
