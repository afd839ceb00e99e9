package io.github.sparkncbigene.source;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.report.View;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * NCBI's reports as tables of a catalog, for plain SQL:
 *
 * <pre>{@code
 * spark.sql.catalog.ncbi            io.github.sparkncbigene.source.NcbiGeneCatalog
 * spark.sql.catalog.ncbi.accessions NM_021803.4
 *
 * SELECT symbol, gene_id FROM ncbi.gene
 * }</pre>
 *
 * There is a table for each report, {@code gene} and {@code product}, and for their views {@code location} and {@code
 * transcript}, in no namespace. What stands under {@code spark.sql.catalog.<name>.} are the options of all reads, by
 * the names listed in docs/options.md; those of a single read go before them. The catalog is read-only. See
 * docs/sql.md.
 */
public final class NcbiGeneCatalog implements TableCatalog, SupportsNamespaces {
    private static final String COMMENT = "Gene records of NCBI, read-only";

    private String name;
    private Map<String, String> fixed;

    /** Called by Spark. */
    public NcbiGeneCatalog() {}

    /** Validates the options; sends no request. */
    @Override
    public void initialize(String catalogName, CaseInsensitiveStringMap catalogOptions) {
        name = catalogName;
        Map<String, String> given = catalogOptions.asCaseSensitiveMap();
        Options.resolve(given, Surroundings::value, prefix());
        KeyExposure.check(given);
        fixed = new HashMap<>(given);
        fixed.keySet().removeAll(SessionOptions.ofCatalog(prefix()).keySet());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
        checkExists(namespace);
        return View.reportsAndViews()
                .map(word -> Identifier.of(namespace, word))
                .toArray(Identifier[]::new);
    }

    /**
     * Returns the table of a report, in any letter case, with the session's settings of now: they may have changed since
     * Spark initialized the catalog, which it does once. Sends no request.
     */
    @Override
    public Table loadTable(Identifier table) throws NoSuchTableException {
        String report = View.reportsAndViews()
                .filter(known -> table.namespace().length == 0 && known.equalsIgnoreCase(table.name()))
                .findFirst()
                .orElseThrow(() -> new NoSuchTableException(table));
        KeyExposure.checkSession(prefix());
        Map<String, String> given = Options.overlay(fixed, SessionOptions.ofCatalog(prefix()));
        Options options = Options.resolve(given, Surroundings::value, prefix());
        String tableName = name + "." + report;
        String word = options.text(Option.REPORT);
        if (options.isGiven(Option.REPORT) && !word.equals(report)) {
            throw NcbiGeneException.of(
                    ErrorCode.CONFLICTING_OPTIONS,
                    "Option " + prefix() + Option.REPORT.key() + " is '" + word + "', but the table " + tableName
                            + " is the " + report + " report. Drop the option: the table's name says which"
                            + " report is read.");
        }
        return new NcbiGeneTable(tableName, Options.overlay(given, Map.of(Option.REPORT.key(), report)));
    }

    @Override
    public Table loadTable(Identifier table, String version) {
        throw noTimeTravel();
    }

    @Override
    public Table loadTable(Identifier table, long timestamp) {
        throw noTimeTravel();
    }

    /** This method is abstract in Spark 3.5, and deprecated later. */
    @Override
    @SuppressWarnings("deprecation")
    public Table createTable(
            Identifier table, StructType schema, Transform[] partitions, Map<String, String> properties) {
        throw readOnly("no table can be created in it");
    }

    @Override
    public Table alterTable(Identifier table, TableChange... changes) {
        throw readOnly("its tables cannot be altered");
    }

    @Override
    public boolean dropTable(Identifier table) {
        throw readOnly("its tables cannot be dropped");
    }

    @Override
    public boolean purgeTable(Identifier table) {
        return dropTable(table);
    }

    @Override
    public void renameTable(Identifier from, Identifier to) {
        throw readOnly("its tables cannot be renamed");
    }

    /** Returns no namespaces: the tables are in the catalog itself. */
    @Override
    public String[][] listNamespaces() {
        return new String[0][];
    }

    @Override
    public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
        checkExists(namespace);
        return new String[0][];
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) throws NoSuchNamespaceException {
        checkExists(namespace);
        return Map.of(SupportsNamespaces.PROP_COMMENT, COMMENT);
    }

    @Override
    public void createNamespace(String[] namespace, Map<String, String> metadata) {
        throw readOnly("no namespace can be created in it");
    }

    @Override
    public void alterNamespace(String[] namespace, NamespaceChange... changes) {
        throw readOnly("its namespace cannot be altered");
    }

    @Override
    public boolean dropNamespace(String[] namespace, boolean cascade) {
        throw readOnly("its namespace cannot be dropped");
    }

    /** Leaves out the options: one of them may be a key. */
    @Override
    public String toString() {
        return "NcbiGeneCatalog " + name;
    }

    /** The names of the tables: those of reports, and of their views. */
    private String prefix() {
        return "spark.sql.catalog." + name + ".";
    }

    private static void checkExists(String[] namespace) throws NoSuchNamespaceException {
        if (namespace.length > 0) {
            throw new NoSuchNamespaceException(namespace);
        }
    }

    private UnsupportedOperationException noTimeTravel() {
        return new UnsupportedOperationException(
                "The catalog " + name + " holds NCBI's records as they are now: none can be read as of another time.");
    }

    private UnsupportedOperationException readOnly(String what) {
        return new UnsupportedOperationException(
                "The catalog " + name + " holds NCBI's records, which are read-only: " + what + ".");
    }
}
