package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.decode.DecodeLimits;
import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.fetch.CountedInputStream;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.Wire;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.recovery.Recovery;
import io.github.sparkncbigene.reuse.CacheRecorder;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.TooLargeException;
import io.github.sparkncbigene.service.WrongResponseException;
import io.github.sparkncbigene.spec.BatchMatcher;
import io.github.sparkncbigene.spec.ReadSpec;
import io.github.sparkncbigene.spec.ResponseCheck;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a batch with JSON or NDJSON responses: every report under each identifier it belongs to. */
public final class JsonBatchRows implements BatchRows {
    private static final Logger LOG = LoggerFactory.getLogger(JsonBatchRows.class);

    /**
     * Largest number of stored messages. Errors quote one at a time, so more that name nothing requested are useless.
     */
    private static final int MESSAGES = 100;
    /** Largest number of reports on a page. */
    private static final int REPORTS_IN_A_PAGE = 1000;

    /** A report that was not requested: it becomes a row only if the rest of the response matches the request. */
    private record Foreign(List<Identifier> identifiers, ReportValues report) {}

    private final ReadSpec spec;
    private final BatchAttempt work;
    private final PageReader pages;
    private final Recovery recovery;
    private final TaskCounters counters;
    private final RowLayout layout;
    private final BatchMatcher matcher;
    private final Deque<Object[]> ready = new ArrayDeque<>();
    private final Set<Identifier> inDoubt = new LinkedHashSet<>();
    private final List<Foreign> foreign = new ArrayList<>();
    private final ResponseCheck check;
    private final MissingRows missingRows;
    private final CacheRecorder recorder;
    private final DecodeLimits limits;
    private final List<NcbiWarning> messages = new ArrayList<>();
    private final Map<Identifier, Set<NcbiWarning>> remarks = new HashMap<>();
    private List<BatchAttempt> leftovers = List.of();
    private JsonReports reports;
    private final boolean narrowed;
    private final Narrowing narrowing;
    private long foreignBytes;
    /** Identifiers with a row of their own, where {@code accession_rows} leaves out the others of their genes. */
    private final Set<Identifier> withOwn = new HashSet<>();

    private boolean nameless;
    private boolean anyReport;
    private boolean finished;

    /** @param recorder caches what is read */
    public JsonBatchRows(
            ReadSpec spec,
            BatchAttempt work,
            PageReader pages,
            Recovery recovery,
            Narrowing narrowing,
            CacheRecorder recorder,
            TaskCounters counters) {
        this.recorder = recorder;
        this.counters = counters;
        this.narrowing = narrowing;
        this.narrowed = spec.requests().isNarrowed();
        this.spec = spec;
        this.work = work;
        this.pages = pages;
        this.recovery = recovery;
        this.layout = spec.layout(work.batch());
        this.matcher = new BatchMatcher(work.batch());
        this.missingRows = new MissingRows(spec, work.batch(), layout, counters);
        this.limits = DecodeLimits.of(spec.options());
        this.check = spec.check(work.batch(), matcher);
    }

    @Override
    public Object[] next() {
        while (ready.isEmpty() && !finished) {
            try {
                advance();
            } catch (ServiceException failure) {
                finished = true;
                recover(failure);
            }
        }
        return ready.poll();
    }

    @Override
    public List<BatchAttempt> leftovers() {
        return leftovers;
    }

    @Override
    public void readOut() throws IOException {
        if (reports == null) {
            return;
        }
        for (ReportValues report = reports.next(); report != null; report = reports.next()) {
            note(report);
            if (recorder.isRecording()) {
                take(report);
                ready.clear();
            }
        }
        check.page(reports, place());
        endPage();
        boolean last = pages.isLast(reports.nextPageToken());
        pages.leave(reports.nextPageToken());
        reports = null;
        if (last && recorder.isRecording()) {
            finish();
            ready.clear();
        }
    }

    private void endPage() {
        recorder.page(pages.response());
        reports.messages().forEach(this::address);
    }

    private void note(ReportValues report) {
        recorder.report();
        if (report.isEmpty()) {
            check.remark(report);
        } else {
            check.report(report, layout.geneId(report), () -> layout.selfNames(report));
        }
    }

    private ResponseCheck.Place place() {
        return new ResponseCheck.Place(pages.isFirst(), pages.isLast(reports.nextPageToken()), pages.totalCount());
    }

    private void advance() throws ServiceException {
        if (reports == null) {
            pages.open();
        }
        try {
            if (reports == null) {
                reports = new JsonReports(
                        new CountedInputStream(pages.body(), counters),
                        spec.requests().wire() == Wire.NDJSON,
                        layout,
                        limits);
                check.begin();
                recorder.begin();
                foreign.clear();
                foreignBytes = 0;
            }
            ReportValues report = reports.next();
            if (report != null) {
                counters.count(Counter.REPORTS);
                note(report);
                if (!narrowed || isEnough(report)) {
                    take(report);
                } else {
                    startPlain();
                }
                return;
            }
            if (narrowed && !reports.hasReports() && reports.totalCount().isPresent()) {
                // Perhaps only the total count remains of the reduced reports.
                startPlain();
                return;
            }
            check.page(reports, place());
            for (Foreign one : foreign) {
                addRows(one.report(), one.identifiers(), warnings(one.report(), one.identifiers()));
            }
            foreign.clear();
        } catch (IOException e) {
            reports = null;
            pages.again(e);
            return;
        }
        recovery.answered();
        narrowing.decide(true);
        endPage();
        Optional<String> token = reports.nextPageToken();
        reports = null;
        if (!pages.permit(token)) {
            finish();
            leftovers = recovery.afterAnswer(work, leftovers);
        }
    }

    /**
     * Returns true if a reduced report still shows which identifier it belongs to; otherwise only complete reports do.
     */
    private boolean isEnough(ReportValues report) {
        if (report.isEmpty()) {
            return true;
        }
        boolean enough = spec.requests().narrowed().returnedContent() == null
                || work.batch().isWholeTaxon()
                || (layout.geneId(report).isPresent() && matcher.knowsOneOf(report.query()));
        narrowing.decide(enough);
        return enough;
    }

    /** Reads this batch again, and all later ones, with complete reports. */
    private void startPlain() {
        narrowing.decide(false);
        finished = true;
        leftovers = List.of(work.otherwise());
    }

    private void recover(ServiceException failure) {
        if (narrowed && failure.kind() == ServiceException.Kind.REJECTED && pages.isFirst()) {
            // Perhaps the service does not accept the reduction of the request.
            startPlain();
            return;
        }
        Optional<List<BatchAttempt>> instead = recovery.replacementFor(work, failure, pages.isFirst());
        if (instead.isPresent()) {
            leftovers = instead.get();
        } else {
            address(NcbiWarning.refused(
                    work.batch().requested().get(0).requested(), failure.error().getMessage()));
            matcher.unmatched().forEach(this::missing);
            leftovers = recovery.afterRefusal(work);
            recovery.whenAnswered(recorder::finish);
        }
    }

    private void take(ReportValues report) throws IOException {
        if (report.isEmpty()) {
            remarks(report);
            return;
        }
        anyReport = true;
        if (layout.isFilteredOut(report)) {
            // Treats the report as if the service had left it out, which is optional in JSON.
            return;
        }
        report.from(pages.retrieval());
        List<String> remarks = report.malformedValues();
        if (!remarks.isEmpty() && spec.mode() == Mode.FAILFAST) {
            throw spec.malformed(pages.reference(), remarks.get(0));
        }
        boolean dropped = !remarks.isEmpty() && spec.mode() == Mode.DROPMALFORMED;
        if (work.batch().isWholeTaxon()) {
            if (!dropped) {
                layout.rowsOfTaxon(report, work.made(), ready::add);
            }
            return;
        }
        BatchMatcher.Hits hits =
                report.query().isEmpty() ? named(report) : matcher.hits(report.query(), report.requested());
        if (spec.options().has(Option.PAGE_TOKEN)) {
            // A response that starts at a page token cannot be requested in parts.
            hits = hits.withoutDoubt();
        }
        inDoubt.addAll(hits.inDoubt());
        hits.now().stream().filter(hit -> layout.hasOwnRow(report, hit)).forEach(withOwn::add);
        RowWarnings warnings = warnings(report, hits.now());
        hits.now().forEach(hit -> recorder.hit(hit, warnings.on(hit)));
        if (!hits.foreign().isEmpty()) {
            recorder.giveUp();
        }
        if (dropped) {
            return;
        }
        if (!hits.foreign().isEmpty()) {
            hold(report, hits.foreign());
        } else if (hits.inDoubt().isEmpty() || !hits.now().isEmpty()) {
            addRows(report, hits.now(), warnings);
        }
    }

    private void hold(ReportValues report, List<Identifier> identifiers) throws IOException {
        foreign.add(new Foreign(identifiers, report.copy()));
        foreignBytes += report.bytes();
        if (foreign.size() > REPORTS_IN_A_PAGE || foreignBytes > limits.bytes()) {
            throw new WrongResponseException("more than it can hold is about nothing that was requested", "", false);
        }
    }

    /** The warnings of a report: one that names identifiers is on their rows only. */
    private record RowWarnings(List<NcbiWarning> ofAll, Map<Identifier, List<NcbiWarning>> addressed) {
        List<NcbiWarning> on(Identifier hit) {
            List<NcbiWarning> own = addressed.get(hit);
            return own == null
                    ? ofAll
                    : Stream.concat(own.stream(), ofAll.stream()).toList();
        }
    }

    private RowWarnings warnings(ReportValues report, List<Identifier> hits) throws TooLargeException {
        if (report.warnings().stream().noneMatch(NcbiWarning::namesAny)) {
            return new RowWarnings(List.copyOf(report.warnings()), Map.of());
        }
        List<NcbiWarning> ofAll = new ArrayList<>();
        Map<Identifier, List<NcbiWarning>> addressed = new LinkedHashMap<>();
        for (NcbiWarning warning : report.warnings()) {
            Set<Identifier> about = matcher.knownAs(warning.names());
            if (about.isEmpty()) {
                // The warning names nothing, or nothing that was requested.
                ofAll.add(warning);
            }
            about.forEach(identifier -> addressed
                    .computeIfAbsent(identifier, none -> new ArrayList<>())
                    .add(warning));
        }
        if (hits.stream().filter(addressed::containsKey).count() * ofAll.size() > limits.elements()) {
            throw new TooLargeException(
                    "the warnings of a report in it, on each of its rows, are more than max_report_elements = "
                            + limits.elements(),
                    "If that is right, raise max_report_elements");
        }
        return new RowWarnings(List.copyOf(ofAll), addressed);
    }

    private void addRows(ReportValues report, List<Identifier> hits, RowWarnings warnings) {
        if (hits.isEmpty()) {
            return;
        }
        if (warnings.addressed().isEmpty()) {
            layout.rows(report, hits, work.made(), ready::add);
            return;
        }
        List<Identifier> others = hits.stream()
                .filter(hit -> !warnings.addressed().containsKey(hit))
                .toList();
        if (!others.isEmpty()) {
            layout.rows(report.with(warnings.ofAll()), others, work.made(), ready::add);
        }
        for (Identifier hit : hits) {
            if (warnings.addressed().containsKey(hit)) {
                layout.rows(report.with(warnings.on(hit)), List.of(hit), work.made(), ready::add);
            }
        }
    }

    /** Stores NCBI's messages about identifiers without a gene, which the report echoes or names. */
    private void remarks(ReportValues report) {
        for (NcbiWarning warning : report.warnings()) {
            if (matcher.knownAs(warning.names()).isEmpty()) {
                matcher.knownAs(report.query()).forEach(identifier -> remark(identifier, warning));
            }
            address(warning);
        }
    }

    /** Assigns NCBI's message to the identifiers that it names. */
    private void address(NcbiWarning warning) {
        Set<Identifier> about = matcher.knownAs(warning.names());
        about.forEach(identifier -> remark(identifier, warning));
        if (about.isEmpty() && messages.size() < MESSAGES) {
            messages.add(warning);
        }
    }

    private void remark(Identifier identifier, NcbiWarning warning) {
        remarks.computeIfAbsent(identifier, none -> new LinkedHashSet<>()).add(warning);
    }

    /**
     * Finds the identifiers of a report without an echo: the report's own names, or the only requested identifier;
     * otherwise they are unknown.
     */
    private BatchMatcher.Hits named(ReportValues report) {
        List<Identifier> single = matcher.single();
        if (!single.isEmpty()) {
            matcher.match(single.get(0));
            return new BatchMatcher.Hits(single);
        }
        if (work.batch().isOf(IdentifierKind.ACCESSION)) {
            // Reports by accession show only the current versions, and may belong to more accessions than they show.
            nameless = true;
            return new BatchMatcher.Hits(matcher.exactly(layout.selfNames(report), report.requested()));
        }
        BatchMatcher.Hits hits = matcher.hits(layout.selfNames(report), report.requested());
        nameless |= !hits.isRequested();
        return new BatchMatcher.Hits(hits.now(), hits.inDoubt(), List.of());
    }

    private void finish() {
        finished = true;
        if (work.batch().isWholeTaxon() && !anyReport && !spec.options().has(Option.PAGE_TOKEN)) {
            missingTaxon();
        }
        if (nameless) {
            // Requested one at a time, an identifier's response needs no name.
            leftovers = matcher.unmatched().stream()
                    .map(identifier -> work.part(work.batch().single(identifier)))
                    .toList();
            missingOwn();
            recorder.finish();
            return;
        }
        List<Identifier> unmatched = matcher.unmatched();
        List<Identifier> doubtful = unmatched.stream()
                .filter(identifier -> inDoubt.contains(identifier) && !remarks.containsKey(identifier))
                .toList();
        leftovers = matcher.apart(doubtful).stream()
                .map(part -> work.part(work.batch().only(part)))
                .toList();
        if (!spec.options().has(Option.PAGE_TOKEN)) {
            unmatched.stream()
                    .filter(identifier -> !doubtful.contains(identifier))
                    .forEach(this::missing);
            missingOwn();
        }
        recorder.finish();
    }

    private void missingOwn() {
        if (spec.requests().ownColumn().isPresent()) {
            matcher.matched().stream()
                    .filter(identifier -> !withOwn.contains(identifier))
                    .forEach(identifier -> missingRows.addWithoutOwn(identifier, pages.retrieval(), ready::add));
        }
    }

    private boolean isAboutTaxon(NcbiWarning message) {
        return spec.taxon(work.batch()).filter(message.names()::contains).isPresent();
    }

    /** Handles a taxon without genes: it has no row, because all columns would be empty. */
    private void missingTaxon() {
        String taxon = "taxon '" + spec.taxon(work.batch()).orElse("") + "'";
        boolean unknown = messages.stream().anyMatch(this::isAboutTaxon);
        String nothing =
                (unknown ? "NCBI does not know " : "NCBI returned nothing for ") + taxon + NcbiWarning.words(messages);
        if (spec.mode() == Mode.FAILFAST) {
            throw new NcbiGeneException(
                    ErrorCode.NOT_FOUND,
                    nothing + ", and mode is FAILFAST. Correct it, or read with mode PERMISSIVE to get no rows.");
        }
        LOG.warn(
                unknown ? "{}." : "{}. The taxon is not known, or has no genes.",
                spec.options().hidden(nothing));
    }

    private void missing(Identifier identifier) {
        // An unknown taxon is the reason for all else that is missing.
        List<NcbiWarning> said = Stream.concat(
                        messages.stream()
                                .filter(message -> identifier.kind() == IdentifierKind.SYMBOL && isAboutTaxon(message)),
                        remarks.getOrDefault(identifier, Set.of()).stream())
                .toList();
        recorder.missing(identifier, said, pages.retrieval());
        missingRows.add(identifier, said, pages.retrieval(), ready::add);
    }
}
