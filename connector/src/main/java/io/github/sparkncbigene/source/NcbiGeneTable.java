package io.github.sparkncbigene.source;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.scan.NcbiGeneScanBuilder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** NCBI's gene service as a table. */
final class NcbiGeneTable implements SupportsRead, SupportsMetadataColumns {
    /** A column that is read only if a query names it. */
    private record Hidden(StructField field) implements MetadataColumn {
        @Override
        public String name() {
            return field.name();
        }

        @Override
        public DataType dataType() {
            return field.dataType();
        }

        @Override
        public String comment() {
            return field.getComment().get();
        }
    }

    private final String name;
    private final Map<String, String> given;
    private final Options options;
    private final StructType schema;

    /**
     * @param name the table's name in plans and descriptions
     * @param given options by the names that the user wrote
     */
    NcbiGeneTable(String name, Map<String, String> given) {
        this.name = name;
        this.options = Options.resolve(given, Surroundings::value, "");
        // A value may be null until the options are resolved.
        this.given = Map.copyOf(given);
        this.schema = NcbiGeneScanBuilder.schema(options);
    }

    @Override
    public String name() {
        return name;
    }

    /** This method is abstract in Spark 3.5, and deprecated later. */
    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
        return schema;
    }

    @Override
    public MetadataColumn[] metadataColumns() {
        return Arrays.stream(NcbiGeneScanBuilder.metadata(options).fields())
                .map(Hidden::new)
                .toArray(MetadataColumn[]::new);
    }

    /** Returns the properties for SHOW TBLPROPERTIES: no options, because one of them may be a key. */
    @Override
    public Map<String, String> properties() {
        return Map.of(
                TableCatalog.PROP_COMMENT,
                options.view()
                        .map(view -> "A view of NCBI's " + view.report().word() + " report")
                        .orElseGet(() -> "NCBI's " + options.report().word() + " report"),
                TableCatalog.PROP_EXTERNAL,
                "true");
    }

    @Override
    public Set<TableCapability> capabilities() {
        return EnumSet.of(TableCapability.BATCH_READ, TableCapability.MICRO_BATCH_READ);
    }

    /** Options of the read override those of the table. */
    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ofRead) {
        Options resolved = Options.resolve(
                Options.overlay(given, withoutOverridden(ofRead.asCaseSensitiveMap())), Surroundings::value, "");
        if (!NcbiGeneScanBuilder.schema(resolved).equals(schema)) {
            throw NcbiGeneException.of(
                    ErrorCode.CONFLICTING_OPTIONS,
                    "The columns of the table " + name + " are known before the options of this read, so report,"
                            + " table_fields and table_format cannot be among them. Give them where the table is"
                            + " defined, or read with spark.read.format(\"ncbi-gene\").");
        }
        return new NcbiGeneScanBuilder(resolved);
    }

    /**
     * Removes options of the session that Spark repeats with those of the read, even if the table has them under
     * another name.
     */
    private Map<String, String> withoutOverridden(Map<String, String> ofRead) {
        Map<String, String> left = new HashMap<>(ofRead);
        left.keySet()
                .removeIf(name -> !given.containsKey(name)
                        && given.keySet().stream()
                                .anyMatch(known -> ofRead.containsKey(known) && Options.areSame(name, known)));
        return left;
    }

    /** Equal tables return the same rows, so that Spark finds their cached rows. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NcbiGeneTable that && name.equals(that.name) && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, options);
    }

    /** Leaves out the options, like everything that Spark prints. */
    @Override
    public String toString() {
        return name;
    }
}
