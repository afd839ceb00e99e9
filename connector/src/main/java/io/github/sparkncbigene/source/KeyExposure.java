package io.github.sparkncbigene.source;

import io.github.sparkncbigene.error.DocPage;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once for each place where others can see a key or a proxy's credentials. */
final class KeyExposure {
    private static final Logger LOG = LoggerFactory.getLogger(KeyExposure.class);
    private static final String REDACTION = "spark.redaction.regex";
    private static final String REDACTION_BY_DEFAULT = "(?i)secret|password|token|access[.]?key";
    private static final Map<Option, String> SECRETS = Map.of(
            Option.API_KEY, "The API key",
            Option.PROXY_USERNAME, "The user name of the proxy",
            Option.PROXY_PASSWORD, "The password of the proxy");
    private static final Set<String> WARNED_OF = ConcurrentHashMap.newKeySet();

    private KeyExposure() {}

    /** @param given options by the names that the user wrote, or the definition of a table */
    static void check(Map<String, String> given) {
        for (String name : given.keySet()) {
            boolean stored = name.startsWith(TableCatalog.OPTION_PREFIX);
            String plain = stored ? name.substring(TableCatalog.OPTION_PREFIX.length()) : name;
            Optional<Option> secret = secret(plain);
            if (stored && secret.isPresent()) {
                warn("A table made by CREATE TABLE has " + lower(secret.get()) + " among its options, where everyone"
                        + " who can read the catalog's store can read it. Make the table without it; see "
                        + DocPage.of("api-key") + " for other ways to give it.");
            }
            // Spark hides the proxy's password by its name.
            if (secret.filter(Option.API_KEY::equals).isPresent() && isShown(plain, redaction())) {
                warn("The API key is given by the name " + plain + ", whose value Spark does not hide in the UI, the"
                        + " event log and views. Use the name api_token, which it does; see " + DocPage.of("api-key")
                        + ".");
            }
        }
    }

    /**
     * Warns of a key among the session's settings. Spark hides settings from its start by their names, but writes
     * settings made later into the event log unchanged, with every job.
     *
     * @param prefix prefix of the settings that are options, such as {@code spark.sql.catalog.ncbi.}
     */
    static void checkSession(String prefix) {
        SparkSession session = SparkSession.active();
        for (String name :
                SessionOptions.startingWith(prefix, SessionOptions.all()).keySet()) {
            String setting = prefix + name;
            Optional<Option> secret = secret(name);
            if (secret.isPresent() && !session.sparkContext().getConf().contains(setting)) {
                warn(SECRETS.get(secret.get()) + " stands in " + setting + ", which was set while Spark runs. Spark"
                        + " writes such settings in clear text into the event log, where one is kept, whatever their"
                        + " names. Give " + otherWays(secret.get()) + "; see " + DocPage.of("api-key") + ".");
            }
        }
    }

    private static Optional<Option> secret(String name) {
        return SECRETS.keySet().stream()
                .filter(option -> Options.areSame(name, option.key()))
                .findFirst();
    }

    private static String otherWays(Option secret) {
        return secret == Option.API_KEY
                ? "the key in the environment variable NCBI_API_KEY, in a credential provider, or with"
                        + " option(\"api_token\", ...)"
                : "it in the environment variable HTTPS_PROXY of the driver, or with option(\"" + secret.key()
                        + "\", ...)";
    }

    private static String lower(Option secret) {
        return SECRETS.get(secret).replaceFirst("^The", "the");
    }

    /** Returns true if Spark shows the values of options with this name. */
    static boolean isShown(String name, String redaction) {
        return !Pattern.compile(redaction).matcher(name).find();
    }

    private static String redaction() {
        return SparkSession.active().conf().get(REDACTION, REDACTION_BY_DEFAULT);
    }

    private static void warn(String words) {
        if (WARNED_OF.add(words)) {
            LOG.warn(words);
        }
    }
}
