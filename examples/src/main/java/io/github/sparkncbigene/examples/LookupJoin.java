package io.github.sparkncbigene.examples;

import io.github.sparkncbigene.join.NcbiGeneLookup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds gene records to a table of expression data with the lookup helper, in a session without the extension. */
@Command(
        name = "LookupJoin",
        sortOptions = false,
        description = "Puts NCBI's gene records beside a table of expression and writes Parquet.")
public final class LookupJoin implements Callable<Integer> {
    @Option(
            names = "--expression",
            paramLabel = "FILE",
            defaultValue = "examples/data/expression.tsv",
            description = "TSV with the columns locus_tag, log2FoldChange and padj; default: ${DEFAULT-VALUE}")
    private Path expression;

    @Mixin
    private final JobOptions options = new JobOptions();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Jobs.commandLine(new LookupJoin());
    }

    @Override
    public Integer call() throws IOException {
        try (options;
                SparkSession spark = Jobs.spark("LookupJoin").getOrCreate()) {
            Dataset<Row> rows = spark.read()
                    .option("sep", "\t")
                    .option("header", true)
                    .schema("locus_tag STRING, baseMean DOUBLE, log2FoldChange DOUBLE, padj DOUBLE")
                    .csv(expression.toString());
            enrich(rows, options.service()).write().mode(SaveMode.Overwrite).parquet(options.out());

            spark.read().parquet(options.out()).orderBy("locus_tag").show(1000, false);
            System.out.println("Written to " + options.out());
            return 0;
        }
    }

    // recipe: docs/recipes/lookup.md
    /** Adds NCBI's records to all rows by locus tag; fetches each tag once. */
    static Dataset<Row> enrich(Dataset<Row> expression, Map<String, String> service) {
        return NcbiGeneLookup.of(expression, "locus_tag")
                .on("locus_tag")
                .options(service)
                .prefix("ncbi_")
                .left()
                .selectExpr(
                        "locus_tag",
                        "log2FoldChange",
                        "padj",
                        "ncbi_symbol AS symbol",
                        "ncbi_description AS description");
    }
    // end
}
