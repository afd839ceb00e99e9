package io.github.sparkncbigene.read;

import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.decode.RowLayout;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.fetch.CountedInputStream;
import io.github.sparkncbigene.fetch.PageReader;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.Identifier;
import io.github.sparkncbigene.plan.IdentifierAdvice;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.IdentifierKind;
import io.github.sparkncbigene.plan.Wire;
import io.github.sparkncbigene.report.Warnings;
import io.github.sparkncbigene.service.ServiceTrouble;
import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rows of a batch that is answered in JSON or NDJSON: every report under each identifier it answers. */
final class JsonBatchRows implements BatchRows {
    private static final Logger LOG = LoggerFactory.getLogger(JsonBatchRows.class);

    /** A report that answers an identifier unless another one echoes it exactly. */
    private record Held(Identifier identifier, ReportValues report) {}

    private final ReadSpec spec;
    private final Work work;
    private final PageReader pages;
    private final Recovery recovery;
    private final Tally tally;
    private final RowLayout layout;
    private final BatchMatcher matcher;
    private final Deque<Object[]> ready = new ArrayDeque<>();
    private final List<Held> held = new ArrayList<>();
    private final List<NcbiWarning> messages = new ArrayList<>();
    private final Map<Identifier, List<NcbiWarning>> remarks = new HashMap<>();
    private List<Work> leftovers = List.of();
    private JsonReports reports;
    private final boolean narrowed;
    private final Narrowing narrowing;
    private boolean nameless;
    private boolean anyReport;
    private boolean finished;

    JsonBatchRows(ReadSpec spec, Work work, PageReader pages, Recovery recovery, Narrowing narrowing, Tally tally) {
        this.tally = tally;
        this.narrowing = narrowing;
        this.narrowed = spec.requests().isNarrowed() && !narrowing.isRefuted();
        this.spec = spec;
        this.work = work;
        this.pages = pages;
        this.recovery = recovery;
        this.layout = spec.layout(work.batch().kind());
        this.matcher = new BatchMatcher(work.batch().kind(), work.batch().asked());
    }

    @Override
    public Object[] next() {
        while (ready.isEmpty() && !finished) {
            try {
                advance();
            } catch (ServiceTrouble trouble) {
                finished = true;
                recover(trouble);
            }
        }
        return ready.poll();
    }

    @Override
    public List<Work> leftovers() {
        return leftovers;
    }

    @Override
    public void readOut() throws IOException {
        if (reports == null) {
            return;
        }
        while (reports.next() != null) {
            // Only its form counts here.
        }
        pages.leave(reports.nextPageToken());
        reports = null;
    }

    private void advance() throws ServiceTrouble {
        if (reports == null) {
            pages.open();
        }
        try {
            if (reports == null) {
                reports = new JsonReports(
                        new CountedInputStream(pages.body(), tally),
                        spec.requests().wire() == Wire.NDJSON,
                        layout);
            }
            ReportValues report = reports.next();
            if (report != null) {
                tally.count(Counter.REPORTS);
                if (!narrowed || isEnough(report)) {
                    take(report);
                } else {
                    startPlain();
                }
                return;
            }
        } catch (IOException e) {
            reports = null;
            pages.again(e);
            return;
        }
        recovery.answered();
        narrowing.decide(true);
        messages.addAll(reports.messages());
        Optional<String> token = reports.nextPageToken();
        reports = null;
        if (!pages.turn(token)) {
            finish();
        }
    }

    /** Whether a report that is less than whole says who asked for it: else only whole ones do. */
    private boolean isEnough(ReportValues report) {
        if (report.isEmpty()) {
            return true;
        }
        boolean enough = spec.requests().narrowed().returnedContent() == null
                || work.batch().kind() == null
                || (layout.isIdentified(report) && matcher.knowsOneOf(report.query()));
        narrowing.decide(enough);
        return enough;
    }

    /** Reads the batch anew, as will be all that follow, in whole reports. */
    private void startPlain() {
        narrowing.decide(false);
        finished = true;
        leftovers = List.of(work);
    }

    private void recover(ServiceTrouble trouble) {
        if (narrowed && trouble.kind() == ServiceTrouble.Kind.REFUSED && pages.isFirst()) {
            // It may be that the service does not take what narrows the request.
            startPlain();
            return;
        }
        Optional<List<Work>> instead = recovery.instead(work, trouble, pages.isFirst());
        if (instead.isPresent()) {
            leftovers = instead.get();
        } else {
            messages.add(NcbiWarning.refused(
                    work.batch().asked().get(0).asked(), trouble.error().getMessage()));
            matcher.unmatched().forEach(this::missing);
        }
    }

    private void take(ReportValues report) {
        if (report.isEmpty()) {
            remarks(report);
            return;
        }
        anyReport = true;
        if (layout.isFilteredOut(report)) {
            // As if the service had left it out, which it may or may not do in JSON.
            return;
        }
        report.answers(pages.requestId());
        List<String> remarks = report.malformedValues();
        if (!remarks.isEmpty() && spec.mode() == Mode.FAILFAST) {
            throw spec.malformed(pages.reference(), remarks.get(0));
        }
        boolean dropped = !remarks.isEmpty() && spec.mode() == Mode.DROPMALFORMED;
        if (work.batch().kind() == null) {
            if (!dropped) {
                layout.rows(report, List.of(new Identifier(null, "")), work.made(), ready::add);
            }
            return;
        }
        BatchMatcher.Hits hits =
                report.query().isEmpty() ? named(report) : matcher.hits(report.query(), requested(report));
        if (dropped) {
            return;
        }
        layout.rows(report, hits.now(), work.made(), ready::add);
        for (Identifier identifier : hits.unlessMatched()) {
            held.add(new Held(identifier, report.copy()));
        }
    }

    /** Of what has no gene, what NCBI says of the identifiers that it echoes or names. */
    private void remarks(ReportValues report) {
        List<String> names = new ArrayList<>(report.query());
        names.addAll(requested(report));
        Set<Identifier> about = matcher.knownAs(names);
        if (about.isEmpty()) {
            // NCBI's words may name an identifier themselves.
            messages.addAll(report.warnings());
        }
        about.forEach(identifier ->
                remarks.computeIfAbsent(identifier, none -> new ArrayList<>()).addAll(report.warnings()));
    }

    /** Without an echo: what the report itself names, or the only identifier asked for; else its name is unknown. */
    private BatchMatcher.Hits named(ReportValues report) {
        List<Identifier> single = matcher.single();
        if (!single.isEmpty()) {
            matcher.match(single.get(0));
            return new BatchMatcher.Hits(single, List.of());
        }
        BatchMatcher.Hits hits = matcher.askedHits(layout.selfNames(report), requested(report));
        nameless |= hits.now().isEmpty() && hits.unlessMatched().isEmpty();
        return hits;
    }

    private static List<String> requested(ReportValues report) {
        if (report.warnings().isEmpty()) {
            return List.of();
        }
        return report.warnings().stream()
                .map(NcbiWarning::requested)
                .filter(Objects::nonNull)
                .toList();
    }

    private void finish() {
        finished = true;
        List<Held> late = held.stream()
                .filter(one -> !matcher.isMatched(one.identifier()))
                .toList();
        for (Held one : late) {
            layout.rows(one.report(), List.of(one.identifier()), work.made(), ready::add);
            matcher.match(one.identifier());
        }
        if (work.batch().kind() == null && !anyReport && !spec.options().has(Option.PAGE_TOKEN)) {
            missingTaxon();
        }
        if (nameless) {
            // Asked for one at a time, an identifier's answer needs no name.
            leftovers = matcher.unmatched().stream()
                    .map(identifier -> work.part(IdentifierBatch.single(identifier)))
                    .toList();
        } else if (!spec.options().has(Option.PAGE_TOKEN)) {
            matcher.unmatched().forEach(this::missing);
        }
    }

    private boolean isAboutTaxon(NcbiWarning message) {
        return taxon().filter(message::isAbout).isPresent();
    }

    private Optional<String> taxon() {
        return Optional.ofNullable(spec.requests().narrowed().taxon())
                .or(() -> spec.options().find(Option.TAXON));
    }

    /** A taxon without genes is no row, for there is nothing that could be in it. */
    private void missingTaxon() {
        String nothing = "NCBI returned nothing for taxon '" + taxon().orElse("") + "'" + NcbiWarning.words(messages);
        if (spec.mode() == Mode.FAILFAST) {
            throw new NcbiGeneException(
                    ErrorCode.NOT_FOUND,
                    nothing + ", and mode is FAILFAST. Correct it, or read with mode PERMISSIVE to get no rows.");
        }
        LOG.warn("{}. The taxon is not known, or has no genes.", spec.options().hidden(nothing));
    }

    private void missing(Identifier identifier) {
        tally.count(Counter.NOT_FOUND);
        List<NcbiWarning> said = Stream.concat(
                        remarks.getOrDefault(identifier, List.of()).stream(),
                        messages.stream()
                                .filter(message -> message.isAbout(identifier.asked())
                                        || (identifier.kind() == IdentifierKind.SYMBOL && isAboutTaxon(message))))
                .toList();
        String filtered =
                spec.options().has(Option.ACCESSION_FILTER) ? " that " + Option.ACCESSION_FILTER.key() + " keeps" : "";
        switch (spec.mode()) {
            case PERMISSIVE -> {
                NcbiWarning own = NcbiWarning.own(
                        Warnings.NOT_FOUND,
                        "NCBI returned nothing for " + identifier.kind().words() + " " + identifier.text() + filtered
                                + advice(identifier, ". "));
                layout.missing(identifier, said.isEmpty() ? List.of(own) : said, pages.requestId(), ready::add);
            }
            case FAILFAST ->
                throw new NcbiGeneException(
                        ErrorCode.NOT_FOUND,
                        "NCBI returned nothing for " + identifier.kind().words() + " '" + identifier.text() + "'"
                                + filtered + NcbiWarning.words(said)
                                + ", and mode is FAILFAST." + (said.isEmpty() ? advice(identifier, " ") : "")
                                + " Correct it, or read with mode"
                                + " PERMISSIVE to get a row that says so, or DROPMALFORMED to get none.");
            case DROPMALFORMED -> {
                // no row, as asked
            }
        }
    }

    /** What the identifier looks like, after a separator; nothing where it looks right. */
    private static String advice(Identifier identifier, String separator) {
        return IdentifierAdvice.notServed(identifier).map(separator::concat).orElse("");
    }
}
