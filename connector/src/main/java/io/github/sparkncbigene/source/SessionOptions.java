package io.github.sparkncbigene.source;

import io.github.sparkncbigene.options.Options;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;
import scala.collection.Iterator;

/** The options that hold for all reads of a session: its settings {@code spark.datasource.<data source>.<option>}. */
final class SessionOptions {
    private SessionOptions() {}

    /**
     * Those of the active session.
     *
     * @param keyPrefix what the session calls the data source
     */
    static Map<String, String> of(String keyPrefix) {
        return startingWith("spark.datasource." + keyPrefix + ".", all());
    }

    /** All settings of the active session. */
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
     * What Spark made of the session's options and those of a read, which go first: Spark sees that only where both are
     * spelled alike.
     *
     * @param given both, in one; where they differ in spelling, both are there
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

    /** The entries whose names start so, by the rest of their names. */
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
