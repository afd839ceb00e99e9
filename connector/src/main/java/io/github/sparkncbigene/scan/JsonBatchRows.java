package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.decode.BatchMatcher;
import io.github.sparkncbigene.decode.JsonReports;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.decode.RowLayout;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.plan.Identifier;
import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.Wire;
import io.github.sparkncbigene.report.Warnings;
import io.github.sparkncbigene.service.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The rows of a batch that is answered in JSON or NDJSON: every report under each identifier it answers. */
final class JsonBatchRows implements BatchRows {
    /** A report that answers an identifier unless another one echoes it exactly. */
    private record Held(Identifier identifier, List<Object[]> rows) {}

    private final ReadSpec spec;
    private final PageSource pages;
    private final IdentifierBatch batch;
    private final RowLayout layout;
    private final BatchMatcher matcher;
    private final Deque<Object[]> ready = new ArrayDeque<>();
    private final List<Held> held = new ArrayList<>();
    private final List<NcbiWarning> messages = new ArrayList<>();
    private List<IdentifierBatch> leftovers = List.of();
    private Answer answer;
    private JsonReports reports;
    private boolean nameless;
    private boolean finished;

    JsonBatchRows(ReadSpec spec, PageSource pages, IdentifierBatch batch) {
        this.spec = spec;
        this.pages = pages;
        this.batch = batch;
        this.layout = spec.layout(batch.kind());
        this.matcher = new BatchMatcher(batch.kind(), batch.asked());
    }

    @Override
    public Object[] next() {
        while (ready.isEmpty() && !finished) {
            advance();
        }
        return ready.poll();
    }

    @Override
    public List<IdentifierBatch> leftovers() {
        return leftovers;
    }

    private void advance() {
        if (reports == null) {
            answer = pages.next();
            reports = PageSource.read(
                    answer, () -> new JsonReports(answer.body(), spec.requests().wire() == Wire.NDJSON, layout));
        }
        ReportValues report = PageSource.read(answer, reports::next);
        if (report != null) {
            take(report);
            return;
        }
        messages.addAll(reports.messages());
        Optional<String> token = reports.nextPageToken();
        reports = null;
        if (!pages.turn(token)) {
            finish();
        }
    }

    private void take(ReportValues report) {
        List<String> remarks = report.malformedValues();
        if (!remarks.isEmpty() && spec.mode() == Mode.FAILFAST) {
            throw new NcbiGeneException(
                    ErrorCode.MALFORMED_VALUE,
                    "In the answer to " + answer.reference() + " " + remarks.get(0)
                            + " with mode PERMISSIVE, and is an error with FAILFAST.");
        }
        boolean dropped = !remarks.isEmpty() && spec.mode() == Mode.DROPMALFORMED;
        if (batch.kind() == null) {
            if (!dropped) {
                layout.rows(report, List.of(new Identifier(null, "")), ready::add);
            }
            return;
        }
        BatchMatcher.Hits hits =
                report.query().isEmpty() ? named(report) : matcher.hits(report.query(), requested(report));
        if (dropped) {
            return;
        }
        layout.rows(report, hits.now(), ready::add);
        for (Identifier identifier : hits.unlessMatched()) {
            List<Object[]> rows = new ArrayList<>();
            layout.rows(report, List.of(identifier), rows::add);
            held.add(new Held(identifier, rows));
        }
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
        return report.warnings().stream()
                .map(NcbiWarning::requested)
                .filter(Objects::nonNull)
                .toList();
    }

    private void finish() {
        finished = true;
        for (Held late : held) {
            if (!matcher.isMatched(late.identifier())) {
                ready.addAll(late.rows());
            }
        }
        held.forEach(late -> matcher.match(late.identifier()));
        if (nameless) {
            // Asked for one at a time, an identifier's answer needs no name.
            leftovers = singles(matcher.unmatched());
        } else if (!spec.options().has(Option.PAGE_TOKEN)) {
            matcher.unmatched().forEach(this::missing);
        }
    }

    private static List<IdentifierBatch> singles(List<Identifier> identifiers) {
        return identifiers.stream()
                .map(identifier -> new IdentifierBatch(identifier.kind(), List.of(identifier.text()), List.of()))
                .toList();
    }

    private void missing(Identifier identifier) {
        NcbiWarning why = messages.stream()
                .filter(message -> identifier.text().equals(message.unrecognizedIdentifier())
                        || (message.invalidIdentifiers() != null
                                && message.invalidIdentifiers().contains(identifier.text())))
                .findFirst()
                .orElseGet(() -> NcbiWarning.own(
                        Warnings.NOT_FOUND,
                        "NCBI returned nothing for " + identifier.kind().words() + " " + identifier.text()));
        switch (spec.mode()) {
            case PERMISSIVE -> layout.missing(identifier, why, ready::add);
            case FAILFAST ->
                throw new NcbiGeneException(
                        ErrorCode.NOT_FOUND,
                        "NCBI returned nothing for " + identifier.kind().words() + " '" + identifier.text() + "', and"
                                + " mode is FAILFAST. Correct it, or read with mode PERMISSIVE to get a row that says"
                                + " so, or DROPMALFORMED to get none.");
            case DROPMALFORMED -> {
                // no row, as asked
            }
        }
    }
}
