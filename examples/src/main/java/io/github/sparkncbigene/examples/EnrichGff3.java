package io.github.sparkncbigene.examples;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
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

/** Adds NCBI's current record to each gene of a GFF3 file, by the GeneID in its {@code Dbxref}. */
@Command(
        name = "EnrichGff3",
        sortOptions = false,
        description = "Puts NCBI's gene records beside the genes of a GFF3 and writes Parquet.")
public final class EnrichGff3 implements Callable<Integer> {
    @Option(
            names = "--gff3",
            paramLabel = "FILE",
            defaultValue = "examples/data/genes.gff3",
            description = "GFF3, plain or compressed, as NCBI's; default: ${DEFAULT-VALUE}")
    private Path gff3;

    @Mixin
    private final JobOptions options = new JobOptions();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Jobs.commandLine(new EnrichGff3());
    }

    @Override
    public Integer call() throws IOException {
        try (options;
                SparkSession spark = Jobs.spark("EnrichGff3")
                        .config("spark.sql.extensions", NcbiGeneExtensions.class.getName())
                        .getOrCreate()) {
            Dataset<Row> enriched = enrich(features(spark, gff3.toString()), options.service());
            enriched.write().mode(SaveMode.Overwrite).parquet(options.out());

            spark.read().parquet(options.out()).orderBy("seqid", "start").show(1000, false);
            System.out.println("Written to " + options.out());
            return 0;
        }
    }

    // recipe: docs/recipes/gff3.md
    /** Returns the genes of the file, including pseudogenes. */
    static Dataset<Row> features(SparkSession spark, String gff3) {
        return spark.read()
                .text(gff3)
                .where("NOT startswith(value, '#')")
                .select(expr("split(value, '\\t') AS field"))
                .where("get(field, 2) IN ('gene', 'pseudogene')")
                .selectExpr(
                        "get(field, 0) AS seqid",
                        "CAST(get(field, 3) AS BIGINT) AS start",
                        "CAST(get(field, 4) AS BIGINT) AS end",
                        "regexp_extract(get(field, 8), '(?:^|;)Name=([^;]*)', 1) AS name",
                        "CAST(nullif(regexp_extract(get(field, 8), '[=,]GeneID:([0-9]+)', 1), '') AS BIGINT) AS gene_id");
    }

    /** Adds NCBI's current record to every gene of the file; moved is true if its position has changed. */
    static Dataset<Row> enrich(Dataset<Row> features, Map<String, String> service) {
        Dataset<Row> genes = features.sparkSession()
                .read()
                .format("ncbi-gene")
                .options(service)
                .load()
                .withColumn("places", expr("flatten(annotations.genomic_locations)"))
                .select("gene_id", "symbol", "gene_type", "places");
        return features.join(broadcast(genes), "gene_id", "left")
                .withColumn("place", expr("get(filter(places, p -> p.genomic_accession_version = seqid), 0)"))
                .withColumn("moved", expr("start <> place.genomic_range.begin OR end <> place.genomic_range.end"))
                .drop("places", "place");
    }
    // end
}
