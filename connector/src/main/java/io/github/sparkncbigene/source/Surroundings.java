package io.github.sparkncbigene.source;

import io.github.sparkncbigene.options.Option;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's values for options that are not set: its environment and, for the key, Hadoop's credential providers.
 */
final class Surroundings {
    /** The key's name in a credential provider. */
    static final String KEY_ALIAS = "ncbi.api.key";

    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);

    private Surroundings() {}

    /** Returns the value of an environment variable, or of its substitute. */
    static Optional<String> value(String variable) {
        Optional<String> value = Optional.ofNullable(System.getenv(variable)).filter(text -> !text.isBlank());
        boolean isKey =
                Option.API_KEY.environmentVariable().filter(variable::equals).isPresent();
        return value.isPresent() || !isKey
                ? value
                : key(SparkSession.active().sparkContext().hadoopConfiguration());
    }

    /** Returns the key from a credential provider, but never one from the configuration in clear text. */
    static Optional<String> key(Configuration hadoop) {
        try {
            List<CredentialProvider> providers = CredentialProviderFactory.getProviders(hadoop);
            for (CredentialProvider provider : providers) {
                CredentialProvider.CredentialEntry entry = provider.getCredentialEntry(KEY_ALIAS);
                if (entry != null) {
                    return Optional.of(new String(entry.getCredential()));
                }
            }
        } catch (IOException | RuntimeException e) {
            // The providers may be meant for something else, and be unreachable.
            LOG.warn(
                    "Cannot look up {} in the credential providers {}: {}. The connector reads without an API"
                            + " key.",
                    KEY_ALIAS,
                    hadoop.get(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH),
                    e.toString());
        }
        return Optional.empty();
    }
}
