package io.github.sparkncbigene.examples;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.source.NcbiGeneCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Adds gene records to the induced genes in an Iceberg table of expression data, in SQL, and fetches only these genes.
 */
@Command(
        name = "JoinIceberg",
        sortOptions = false,
        description = "Makes an Iceberg table of a table of expression, puts NCBI's gene records beside what is"
                + " induced in it, and writes another Iceberg table. The catalog of both is in the directory --out.")
public final class JoinIceberg implements Callable<Integer> {
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
        return Jobs.commandLine(new JoinIceberg());
    }

    @Override
    public Integer call() throws IOException {
        try (options;
                SparkSession spark = session(options.out(), options.service())) {
            spark.read()
                    .option("sep", "\t")
                    .option("header", true)
                    .schema("locus_tag STRING, baseMean DOUBLE, log2FoldChange DOUBLE, padj DOUBLE")
                    .csv(expression.toString())
                    .writeTo("lake.rna.expression")
                    .using("iceberg")
                    .createOrReplace();
            enrich(spark);

            spark.table("lake.rna.induced").orderBy("padj").show(1000, false);
            System.out.println("Written to lake.rna.induced in " + options.out());
            return 0;
        }
    }

    // recipe: docs/recipes/iceberg.md
    /** Configures two catalogs, Iceberg's and the connector's, and the extensions of both. */
    static SparkSession session(String warehouse, Map<String, String> service) {
        SparkSession.Builder session = Jobs.spark("JoinIceberg")
                .config(
                        "spark.sql.extensions",
                        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions,"
                                + NcbiGeneExtensions.class.getName())
                .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.lake.type", "hadoop")
                .config("spark.sql.catalog.lake.warehouse", warehouse)
                .config("spark.sql.catalog.ncbi", NcbiGeneCatalog.class.getName());
        service.forEach((option, value) -> session.config("spark.sql.catalog.ncbi." + option, value));
        return session.getOrCreate();
    }

    /** Fetches only the locus tags of the rows that the condition keeps. */
    static void enrich(SparkSession spark) {
        spark.sql("""
                CREATE OR REPLACE TABLE lake.rna.induced USING iceberg AS
                SELECT e.locus_tag, g.symbol, g.gene_id, g.description, e.log2FoldChange, e.padj
                FROM lake.rna.expression e LEFT JOIN ncbi.gene g ON e.locus_tag = g.locus_tag
                WHERE e.log2FoldChange > 2 AND e.padj < 0.001
                """);
    }
    // end
}
