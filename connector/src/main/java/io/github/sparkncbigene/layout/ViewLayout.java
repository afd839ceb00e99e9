package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ObjectReader;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.report.View;
import io.github.sparkncbigene.service.Retrieval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** The rows of a view, made of the rows of its report. */
public final class ViewLayout implements RowLayout {
    private static final int ANNOTATION_FIELDS = 3;
    private static final int LOCATION_FIELDS = 3;
    private static final int RANGE_FIELDS = 3;
    private static final UTF8String MANE_SELECT = UTF8String.fromString("MANE_SELECT");
    private static final UTF8String MANE_PLUS_CLINICAL = UTF8String.fromString("MANE_PLUS_CLINICAL");
    private static final UTF8String REFSEQ_SELECT = UTF8String.fromString("REFSEQ_SELECT");

    private final RowLayout report;
    private final View view;
    private final List<String> columns;
    private final int[] copied;
    private final int made;

    /**
     * @param report makes the rows of the report, with {@code view.source(columns)}
     * @param columns of the view that are read
     */
    public ViewLayout(RowLayout report, View view, StructType columns) {
        this.report = report;
        this.view = view;
        this.columns = List.of(columns.fieldNames());
        List<String> source = Arrays.asList(view.source(columns).fieldNames());
        this.copied = this.columns.stream().mapToInt(source::indexOf).toArray();
        this.made = source.size() - 1;
    }

    @Override
    public int width() {
        return report.width();
    }

    @Override
    public ObjectReader reportReader() {
        return report.reportReader();
    }

    @Override
    public void rows(ReportValues values, List<Identifier> hits, EmittedRows once, Consumer<Object[]> rows) {
        report.rows(values, hits, once, row -> rows(row, rows));
    }

    @Override
    public void rowsOfTaxon(ReportValues values, EmittedRows once, Consumer<Object[]> rows) {
        report.rowsOfTaxon(values, once, row -> rows(row, rows));
    }

    /** An identifier without a gene has a row in a view too. */
    @Override
    public void missing(Identifier identifier, List<NcbiWarning> why, Retrieval from, Consumer<Object[]> rows) {
        report.missing(identifier, why, from, row -> rows.accept(row(row, column -> null)));
    }

    @Override
    public boolean isFilteredOut(ReportValues values) {
        return report.isFilteredOut(values);
    }

    @Override
    public boolean hasOwnRow(ReportValues values, Identifier hit) {
        return report.hasOwnRow(values, hit);
    }

    @Override
    public Optional<Object> geneId(ReportValues values) {
        return report.geneId(values);
    }

    @Override
    public List<String> selfNames(ReportValues values) {
        return report.selfNames(values);
    }

    /** The value of a column of the view that is not a member of the report. */
    private interface Made {
        Object value(String column);
    }

    private void rows(Object[] row, Consumer<Object[]> rows) {
        if (view == View.TRANSCRIPT) {
            rows.accept(row(row, column -> selected(column, (UTF8String) row[made])));
            return;
        }
        UnsafeArrayData annotations = (UnsafeArrayData) row[made];
        int count = annotations == null ? 0 : annotations.numElements();
        if (count == 0) {
            // A gene that lies nowhere is a row as well.
            rows.accept(row(row, column -> null));
        }
        for (int i = 0; i < count; i++) {
            InternalRow annotation = annotations.isNullAt(i) ? null : annotations.getStruct(i, ANNOTATION_FIELDS);
            UnsafeArrayData locations =
                    annotation == null || annotation.isNullAt(2) ? null : (UnsafeArrayData) annotation.getArray(2);
            int places = locations == null ? 0 : locations.numElements();
            for (int k = 0; k < Math.max(places, 1); k++) {
                InternalRow location =
                        places == 0 || locations.isNullAt(k) ? null : locations.getStruct(k, LOCATION_FIELDS);
                rows.accept(row(row, column -> place(column, annotation, location)));
            }
        }
    }

    private Object[] row(Object[] source, Made value) {
        Object[] row = new Object[copied.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = copied[i] >= 0 ? source[copied[i]] : value.value(columns.get(i));
        }
        return row;
    }

    private static Object place(String column, InternalRow annotation, InternalRow location) {
        InternalRow range = location == null || location.isNullAt(2) ? null : location.getStruct(2, RANGE_FIELDS);
        return switch (column) {
            case "assembly_accession" -> text(annotation, 0);
            case "assembly_name" -> text(annotation, 1);
            case "genomic_accession" -> text(location, 0);
            case "chromosome" -> text(location, 1);
            case "begin" -> number(range, 0);
            case "end" -> number(range, 1);
            default -> text(range, 2);
        };
    }

    private static Object selected(String column, UTF8String category) {
        boolean mane = MANE_SELECT.equals(category);
        return switch (column) {
            case "is_mane_select" -> mane;
            case "is_mane_plus_clinical" -> MANE_PLUS_CLINICAL.equals(category);
            case "is_refseq_select" -> mane || REFSEQ_SELECT.equals(category);
            default -> category;
        };
    }

    private static UTF8String text(InternalRow row, int ordinal) {
        return row == null || row.isNullAt(ordinal) ? null : row.getUTF8String(ordinal);
    }

    private static Long number(InternalRow row, int ordinal) {
        return row == null || row.isNullAt(ordinal) ? null : row.getLong(ordinal);
    }
}
