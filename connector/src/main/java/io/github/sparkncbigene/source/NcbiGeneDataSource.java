package io.github.sparkncbigene.source;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.connector.catalog.SessionConfigSupport;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.CreatableRelationProvider;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * NCBI's gene records as a Spark data source: {@code spark.read().format("ncbi-gene")}. Options are listed in
 * docs/options.md; those under {@code spark.datasource.ncbi-gene.*} apply to the whole session.
 */
public final class NcbiGeneDataSource
        implements TableProvider, DataSourceRegister, SessionConfigSupport, CreatableRelationProvider {
    /** Called by Spark. */
    public NcbiGeneDataSource() {}

    @Override
    public String shortName() {
        return "ncbi-gene";
    }

    @Override
    public String keyPrefix() {
        return "ncbi-gene";
    }

    /** Derives the schema from the options alone; sends no request. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType inferSchema(CaseInsensitiveStringMap given) {
        return table(given.asCaseSensitiveMap()).schema();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> given) {
        return table(given);
    }

    private Table table(Map<String, String> given) {
        KeyExposure.check(given);
        KeyExposure.checkSession("spark.datasource." + keyPrefix() + ".");
        if (!TableDefinition.isOne(given)) {
            return new NcbiGeneTable(shortName(), SessionOptions.overridden(given, keyPrefix()));
        }
        try {
            return new NcbiGeneTable(shortName(), TableDefinition.options(given, keyPrefix()));
        } catch (NcbiGeneException e) {
            return new UnusableTable(shortName(), e);
        }
    }

    /** Rejects writes: Spark calls this method to write to a read-only source. */
    @Override
    public BaseRelation createRelation(
            SQLContext context,
            SaveMode mode,
            scala.collection.immutable.Map<String, String> given,
            Dataset<Row> data) {
        throw NcbiGeneException.of(
                ErrorCode.READ_ONLY,
                "The data source ncbi-gene is read-only: NCBI's gene records can be read, not written. Write to another"
                        + " format, such as df.write.parquet(\"path\").");
    }
}
