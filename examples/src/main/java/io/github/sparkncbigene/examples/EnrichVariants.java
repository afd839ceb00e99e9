package io.github.sparkncbigene.examples;

import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds gene records to a table of variants: a left join on the accession in the variant's description. */
@Command(
        name = "EnrichVariants",
        sortOptions = false,
        description = "Puts NCBI's gene records beside a table of variants and writes Parquet.")
public final class EnrichVariants implements Callable<Integer> {
    @Option(
            names = "--variants",
            paramLabel = "FILE",
            defaultValue = "examples/data/variants.csv",
            description = "CSV with the columns hgvs and accession; default: ${DEFAULT-VALUE}")
    private Path table;

    @Option(
            names = "--accessions",
            paramLabel = "A,B,C",
            split = ",",
            description = "use these accessions instead of a table")
    private List<String> accessions;

    @Mixin
    private final JobOptions options = new JobOptions();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Jobs.commandLine(new EnrichVariants());
    }

    @Override
    public Integer call() throws IOException {
        try (options;
                SparkSession spark = Jobs.spark("EnrichVariants").getOrCreate()) {
            Dataset<Row> variants = variants(spark);
            Dataset<Row> genes = genes(spark, variants, options.service());

            // A left join keeps every variant, whether or not NCBI knows its accession.
            Dataset<Row> enriched = variants.join(genes, "accession", "left");
            enriched.write().mode(SaveMode.Overwrite).parquet(options.out());

            // Shows the written table, so that the display sends no further requests.
            spark.read()
                    .parquet(options.out())
                    .drop("accession", "protein")
                    .orderBy("hgvs")
                    .show(1000, false);
            System.out.println("Written to " + options.out());
            return 0;
        }
    }

    private Dataset<Row> variants(SparkSession spark) {
        return accessions == null
                ? spark.read().option("header", true).csv(table.toString())
                : spark.createDataset(accessions, Encoders.STRING()).selectExpr("value AS hgvs", "value AS accession");
    }

    private static Dataset<Row> genes(SparkSession spark, Dataset<Row> variants, Map<String, String> service) {
        List<String> wanted = variants.select("accession")
                .where("accession IS NOT NULL")
                .distinct()
                .as(Encoders.STRING())
                .collectAsList();
        return spark.read()
                .format("ncbi-gene")
                .options(service)
                .option("accessions", String.join(",", wanted))
                .load()
                .withColumn("place", expr("get(get(annotations, 0).genomic_locations, 0)"))
                .selectExpr(
                        "accession",
                        "symbol",
                        "gene_id",
                        "gene_type",
                        "get(chromosomes, 0) AS chromosome",
                        "concat(place.genomic_accession_version, ':', place.genomic_range.begin, '-', place.genomic_range.end)"
                                + " AS location",
                        "array_size(annotations) AS annotations",
                        "tax_id",
                        "get(warnings, 0).code AS warning");
    }
}
