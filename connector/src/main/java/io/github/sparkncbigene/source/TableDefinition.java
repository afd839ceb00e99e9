package io.github.sparkncbigene.source;

import io.github.sparkncbigene.options.Options;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What Spark hands over of a table that CREATE TABLE made: its options twice, once marked as such, among the table's
 * properties and places, and without the session's options.
 */
final class TableDefinition {
    private static final String PATH = "path";

    private TableDefinition() {}

    /** Whether what Spark hands over is the definition of a table. */
    static boolean isOne(Map<String, String> given) {
        return given.keySet().stream().anyMatch(TableCatalog.PROP_PROVIDER::equalsIgnoreCase);
    }

    /**
     * The options of a definition, over those of the session, as Spark itself does for other reads.
     *
     * <p>The path of a table without LOCATION is where Spark would keep its files, had it any. That of a table with one
     * is the user's, a file of accessions.
     *
     * @param keyPrefix what the session calls the data source
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
