package io.github.sparkncbigene.examples;

import io.github.sparkncbigene.error.NcbiGeneException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** Code that the jobs share. */
final class Jobs {
    private Jobs() {}

    static SparkSession.Builder spark(String name) {
        return SparkSession.builder()
                .appName(name)
                .master("local[2]")
                .config("spark.sql.shuffle.partitions", "2")
                // By default, Delta's own small tables would have 50 partitions.
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .config("spark.ui.enabled", "false");
    }

    static CommandLine commandLine(Callable<Integer> job) {
        return new CommandLine(job).setExecutionExceptionHandler((error, command, parsed) -> {
            command.getErr().println(message(error));
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
    }

    /** Finds the connector's message inside Spark's exception. */
    private static String message(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof NcbiGeneException) {
                return cause.getMessage();
            }
        }
        return error.toString();
    }
}
