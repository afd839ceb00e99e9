package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.options.CacheMode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.Secret;
import io.github.sparkncbigene.segment.Seals;
import io.github.sparkncbigene.service.ServiceConfig;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory and the age limit of cached responses, which the driver sends to the tasks.
 *
 * @param directory a URI that is the same on every machine
 * @param maxAge largest age of a response that is used
 * @param mode the use of the cache
 * @param secret the secret that files are sealed with; null for none
 * @param hadoop the settings of the file system
 */
public record CacheSettings(
        String directory, Duration maxAge, CacheMode mode, Secret secret, SerializableConfiguration hadoop)
        implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheSettings.class);
    private static final String RESPONSES = "responses";

    /**
     * Returns the settings of the options; null if nothing is cached, or the file system is unusable.
     *
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_OPTION} where there is no such file system
     */
    public static CacheSettings of(Options options, Configuration hadoop) {
        if (!options.has(Option.CACHE_PATH)) {
            return null;
        }
        String given = options.text(Option.CACHE_PATH);
        Path path;
        try {
            path = new Path(given);
        } catch (IllegalArgumentException e) {
            throw unknown(given, e);
        }
        try {
            String directory = new FileSystemGuard(given)
                    .run(() -> path.getFileSystem(hadoop).makeQualified(path).toString());
            return new CacheSettings(
                    directory,
                    options.duration(Option.CACHE_MAX_AGE),
                    options.cacheMode(),
                    options.secret(Option.CACHE_SECRET).orElse(null),
                    new SerializableConfiguration(hadoop));
        } catch (UnsupportedFileSystemException e) {
            throw unknown(given, e);
        } catch (IOException e) {
            LOG.warn("Cannot use cache_path '{}': {}. The read goes on without it.", given, e.toString());
            return null;
        }
    }

    private static NcbiGeneException unknown(String given, Exception why) {
        return NcbiGeneException.of(
                ErrorCode.INVALID_OPTION,
                "Option cache_path is '" + given + "' but must be a directory on a file system that Spark" + " knows: "
                        + why.getMessage() + ".",
                why);
    }

    /** Returns the cached identifiers of a scope. */
    public IdentifierCache identifiers(CacheScope scope) {
        return new IdentifierCache(this, scope, Clock.systemUTC());
    }

    /** Returns the cached responses of a service, for reads that name no identifiers. */
    public ResponseCache responses(ServiceConfig service) {
        return new ResponseCache(this, service.baseUrl(), service.maxDecodedBytes(), Clock.systemUTC());
    }

    /** Returns the directory of these responses. */
    Path responseDirectory() {
        return responses(new Path(directory));
    }

    static Path responses(Path cache) {
        return new Path(cache, RESPONSES);
    }

    Seals seals() {
        return Seals.of(Optional.ofNullable(secret));
    }
}
