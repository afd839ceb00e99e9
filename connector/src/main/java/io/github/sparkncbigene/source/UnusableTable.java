package io.github.sparkncbigene.source;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A table with an invalid definition: reading it fails with the reason. Spark also looks up a table to drop it, so
 * failing there would make the table impossible to drop.
 */
record UnusableTable(String name, NcbiGeneException why) implements SupportsRead {
    /** This method is abstract in Spark 3.5, and deprecated later. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
        return ReportSchema.of(Report.GENE);
    }

    @Override
    public Set<TableCapability> capabilities() {
        return EnumSet.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ofRead) {
        throw why;
    }
}
