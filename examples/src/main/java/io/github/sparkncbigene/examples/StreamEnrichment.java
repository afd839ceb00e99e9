package io.github.sparkncbigene.examples;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks up the accessions in files that arrived since the last run. */
@Command(
        name = "StreamEnrichment",
        sortOptions = false,
        description = "Looks up the accessions of new files in a directory and adds their genes to a table of Parquet.")
public final class StreamEnrichment implements Callable<Integer> {
    @Option(
            names = "--accessions",
            paramLabel = "DIR",
            defaultValue = "examples/data/accessions",
            description = "directory of files with an accession a line; default: ${DEFAULT-VALUE}")
    private Path accessions;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            defaultValue = "examples/target/streamed-checkpoint",
            description = "where Spark remembers how far it is; default: ${DEFAULT-VALUE}")
    private Path checkpoint;

    @Mixin
    private final JobOptions options = new JobOptions();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Jobs.commandLine(new StreamEnrichment());
    }

    @Override
    public Integer call() throws Exception {
        try (options;
                SparkSession spark = Jobs.spark("StreamEnrichment").getOrCreate()) {
            lookUpNew(spark, accessions.toString(), options.out(), checkpoint.toString(), options.service());

            spark.read().parquet(options.out()).orderBy("accession").show(1000, false);
            System.out.println("Written to " + options.out());
            return 0;
        }
    }

    // recipe: docs/recipes/streaming.md
    /** Spark's checkpoint records how far earlier runs have read each file. */
    static void lookUpNew(
            SparkSession spark, String accessions, String out, String checkpoint, Map<String, String> service)
            throws Exception {
        Dataset<Row> genes = spark.readStream()
                .format("ncbi-gene")
                .options(service)
                .load(accessions)
                .selectExpr("accession", "symbol", "gene_id", "tax_name", "get(warnings, 0).code AS warning");
        StreamingQuery query = genes.writeStream()
                .format("parquet")
                .option("path", out)
                .option("checkpointLocation", checkpoint)
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();
    }
    // end
}
