package io.github.sparkncbigene.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Spark's schemas of the reports, derived from the registry. */
public final class ReportSchema {
    /** The column that holds the identifier as the user wrote it. */
    public static final String ACCESSION = "accession";

    private static final String ACCESSION_COMMENT =
            "The accession exactly as requested; null if the scan was not by accession";

    private ReportSchema() {}

    /** Returns {@code accession}, the report's columns in the registry's order, and {@code warnings}. */
    public static StructType of(Report report) {
        List<StructField> fields = new ArrayList<>();
        fields.add(accession());
        for (ReportNode column : report.columns()) {
            fields.add(field(column.column().orElseThrow(), column));
        }
        fields.add(Warnings.column());
        return new StructType(fields.toArray(StructField[]::new));
    }

    /** Returns the {@code accession} column. */
    public static StructField accession() {
        return new StructField(ACCESSION, DataTypes.StringType, true, Metadata.empty()).withComment(ACCESSION_COMMENT);
    }

    /** Returns the columns of a tabular read: each table field's mnemonic in snake_case, typed. */
    public static StructType tabular(Report report, List<String> tableFields) {
        return new StructType(tableFields.stream()
                .map(mnemonic -> mnemonic.equals(ACCESSION)
                        ? accession()
                        : tabularField(report.tableField(mnemonic).orElseThrow()))
                .toArray(StructField[]::new));
    }

    private static StructField tabularField(ReportNode node) {
        String name = node.mnemonic().orElseThrow().replace('-', '_');
        DataType type = node.repeated() ? DataTypes.StringType : element(node);
        String comment = node.comment() + (node.repeated() ? ", joined by commas" : "");
        return new StructField(name, type, true, Metadata.empty()).withComment(comment);
    }

    private static StructField field(String name, ReportNode node) {
        DataType one = element(node);
        DataType type = node.repeated() ? DataTypes.createArrayType(one) : one;
        return new StructField(name, type, true, Metadata.empty()).withComment(node.comment());
    }

    private static DataType element(ReportNode node) {
        return switch (node.type()) {
            case STRING, ENUM -> DataTypes.StringType;
            case UINT64 -> DataTypes.LongType;
            case INT -> DataTypes.IntegerType;
            case DATE -> DataTypes.DateType;
            case GROUP ->
                new StructType(node.children().stream()
                        .filter(child -> child.column().isEmpty())
                        .map(child -> field(child.name(), child))
                        .toArray(StructField[]::new));
        };
    }
}
