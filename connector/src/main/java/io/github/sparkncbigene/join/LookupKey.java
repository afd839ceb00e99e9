package io.github.sparkncbigene.join;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.optimizer.KeyTypes;
import io.github.sparkncbigene.text.Blanks;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** The key column of a lookup: its allowed types, and its conversion. */
final class LookupKey {
    private LookupKey() {}

    /** Rejects a column whose type cannot hold the keys of the gene column. */
    static void check(String key, DataType type, KeyColumn geneColumn) {
        boolean number = type instanceof NumericType;
        boolean byId = geneColumn == KeyColumn.GENE_ID;
        if (type instanceof StringType || type instanceof NullType || (number && byId)) {
            return;
        }
        String remedy = byId
                ? "GeneIDs are whole numbers or text. Give a column of these, or cast it."
                : number
                        ? "the column " + geneColumn.column()
                                + " is text. For GeneIDs call on(\"gene_id\"); else cast the column to STRING."
                        : "the column " + geneColumn.column() + " is text. Give a column of text, or cast it.";
        throw NcbiGeneException.of(
                ErrorCode.CONFLICTING_OPTIONS,
                "The key column '" + key + "' is of type " + sql(type) + ", but " + remedy);
    }

    /**
     * Returns SQL for the key as text without white space around it; null if nothing remains. Collations are ignored.
     */
    static String text(String name, DataType type) {
        boolean collated = KeyTypes.collation(type).isPresent();
        String text = "cast(" + name + (collated ? " COLLATE UTF8_BINARY" : "") + " AS STRING)";
        String blanks = Blanks.CHARACTER_CLASS + "+";
        return "nullif(regexp_replace(" + text + ", r'\\A" + blanks + "|" + blanks + "\\z', ''), '')";
    }

    /** Returns SQL for the key as a whole number; null for other values, such as NaN, 7157.5 or 'x'. */
    static String wholeNumber(String name, DataType type) {
        // A text may have a fraction of zeros, if it was converted from a DOUBLE.
        String number = type instanceof StringType ? "try_cast(" + text(name, type) + " AS DECIMAL(38, 9))" : name;
        return type instanceof StringType || type instanceof FractionalType
                ? "CASE WHEN " + number + " = floor(" + number + ") THEN try_cast(" + number + " AS BIGINT) END"
                : "cast(" + name + " AS BIGINT)";
    }

    /**
     * Rejects a FLOAT column that holds rounded GeneIDs, which would name other genes.
     *
     * @param largest the largest of its whole numbers
     */
    static void checkFloats(String key, Row largest) {
        if (!largest.isNullAt(0) && largest.getLong(0) >= KeyTypes.FLOAT_LIMIT) {
            throw NcbiGeneException.of(
                    ErrorCode.INVALID_IDENTIFIER,
                    "The key column '" + key + "' is of type FLOAT, which holds whole numbers exactly only below "
                            + KeyTypes.FLOAT_LIMIT + ", and holds " + largest.getLong(0)
                            + ". Read it as BIGINT or DOUBLE from its source.");
        }
    }

    private static String sql(DataType type) {
        return type.sql().toUpperCase(Locale.ROOT);
    }
}
