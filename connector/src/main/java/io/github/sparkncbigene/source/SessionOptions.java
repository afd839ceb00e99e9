package io.github.sparkncbigene.source;

import io.github.sparkncbigene.options.Options;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import scala.Tuple2;
import scala.collection.Iterator;

/** The options for all reads of a session: its settings {@code spark.datasource.<data source>.<option>}. */
final class SessionOptions {
    private SessionOptions() {}

    /**
     * Returns the options of the active session.
     *
     * @param keyPrefix the session's name for the data source
     */
    static Map<String, String> of(String keyPrefix) {
        return startingWith("spark.datasource." + keyPrefix + ".", all());
    }

    /**
     * Returns the active session's settings of a catalog, by the rest of their names; none if there is no session. Letter
     * case counts: names of catalogs that differ in it are two catalogs.
     *
     * @param prefix {@code spark.sql.catalog.<name>.}
     */
    static Map<String, String> ofCatalog(String prefix) {
        Map<String, String> found = new HashMap<>();
        Iterator<Tuple2<String, String>> entries = SQLConf.get().getAllConfs().iterator();
        while (entries.hasNext()) {
            Tuple2<String, String> entry = entries.next();
            if (entry._1().startsWith(prefix) && entry._1().length() > prefix.length()) {
                found.put(entry._1().substring(prefix.length()), entry._2());
            }
        }
        return found;
    }

    /** Returns all settings of the active session. */
    static Map<String, String> all() {
        Map<String, String> config = new HashMap<>();
        Iterator<Tuple2<String, String>> entries =
                SparkSession.active().conf().getAll().iterator();
        while (entries.hasNext()) {
            Tuple2<String, String> entry = entries.next();
            config.put(entry._1(), entry._2());
        }
        return config;
    }

    /**
     * Separates the session's options from those of a read, which override them. Spark itself does so only if both are
     * spelled alike.
     *
     * @param given options of both kinds; an option spelled in two ways appears twice
     */
    static Map<String, String> overridden(Map<String, String> given, String keyPrefix) {
        if (!Options.hasSynonyms(given)) {
            return given;
        }
        Map<String, String> ofSession = of(keyPrefix);
        Map<String, String> lower = new HashMap<>();
        Map<String, String> upper = new HashMap<>();
        given.forEach(
                (name, value) -> (value != null && value.equals(ofSession.get(name)) ? lower : upper).put(name, value));
        return Options.overlay(lower, upper);
    }

    /** Returns the entries whose names start with the prefix, by the rest of their names. */
    static Map<String, String> startingWith(String prefix, Map<String, String> entries) {
        Map<String, String> found = new HashMap<>();
        entries.forEach((name, value) -> {
            if (name.length() > prefix.length() && name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
