package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.layout.EmittedRows;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.recovery.BatchAttempt;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.spec.BatchMessages;
import io.github.sparkncbigene.spec.ReadSpec;
import io.github.sparkncbigene.spec.RowWarnings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows that the reports of a batch become, and the rows of identifiers without a report, until they are read. */
final class ReportRows {
    private final ReadSpec spec;
    private final RowLayout layout;
    private final EmittedRows emitted;
    private final MissingRows missing;
    private final boolean ownOnly;
    /** Identifiers with a row of their own, where {@code accession_rows} leaves out the others of their genes. */
    private final Set<Identifier> withOwn = new HashSet<>();

    private final Deque<Object[]> ready = new ArrayDeque<>();

    ReportRows(ReadSpec spec, BatchAttempt attempt, RowLayout layout, TaskCounters counters) {
        this.spec = spec;
        this.layout = layout;
        this.emitted = attempt.emitted();
        this.missing = new MissingRows(spec, attempt.batch(), layout, counters);
        this.ownOnly = spec.requests().ownColumn().isPresent();
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** Returns the next row; null if there is none yet. */
    Object[] poll() {
        return ready.poll();
    }

    /** Discards the rows that are not read yet. */
    void clear() {
        ready.clear();
    }

    /**
     * Returns true if {@code mode} drops the report, because one of its values has the wrong type.
     *
     * @param reference the response, for errors
     */
    boolean isDropped(ReportValues report, String reference) {
        List<String> malformed = report.malformedValues();
        if (!malformed.isEmpty() && spec.mode() == Mode.FAILFAST) {
            throw spec.malformed(reference, malformed.get(0));
        }
        return !malformed.isEmpty() && spec.mode() == Mode.DROPMALFORMED;
    }

    /** Records that a report belongs to an identifier, whether its rows are dropped or not. */
    void found(ReportValues report, Identifier hit) {
        if (layout.hasOwnRow(report, hit)) {
            withOwn.add(hit);
        }
    }

    /** Adds the rows of a report under its identifiers. */
    void add(ReportValues report, List<Identifier> hits, RowWarnings warnings) {
        if (!warnings.areOnAllRows()) {
            add(report, warnings.groups(hits));
        } else if (!hits.isEmpty()) {
            layout.rows(report, hits, emitted, ready::add);
        }
    }

    /** Adds the rows of a report for which only a taxon was requested. */
    void addOfTaxon(ReportValues report) {
        layout.rowsOfTaxon(report, emitted, ready::add);
    }

    /** Adds the rows of a report with other warnings than its own. */
    void add(ReportValues report, List<RowWarnings.Group> groups) {
        for (RowWarnings.Group group : groups) {
            if (!group.identifiers().isEmpty()) {
                boolean asSent = group.warnings().equals(report.warnings());
                ReportValues warned = asSent ? report : report.with(group.warnings());
                layout.rows(warned, group.identifiers(), emitted, ready::add);
            }
        }
    }

    /**
     * Adds the row of an identifier without a report, if {@code mode} gives it one.
     *
     * @param said NCBI's messages about the identifier
     * @param from the response that lacks the report
     */
    void addMissing(Identifier identifier, List<NcbiWarning> said, Retrieval from) {
        missing.add(identifier, said, from, ready::add);
    }

    /** Adds the row of an accession whose gene was found, if {@code accession_rows} wants rows that the gene lacks. */
    void addMissingOwn(Identifier identifier, Retrieval from) {
        if (ownOnly && !withOwn.contains(identifier)) {
            missing.addWithoutOwn(identifier, from, ready::add);
        }
    }

    /** Reports a taxon without genes, which has no row. */
    void taxonIsMissing(BatchMessages messages) {
        missing.taxon(messages);
    }
}
