package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.reuse.CacheRecorder;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.spec.BatchMatcher;
import io.github.sparkncbigene.spec.BatchMessages;
import io.github.sparkncbigene.spec.ReadSpec;
import io.github.sparkncbigene.spec.ReportOwners;
import io.github.sparkncbigene.spec.RowWarnings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The rows of a batch with JSON or NDJSON responses: every report under each identifier it belongs to. */
final class JsonBatchRows implements BatchRows {
    private final BatchAttempt attempt;
    private final IdentifierBatch batch;
    private final PageReader pages;
    private final CacheRecorder recorder;
    private final TaskState task;
    private final RowLayout layout;
    private final BatchMatcher matcher;
    private final DecodeLimits limits;
    private final JsonPages reports;
    private final ReducedReports reduced;
    private final ReportOwners owners;
    private final BatchMessages messages;
    private final HeldReports held;
    private final ReportRows rows;
    /** True if the pages start at a page token: what they lack may be on earlier pages. */
    private final boolean isPartial;

    private List<BatchAttempt> leftovers = List.of();
    private boolean anyReport;
    private boolean finished;

    /** @param recorder caches what is read */
    JsonBatchRows(ReadSpec spec, BatchAttempt attempt, PageReader pages, CacheRecorder recorder, TaskState task) {
        this.attempt = attempt;
        this.batch = attempt.batch();
        this.pages = pages;
        this.recorder = recorder;
        this.task = task;
        this.layout = spec.layout(batch);
        this.matcher = new BatchMatcher(batch);
        this.limits = DecodeLimits.of(spec.options());
        this.isPartial = spec.options().has(Option.PAGE_TOKEN);
        this.reports = new JsonPages(spec, pages, spec.check(batch, matcher), layout, recorder, task.counters());
        this.reduced = new ReducedReports(spec.requests(), batch, layout, matcher, task.projection());
        this.owners = new ReportOwners(batch, matcher, layout, isPartial);
        this.messages = new BatchMessages(matcher, spec.taxon(batch));
        this.held = new HeldReports(limits);
        this.rows = new ReportRows(spec, attempt, layout, task.counters());
    }

    @Override
    public Object[] next() {
        while (rows.isEmpty() && !finished) {
            try {
                advance();
            } catch (ServiceException failure) {
                finished = true;
                recover(failure);
            }
        }
        return rows.poll();
    }

    @Override
    public List<BatchAttempt> leftovers() {
        return leftovers;
    }

    @Override
    public void drain() throws IOException {
        if (!reports.isOpen()) {
            return;
        }
        for (ReportValues report = reports.next(); report != null; report = reports.next()) {
            if (recorder.isRecording()) {
                take(report);
                rows.clear();
            }
        }
        reports.check();
        Optional<String> token = reports.close(messages::add);
        boolean last = pages.isLast(token);
        pages.leave(token);
        if (last && recorder.isRecording()) {
            finish();
            rows.clear();
        }
    }

    private void advance() throws ServiceException {
        reports.await();
        try {
            ReportValues report = reports.next();
            if (report != null) {
                task.counters().count(Counter.REPORTS);
                if (reduced.isEnough(report)) {
                    take(report);
                } else {
                    startComplete();
                }
                return;
            }
            if (reduced.mayBeLostIn(reports)) {
                startComplete();
                return;
            }
            reports.check();
            for (HeldReports.Held one : held.all()) {
                rows.add(one.report(), one.identifiers(), warnings(one.report(), one.identifiers()));
            }
            held.clear();
        } catch (IOException e) {
            held.clear();
            reports.again(e);
            return;
        }
        task.recovery().succeeded();
        reduced.decide(true);
        if (!pages.permit(reports.close(messages::add))) {
            finish();
            leftovers = task.recovery().afterSuccess(attempt, leftovers);
        }
    }

    /** Reads this batch again, and all later ones, with complete reports. */
    private void startComplete() {
        reduced.decide(false);
        finished = true;
        leftovers = List.of(attempt.asWholeReports());
    }

    private void recover(ServiceException failure) {
        if (reduced.mayBeRejectedBy(failure, pages.isFirst())) {
            startComplete();
            return;
        }
        Optional<List<BatchAttempt>> replacement = task.recovery().replacementFor(attempt, failure, pages.isFirst());
        if (replacement.isPresent()) {
            leftovers = replacement.get();
        } else {
            messages.add(NcbiWarning.refused(
                    batch.requested().get(0).requested(), failure.error().getMessage()));
            matcher.unmatched().forEach(this::addMissing);
            leftovers = task.recovery().afterRefusal(attempt);
            task.recovery().whenSucceeded(recorder::finish);
        }
    }

    private void take(ReportValues report) throws IOException {
        if (report.isEmpty()) {
            messages.addAll(report);
            return;
        }
        anyReport = true;
        if (layout.isFilteredOut(report)) {
            // Treats the report as if the service had left it out, which is optional in JSON.
            return;
        }
        report.from(pages.retrieval());
        boolean dropped = rows.isDropped(report, pages.reference());
        if (batch.isWholeTaxon()) {
            if (!dropped) {
                rows.addOfTaxon(report);
            }
            return;
        }
        BatchMatcher.Hits hits = owners.of(report);
        hits.now().forEach(hit -> rows.found(report, hit));
        RowWarnings warnings = warnings(report, hits.now());
        hits.now().forEach(hit -> recorder.hit(hit, warnings.on(hit)));
        if (!hits.foreign().isEmpty()) {
            recorder.giveUp();
        }
        if (dropped) {
            return;
        }
        if (hits.foreign().isEmpty()) {
            rows.add(report, hits.now(), warnings);
        } else {
            held.add(report, hits.foreign());
        }
    }

    private RowWarnings warnings(ReportValues report, List<Identifier> hits) throws IOException {
        return RowWarnings.of(report, hits, matcher, limits.elements());
    }

    /** Adds the rows of what the batch lacks, and determines what has to be requested once more. */
    private void finish() {
        finished = true;
        if (batch.isWholeTaxon() && !anyReport && !isPartial) {
            rows.taxonIsMissing(messages);
        }
        List<Identifier> unmatched = matcher.unmatched();
        if (owners.hasNameless()) {
            // Requested one at a time, an identifier's response needs no name.
            leftovers = unmatched.stream()
                    .map(identifier -> attempt.part(batch.single(identifier)))
                    .toList();
            addMissingOwn();
        } else {
            List<Identifier> doubtful = unmatched.stream()
                    .filter(identifier -> owners.isInDoubt(identifier) && !messages.hasAbout(identifier))
                    .toList();
            leftovers = matcher.apart(doubtful).stream()
                    .map(part -> attempt.part(batch.only(part)))
                    .toList();
            if (!isPartial) {
                unmatched.stream()
                        .filter(identifier -> !doubtful.contains(identifier))
                        .forEach(this::addMissing);
                addMissingOwn();
            }
        }
        recorder.finish();
    }

    private void addMissing(Identifier identifier) {
        List<NcbiWarning> reasons = messages.reasonsFor(identifier);
        recorder.missing(identifier, reasons, pages.retrieval());
        rows.addMissing(identifier, reasons, pages.retrieval());
    }

    private void addMissingOwn() {
        matcher.matched().forEach(identifier -> rows.addMissingOwn(identifier, pages.retrieval()));
    }
}
