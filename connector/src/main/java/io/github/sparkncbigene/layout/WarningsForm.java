package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.report.Warnings;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Converts warnings to Spark's form of the {@code warnings} column, with the fields that the query needs. */
final class WarningsForm {
    private final List<String> fields;

    WarningsForm(StructType element) {
        this.fields = List.of(element.fieldNames());
    }

    /** Returns the column's value; null if there are no warnings. */
    GenericArrayData of(List<NcbiWarning> warnings) {
        if (warnings.isEmpty()) {
            return null;
        }
        return new GenericArrayData(warnings.stream().map(this::row).toArray());
    }

    private GenericInternalRow row(NcbiWarning warning) {
        return new GenericInternalRow(
                fields.stream().map(field -> value(warning, field)).toArray());
    }

    private static Object value(NcbiWarning warning, String field) {
        return switch (field) {
            case Warnings.CODE -> text(warning.code());
            case Warnings.REASON -> text(warning.reason());
            case Warnings.MESSAGE -> text(warning.message());
            case Warnings.REQUESTED -> text(warning.requested());
            case Warnings.RETURNED -> text(warning.returned());
            case Warnings.UNRECOGNIZED_IDENTIFIER -> text(warning.unrecognizedIdentifier());
            case Warnings.INVALID_IDENTIFIERS ->
                warning.invalidIdentifiers() == null
                        ? null
                        : new GenericArrayData(warning.invalidIdentifiers().stream()
                                .map(WarningsForm::text)
                                .toArray());
            default -> throw new IllegalArgumentException("warnings has no field " + field);
        };
    }

    private static Object text(String text) {
        return UTF8String.fromString(text);
    }
}
