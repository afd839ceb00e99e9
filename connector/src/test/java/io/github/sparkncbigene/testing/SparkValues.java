package io.github.sparkncbigene.testing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Turns Spark's internal values into plain Java ones by the schema, with Spark's own typed getters: a value of another
 * class than the schema promises is an error, as it would be inside Spark.
 */
public final class SparkValues {
    private SparkValues() {}

    /** A row as a map from column to value, in the order of the columns; what is null is there. */
    public static Map<String, Object> row(Object[] row, StructType schema) {
        return struct(new GenericInternalRow(row), schema);
    }

    /** The same of a row that Spark would get. */
    public static Map<String, Object> row(InternalRow row, StructType schema) {
        return struct(row, schema);
    }

    private static Map<String, Object> struct(InternalRow row, StructType schema) {
        if (row.numFields() != schema.length()) {
            throw new AssertionError(row.numFields() + " values for " + schema.length() + " fields");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < schema.length(); i++) {
            StructField field = schema.fields()[i];
            values.put(field.name(), row.isNullAt(i) ? null : value(row.get(i, field.dataType()), field.dataType()));
        }
        return values;
    }

    private static Object value(Object value, DataType type) {
        if (type instanceof StructType struct) {
            return struct((InternalRow) value, struct);
        }
        if (type instanceof ArrayType array) {
            ArrayData data = (ArrayData) value;
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < data.numElements(); i++) {
                elements.add(data.isNullAt(i) ? null : value(data.get(i, array.elementType()), array.elementType()));
            }
            return elements;
        }
        if (type.equals(DataTypes.StringType)) {
            return ((UTF8String) value).toString();
        }
        if (type.equals(DataTypes.LongType) || type.equals(DataTypes.TimestampType)) {
            return (Long) value;
        }
        if (type.equals(DataTypes.IntegerType)) {
            return (Integer) value;
        }
        if (type.equals(DataTypes.DateType)) {
            return LocalDate.ofEpochDay((Integer) value);
        }
        throw new AssertionError("unexpected type " + type);
    }
}
