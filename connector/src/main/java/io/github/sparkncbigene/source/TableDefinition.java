package io.github.sparkncbigene.source;

import io.github.sparkncbigene.options.Options;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.Tuple2;
import scala.collection.Iterator;

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
        Map<String, String> defined = new HashMap<>(startingWith(TableCatalog.OPTION_PREFIX, given));
        if (all.containsKey(TableCatalog.PROP_LOCATION)) {
            defined.keySet().removeIf(name -> name.equalsIgnoreCase(PATH));
            defined.put(PATH, all.get(TableCatalog.PROP_LOCATION));
        }
        return Options.overlay(startingWith("spark.datasource." + keyPrefix + ".", sessionConfig()), defined);
    }

    /** The entries whose names start so, by the rest of their names. */
    private static Map<String, String> startingWith(String prefix, Map<String, String> entries) {
        Map<String, String> found = new HashMap<>();
        entries.forEach((name, value) -> {
            if (name.length() > prefix.length() && name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private static Map<String, String> sessionConfig() {
        Map<String, String> config = new HashMap<>();
        Iterator<Tuple2<String, String>> entries =
                SparkSession.active().conf().getAll().iterator();
        while (entries.hasNext()) {
            Tuple2<String, String> entry = entries.next();
            config.put(entry._1(), entry._2());
        }
        return config;
    }
}
