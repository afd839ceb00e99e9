package io.github.sparkncbigene.source;

import io.github.sparkncbigene.options.Options;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The definition of a table made by CREATE TABLE, as Spark passes it: its options twice, once marked as options, among
 * the table's properties and paths, and without the session's options.
 */
final class TableDefinition {
    private static final String PATH = "path";

    private TableDefinition() {}

    /** Returns true if the entries are the definition of a table. */
    static boolean isOne(Map<String, String> given) {
        return given.keySet().stream().anyMatch(TableCatalog.PROP_PROVIDER::equalsIgnoreCase);
    }

    /**
     * Returns the options of a definition. As for Spark's other reads, they override those of the session.
     *
     * <p>For a table without LOCATION, Spark adds the path where it would store files. For a table with LOCATION, the
     * path is the user's: a file of accessions.
     *
     * @param keyPrefix the session's name for the data source
     */
    static Map<String, String> options(Map<String, String> given, String keyPrefix) {
        CaseInsensitiveStringMap all = new CaseInsensitiveStringMap(given);
        Map<String, String> defined = new HashMap<>(SessionOptions.startingWith(TableCatalog.OPTION_PREFIX, given));
        if (all.containsKey(TableCatalog.PROP_LOCATION)) {
            defined.keySet().removeIf(name -> name.equalsIgnoreCase(PATH));
            defined.put(PATH, all.get(TableCatalog.PROP_LOCATION));
        }
        return Options.overlay(SessionOptions.of(keyPrefix), defined);
    }
}
