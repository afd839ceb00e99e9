package io.github.sparkncbigene.source;

import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.scan.NcbiGeneScanBuilder;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** NCBI's gene service as a table. */
final class NcbiGeneTable implements SupportsRead {
    private final Map<String, String> given;
    private final StructType schema;

    /** @param given options by the names the user gave them */
    NcbiGeneTable(Map<String, String> given) {
        this.given = Map.copyOf(given);
        this.schema = NcbiGeneScanBuilder.schema(Options.resolve(given, System.getenv()));
    }

    @Override
    public String name() {
        return "ncbi-gene";
    }

    /** Abstract in Spark 3.5, deprecated later. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
        return schema;
    }

    @Override
    public Set<TableCapability> capabilities() {
        return EnumSet.of(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
    }

    /** Options of the read go before those of the table. */
    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ofRead) {
        Map<String, String> all = new HashMap<>(given);
        ofRead.asCaseSensitiveMap().forEach((name, value) -> {
            all.keySet().removeIf(known -> known.equalsIgnoreCase(name));
            all.put(name, value);
        });
        return new NcbiGeneScanBuilder(Options.resolve(all, System.getenv()));
    }
}
