package io.github.sparkncbigene.source;

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

/** The data source under the name {@code ncbi_gene}, which needs no quotes in SQL. */
public final class NcbiGeneAlias
        implements TableProvider, DataSourceRegister, SessionConfigSupport, CreatableRelationProvider {
    private final NcbiGeneDataSource source = new NcbiGeneDataSource();

    /** Called by Spark. */
    public NcbiGeneAlias() {}

    @Override
    public String shortName() {
        return "ncbi_gene";
    }

    /** Returns the same prefix as the data source: the session's options apply to both names. */
    @Override
    public String keyPrefix() {
        return source.keyPrefix();
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap given) {
        return source.inferSchema(given);
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> given) {
        return source.getTable(schema, partitioning, given);
    }

    @Override
    public BaseRelation createRelation(
            SQLContext context,
            SaveMode mode,
            scala.collection.immutable.Map<String, String> given,
            Dataset<Row> data) {
        return source.createRelation(context, mode, given, data);
    }
}
