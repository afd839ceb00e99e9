package io.github.sparkncbigene.report;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The metadata columns, which say where a row comes from; in no row unless a query names them. */
public final class Provenance {
    public static final String QUERY = "_query";
    public static final String REQUEST_ID = "_request_id";

    private Provenance() {}

    /** All of them. */
    public static StructType columns() {
        return new StructType(new StructField[] {
            new StructField(QUERY, DataTypes.createArrayType(DataTypes.StringType), true, Metadata.empty())
                    .withComment("Identifiers that the gene answers, as NCBI echoes them; null where it echoes none"),
            new StructField(REQUEST_ID, DataTypes.StringType, true, Metadata.empty())
                    .withComment("NCBI's id of the request that the row comes from, for questions to NCBI's support")
        });
    }
}
