package io.github.sparkncbigene.source;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What Spark hands over of a table that CREATE TABLE made: the options twice, once marked as such, among the table's
 * properties and places.
 */
final class TableDefinition {
    private static final String PATH = "path";

    private TableDefinition() {}

    /**
     * The options among what Spark hands over; all of it where no CREATE TABLE made the table.
     *
     * <p>The path of a table without LOCATION is where Spark would keep its files, had it any. That of a table with one
     * is the user's, a file of accessions.
     */
    static Map<String, String> options(Map<String, String> given) {
        CaseInsensitiveStringMap all = new CaseInsensitiveStringMap(given);
        if (!all.containsKey(TableCatalog.PROP_PROVIDER)) {
            return given;
        }
        Map<String, String> options = new HashMap<>();
        given.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(TableCatalog.OPTION_PREFIX)) {
                options.put(name.substring(TableCatalog.OPTION_PREFIX.length()), value);
            }
        });
        Optional.ofNullable(all.get(TableCatalog.PROP_LOCATION)).ifPresent(location -> {
            options.keySet().removeIf(name -> name.equalsIgnoreCase(PATH));
            options.put(PATH, location);
        });
        return options;
    }
}
