package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.report.ReportSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses the rows of a report that an identifier gets: by accession filter, the query's filters, and own names. */
final class RowFilter {
    /** A column that the query filters, and the values that it lets pass; the accession stands in no slot. */
    private record Filtered(Optional<NestedColumns.Cell> cell, Identifiers values) {
        boolean passes(Optional<Identifier> hit, Object[] report, Object[] transcript) {
            Object value = cell.isPresent()
                    ? cell.get().of(report, transcript)
                    : hit.filter(Identifier::isAccession).map(Identifier::text).orElse(null);
            return value != null && values.contains(value.toString());
        }
    }

    private final AccessionFilter accessions;
    private final List<NestedColumns.Cell> accessionCells;
    private final List<Filtered> filters;
    private final OwnRows own;
    private final List<NestedColumns.Cell> ownCells;

    /**
     * @param accessions selects the transcripts of a product report that become rows
     * @param filters filters that rows must pass, on columns of text or whole numbers
     * @param own the rows that an identifier gives
     */
    RowFilter(NestedColumns columns, AccessionFilter accessions, KeyDomains filters, OwnRows own) {
        this.accessions = accessions;
        this.accessionCells = accessions.keepsAll()
                ? List.of()
                : AccessionFilter.COLUMNS.stream().map(columns::cell).toList();
        this.filters = filters.byColumn().entrySet().stream()
                .map(filter -> new Filtered(
                        isAccession(filter.getKey()) ? Optional.empty() : Optional.of(columns.cell(filter.getKey())),
                        filter.getValue()))
                .toList();
        this.own = own;
        this.ownCells = own.columns().stream().map(columns::cell).toList();
    }

    /** Returns the columns that must be read to choose rows. */
    static List<String> needed(AccessionFilter accessions, KeyDomains filters, OwnRows own) {
        Stream<String> filtered = filters.byColumn().keySet().stream().filter(column -> !isAccession(column));
        Stream<String> ofAccessions = accessions.keepsAll() ? Stream.empty() : AccessionFilter.COLUMNS.stream();
        return Stream.of(filtered, ofAccessions, own.columns().stream())
                .flatMap(each -> each)
                .toList();
    }

    /** Returns true if {@code accession_filter} removes the whole report. */
    boolean removes(List<Object[]> transcripts) {
        return !accessions.keepsAll() && transcripts.stream().noneMatch(this::keeps);
    }

    /**
     * Returns true if the identifier gets a row of the transcript.
     *
     * @param hit the requested identifier; empty for a whole taxon
     */
    boolean accepts(Optional<Identifier> hit, Object[] report, Object[] transcript) {
        return keeps(transcript)
                && passes(hit, report, transcript)
                && (own.isAll()
                        || hit.filter(one -> isOwn(one, report, transcript)).isPresent());
    }

    /** Returns true if the row passes the query's filters. */
    boolean passes(Optional<Identifier> hit, Object[] report, Object[] transcript) {
        for (Filtered filter : filters) {
            if (!filter.passes(hit, report, transcript)) {
                return false;
            }
        }
        return true;
    }

    private boolean keeps(Object[] transcript) {
        return accessions.keepsAll()
                || accessions.keeps(
                        transcript[accessionCells.get(0).slot()],
                        transcript[accessionCells.get(1).slot()]);
    }

    /** Returns true if the row is one of the identifier's own. */
    boolean isOwn(Identifier hit, Object[] report, Object[] transcript) {
        return own.isAll()
                || ownCells.stream().map(cell -> cell.of(report, transcript)).anyMatch(value -> own.isOwn(hit, value));
    }

    private static boolean isAccession(String column) {
        return column.equals(ReportSchema.ACCESSION);
    }
}
