package io.github.sparkncbigene.kept;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.service.ServiceConfig;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Where answers are kept, and for how long: what the driver tells the tasks.
 *
 * @param directory as a URI that is the same on every machine
 * @param maxAge of what is used
 * @param hadoop the settings of the file system
 */
public record Keeping(String directory, Duration maxAge, SerializableConfiguration hadoop) implements Serializable {
    /**
     * What the options say; null where answers are not kept.
     *
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_OPTION} where there is no such file system
     */
    public static Keeping of(Options options, Configuration hadoop) {
        if (!options.has(Option.CHECKPOINT_PATH)) {
            return null;
        }
        String given = options.text(Option.CHECKPOINT_PATH);
        try {
            Path path = new Path(given);
            return new Keeping(
                    path.getFileSystem(hadoop).makeQualified(path).toString(),
                    options.duration(Option.CHECKPOINT_MAX_AGE),
                    new SerializableConfiguration(hadoop));
        } catch (IOException | RuntimeException e) {
            throw new NcbiGeneException(
                    ErrorCode.INVALID_OPTION,
                    "Option checkpoint_path is '" + given + "' but must be a directory on a file system that Spark"
                            + " knows: " + e.getMessage() + ".",
                    e);
        }
    }

    /** The kept answers of a service; to be called where they are used. */
    public KeptAnswers open(ServiceConfig service) {
        return new KeptAnswers(this, service.baseUrl(), service.maxDecodedBytes(), Clock.systemUTC());
    }
}
