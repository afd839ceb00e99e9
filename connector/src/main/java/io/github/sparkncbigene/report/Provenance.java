package io.github.sparkncbigene.report;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The metadata columns, which record the origin of a row. A row has them only if the query selects them. */
public final class Provenance {
    public static final String REQUESTED = "_requested";
    public static final String QUERY = "_query";
    public static final String REQUEST_ID = "_request_id";
    public static final String RETRIEVED_AT = "_retrieved_at";

    private Provenance() {}

    /** Returns all metadata columns. */
    public static StructType columns() {
        return new StructType(new StructField[] {
            new StructField(REQUESTED, DataTypes.StringType, true, Metadata.empty())
                    .withComment(
                            "The identifier exactly as requested, of any kind, for joining the row back to its table;"
                                    + " null if a whole taxon is read"),
            new StructField(QUERY, DataTypes.createArrayType(DataTypes.StringType), true, Metadata.empty())
                    .withComment("Requested identifiers that the gene matches, as NCBI echoes them; null if it echoes"
                            + " none"),
            new StructField(REQUEST_ID, DataTypes.StringType, true, Metadata.empty())
                    .withComment("NCBI's id of the request that the row comes from, for questions to NCBI's support"),
            new StructField(RETRIEVED_AT, DataTypes.TimestampType, true, Metadata.empty())
                    .withComment("Time when NCBI sent the response that the row comes from, which may have been"
                            + " cached since")
        });
    }
}
