package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.decode.ColumnReader;
import io.github.sparkncbigene.decode.ListReader;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ObjectReader;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.decode.StructReader;
import io.github.sparkncbigene.decode.TabularCell;
import io.github.sparkncbigene.decode.ValueReader;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.service.Retrieval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Builds the rows of NCBI's tabular report from JSON by NCBI's rule. Each array of objects that a column lies in has
 * one cursor, opened in the order in which the columns touch the arrays, and shared by the columns of the array. The
 * rows are all combinations of the cursors' positions, like the readings of an odometer; the cursor opened last changes
 * fastest.
 */
public final class TabularLayout implements RowLayout {
    /** The group of members that lie in the report itself, not in an array. */
    private static final int NO_CURSOR = -1;

    /** Not a column: the slot that records whether the filter selects any transcript, for rows by gene. */
    private static final int ANY_KEPT = -1;

    /** The cursor of an array of objects, identified by the parent cursor and the slot that holds the array. */
    private record Cursor(int parent, int slot) {}

    /** A column, identified by the cursor and the slot that hold its value; null for the accession. */
    private record Cell(int cursor, int slot) {}

    /** The key of what is converted once: a gene's report or, for a gene sent in parts, one part. */
    private record ReportKey(Optional<Identifier> hit, Object gene, int content) {}

    private final List<Cursor> cursors = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();
    private final List<Map<ReportNode, Integer>> slots = new ArrayList<>();
    private final Map<ReportNode, Integer> cursorOf = new HashMap<>();
    private final boolean named;
    private final AccessionFilter filter;
    private final List<Cell> filtered;
    private final Cell geneId;
    private final int anyKept;
    private final Optional<Identifiers> accessions;
    private final ObjectReader reader;

    /**
     * @param tableFields NCBI's mnemonics, and {@code accession}, in the order of the columns
     * @param filter selects the transcripts of a product report that become rows; a gene without a selected transcript
     *     has no row
     * @param filters filters that rows must pass; on the accession only
     */
    public TabularLayout(Report report, List<String> tableFields, AccessionFilter filter, KeyDomains filters) {
        this.filter = filter;
        this.accessions = filters.of(ReportSchema.ACCESSION);
        this.named = tableFields.contains(ReportSchema.ACCESSION);
        slots.add(new HashMap<>());
        for (String field : tableFields) {
            cells.add(
                    field.equals(ReportSchema.ACCESSION)
                            ? null
                            : open(report.tableField(field).orElseThrow()));
        }
        this.geneId = open(report.tableField("gene-id").orElseThrow());
        boolean byTranscript =
                cursorOf.keySet().stream().anyMatch(node -> node.name().equals(Report.TRANSCRIPTS));
        this.filtered = filter.keepsAll() || !byTranscript
                ? List.of()
                : AccessionFilter.COLUMNS.stream()
                        .map(column -> open(report.column(column).orElseThrow()))
                        .toList();
        this.reader = compile(report.root(), NO_CURSOR);
        this.anyKept = filter.keepsAll() || byTranscript
                ? ANY_KEPT
                : slotsOf(NO_CURSOR).size();
        if (anyKept != ANY_KEPT) {
            reader.withSlot(Report.TRANSCRIPTS, anyKept, anyKept(report));
        }
    }

    @Override
    public int width() {
        return slotsOf(NO_CURSOR).size() + (anyKept == ANY_KEPT ? 0 : 1);
    }

    @Override
    public ObjectReader reportReader() {
        return reader;
    }

    @Override
    public void rows(ReportValues report, List<Identifier> hits, EmittedRows once, Consumer<Object[]> rows) {
        if (!named) {
            // NCBI's table contains a gene once, however many identifiers match it.
            rowsOfTaxon(report, once, rows);
            return;
        }
        int content = content(report);
        for (Identifier hit : hits) {
            rowsOf(report, Optional.of(hit), content, once, rows);
        }
    }

    @Override
    public void rowsOfTaxon(ReportValues report, EmittedRows once, Consumer<Object[]> rows) {
        rowsOf(report, Optional.empty(), content(report), once, rows);
    }

    private static int content(ReportValues report) {
        return Arrays.deepHashCode(report.slots());
    }

    private void rowsOf(
            ReportValues report, Optional<Identifier> hit, int content, EmittedRows once, Consumer<Object[]> rows) {
        Object gene = report.slots()[geneId.slot()];
        if ((!named || passes(hit)) && once.first(new ReportKey(hit, gene, content))) {
            combinations(report.slots(), accession(hit), rows);
        }
    }

    @Override
    public void missing(Identifier identifier, List<NcbiWarning> why, Retrieval from, Consumer<Object[]> rows) {
        Optional<Identifier> hit = Optional.of(identifier);
        if (named && passes(hit)) {
            Object[] row = new Object[cells.size()];
            row[cells.indexOf(null)] = accession(hit);
            rows.accept(row);
        }
    }

    @Override
    public boolean isFilteredOut(ReportValues report) {
        if (filter.keepsAll()) {
            return false;
        }
        if (anyKept != ANY_KEPT) {
            return !Boolean.TRUE.equals(report.slots()[anyKept]);
        }
        Object[][] transcripts = array(filtered.get(0).cursor(), report.slots(), new Object[0][]);
        return Arrays.stream(transcripts)
                .noneMatch(transcript -> filter.keeps(
                        transcript[filtered.get(0).slot()],
                        transcript[filtered.get(1).slot()]));
    }

    @Override
    public boolean hasOwnRow(ReportValues report, Identifier hit) {
        return true;
    }

    @Override
    public Optional<Object> geneId(ReportValues report) {
        return Optional.ofNullable(report.slots()[geneId.slot()]);
    }

    @Override
    public List<String> selfNames(ReportValues report) {
        return List.of();
    }

    private boolean passes(Optional<Identifier> hit) {
        return accessions.isEmpty()
                || hit.filter(Identifier::isAccession)
                        .filter(one -> accessions.get().contains(one.text()))
                        .isPresent();
    }

    private static UTF8String accession(Optional<Identifier> hit) {
        return hit.filter(Identifier::isAccession)
                .map(one -> UTF8String.fromString(one.text()))
                .orElse(null);
    }

    /** Opens the cursors on the path to a field, and assigns the field a slot. */
    private Cell open(ReportNode field) {
        int cursor = NO_CURSOR;
        List<ReportNode> way = new ArrayList<>();
        for (ReportNode node = field.parent(); node != null; node = node.parent()) {
            way.add(0, node);
        }
        for (ReportNode node : way) {
            if (node.multipliesRows()) {
                cursor = cursorOf(node, cursor);
            }
        }
        return new Cell(cursor, slot(cursor, field));
    }

    private int cursorOf(ReportNode array, int parent) {
        Integer open = cursorOf.get(array);
        if (open != null) {
            return open;
        }
        cursors.add(new Cursor(parent, slot(parent, array)));
        slots.add(new HashMap<>());
        cursorOf.put(array, cursors.size() - 1);
        return cursors.size() - 1;
    }

    private int slot(int cursor, ReportNode node) {
        Map<ReportNode, Integer> taken = slotsOf(cursor);
        return taken.computeIfAbsent(node, n -> taken.size());
    }

    private Map<ReportNode, Integer> slotsOf(int cursor) {
        return slots.get(cursor + 1);
    }

    private ObjectReader compile(ReportNode group, int cursor) {
        ObjectReader members = new ObjectReader();
        for (ReportNode child : group.children()) {
            Integer slot = slotsOf(cursor).get(child);
            if (slot != null) {
                members.withSlot(child.name(), slot, child.isGroup() ? records(child) : cell(child));
            } else if (child.isGroup() && !child.repeated()) {
                ObjectReader inner = compile(child, cursor);
                if (!inner.isEmpty()) {
                    members.withInline(child, inner);
                }
            }
        }
        return members;
    }

    private ValueReader records(ReportNode array) {
        int cursor = cursorOf.get(array);
        StructReader record =
                new StructReader(array, compile(array, cursor), slotsOf(cursor).size(), slots -> slots);
        return new ListReader(record, list -> list.toArray(Object[][]::new));
    }

    /** Returns a reader that records whether the filter selects any transcript. */
    private ValueReader anyKept(Report report) {
        ReportNode transcripts = report.root().child(Report.TRANSCRIPTS).orElseThrow();
        ObjectReader members = new ObjectReader();
        List<String> columns = AccessionFilter.COLUMNS;
        for (int i = 0; i < columns.size(); i++) {
            ReportNode accession = report.column(columns.get(i)).orElseThrow();
            ValueReader text = ColumnReader.scalar(accession);
            if (accession.parent() == transcripts) {
                members.withSlot(accession.name(), i, text);
            } else {
                members.withInline(accession.parent(), new ObjectReader().withSlot(accession.name(), i, text));
            }
        }
        StructReader kept =
                new StructReader(transcripts, members, columns.size(), slots -> filter.keeps(slots[0], slots[1]));
        return new ListReader(kept, list -> list.contains(true));
    }

    private static ValueReader cell(ReportNode field) {
        ValueReader scalar = ColumnReader.scalar(field);
        return field.repeated()
                ? new ListReader(scalar, TabularCell::joined)
                : (json, into) -> TabularCell.blankToNull(field, scalar.read(json, into));
    }

    /** Emits a row for every position of the odometer; an empty array counts as one empty record. */
    private void combinations(Object[] report, UTF8String accession, Consumer<Object[]> rows) {
        int wheels = cursors.size();
        int[] at = new int[wheels];
        Object[][] records = new Object[wheels][];
        set(0, report, at, records);
        while (true) {
            if (filtered.isEmpty() || isKept(report, records)) {
                rows.accept(row(report, records, accession));
            }
            int wheel = wheels - 1;
            while (wheel >= 0 && at[wheel] + 1 >= array(wheel, report, records).length) {
                at[wheel] = 0;
                wheel--;
            }
            if (wheel < 0) {
                return;
            }
            at[wheel]++;
            set(wheel, report, at, records);
        }
    }

    /** Sets the records of a wheel and of all later wheels: later arrays may lie inside the earlier records. */
    private void set(int from, Object[] report, int[] at, Object[][] records) {
        for (int wheel = from; wheel < records.length; wheel++) {
            Object[][] array = array(wheel, report, records);
            records[wheel] = at[wheel] < array.length ? array[at[wheel]] : null;
        }
    }

    private Object[][] array(int wheel, Object[] report, Object[][] records) {
        Cursor cursor = cursors.get(wheel);
        Object[] holder = cursor.parent() == NO_CURSOR ? report : records[cursor.parent()];
        Object[][] array = holder == null ? null : (Object[][]) holder[cursor.slot()];
        return array == null ? new Object[0][] : array;
    }

    private Object[] row(Object[] report, Object[][] records, UTF8String accession) {
        Object[] row = new Object[cells.size()];
        for (int i = 0; i < row.length; i++) {
            Cell cell = cells.get(i);
            row[i] = cell == null ? accession : value(cell, report, records);
        }
        return row;
    }

    private boolean isKept(Object[] report, Object[][] records) {
        return filter.keeps(value(filtered.get(0), report, records), value(filtered.get(1), report, records));
    }

    private static Object value(Cell cell, Object[] report, Object[][] records) {
        Object[] record = cell.cursor() == NO_CURSOR ? report : records[cell.cursor()];
        return record == null ? null : record[cell.slot()];
    }
}
