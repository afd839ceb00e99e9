package io.github.sparkncbigene.report;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The column that holds the warnings of NCBI, or of the connector, about a row. */
public final class Warnings {
    public static final String COLUMN = "warnings";

    /** The connector's own code: NCBI returned nothing for the identifier. */
    public static final String NOT_FOUND = "NOT_FOUND";
    /** The connector's own code: the identifier is not cached, and nothing is fetched. */
    public static final String NOT_CACHED = "NOT_CACHED";
    /** Prefix of the connector's own codes for identifiers that cannot be sent, such as INVALID_ACCESSION. */
    public static final String INVALID = "INVALID_";
    /** The connector's own code: a value in the report has the wrong type for its field, and reads as null. */
    public static final String MALFORMED_VALUE = "MALFORMED_VALUE";

    public static final String CODE = "code";
    public static final String REASON = "reason";
    public static final String MESSAGE = "message";
    public static final String REQUESTED = "requested";
    public static final String RETURNED = "returned";
    public static final String UNRECOGNIZED_IDENTIFIER = "unrecognized_identifier";
    public static final String INVALID_IDENTIFIERS = "invalid_identifiers";

    private Warnings() {}

    static StructField column() {
        StructType one = new StructType(new StructField[] {
            text(CODE, "NCBI's code, or the connector's NOT_FOUND, NOT_CACHED, INVALID_ACCESSION or MALFORMED_VALUE"),
            text(REASON, "NCBI's reason"),
            text(MESSAGE, "The warning, in words"),
            text(REQUESTED, "Requested identifier, if NCBI returned another"),
            text(RETURNED, "Identifier that NCBI returned instead"),
            text(UNRECOGNIZED_IDENTIFIER, "Identifier that NCBI does not know"),
            new StructField(
                            INVALID_IDENTIFIERS,
                            DataTypes.createArrayType(DataTypes.StringType),
                            true,
                            Metadata.empty())
                    .withComment("Identifiers that NCBI or the connector calls invalid")
        });
        return new StructField(COLUMN, DataTypes.createArrayType(one), true, Metadata.empty())
                .withComment("Warnings of NCBI or the connector about this row; null if there are none");
    }

    private static StructField text(String name, String comment) {
        return new StructField(name, DataTypes.StringType, true, Metadata.empty()).withComment(comment);
    }
}
