package io.github.sparkncbigene.kept;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.service.ServiceConfig;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where answers are kept, and for how long: what the driver tells the tasks.
 *
 * @param directory as a URI that is the same on every machine
 * @param maxAge of what is used
 * @param hadoop the settings of the file system
 */
public record Keeping(String directory, Duration maxAge, SerializableConfiguration hadoop) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    /**
     * What the options say; null where answers are not kept, or the file system cannot be used.
     *
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_OPTION} where there is no such file system
     */
    public static Keeping of(Options options, Configuration hadoop) {
        if (!options.has(Option.CHECKPOINT_PATH)) {
            return null;
        }
        String given = options.text(Option.CHECKPOINT_PATH);
        Path path;
        try {
            path = new Path(given);
        } catch (IllegalArgumentException e) {
            throw unknown(given, e);
        }
        try {
            String directory = new FileSystemGuard(given)
                    .run(() -> path.getFileSystem(hadoop).makeQualified(path).toString());
            return new Keeping(
                    directory, options.duration(Option.CHECKPOINT_MAX_AGE), new SerializableConfiguration(hadoop));
        } catch (UnsupportedFileSystemException e) {
            throw unknown(given, e);
        } catch (IOException e) {
            LOG.warn("checkpoint_path '{}' cannot be used: {}. The read goes on without it.", given, e.toString());
            return null;
        }
    }

    private static NcbiGeneException unknown(String given, Exception why) {
        return new NcbiGeneException(
                ErrorCode.INVALID_OPTION,
                "Option checkpoint_path is '" + given + "' but must be a directory on a file system that Spark"
                        + " knows: " + why.getMessage() + ".",
                why);
    }

    /** The kept answers of a service; to be called where they are used. */
    public KeptAnswers open(ServiceConfig service) {
        return new KeptAnswers(this, service.baseUrl(), service.maxDecodedBytes(), Clock.systemUTC());
    }
}
