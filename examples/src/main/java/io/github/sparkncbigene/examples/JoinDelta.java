package io.github.sparkncbigene.examples;

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

/** Adds gene records to selected variants of a Delta table, and fetches only their genes. */
@Command(
        name = "JoinDelta",
        sortOptions = false,
        description = "Puts NCBI's gene records beside variants of a Delta table and writes another.")
public final class JoinDelta implements Callable<Integer> {
    @Option(
            names = "--variants",
            paramLabel = "DIR",
            description = "Delta table with the columns chrom, pos, ref, alt, consequence and transcript;"
                    + " by default one of examples/data/variants.snpeff.vcf is made")
    private Path variants;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            defaultValue = "consequence IN ('frameshift_variant', 'stop_gained')",
            description = "which of its variants; default: ${DEFAULT-VALUE}")
    private String condition;

    @Mixin
    private final JobOptions options = new JobOptions();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Jobs.commandLine(new JoinDelta());
    }

    @Override
    public Integer call() throws IOException {
        try (options;
                SparkSession spark = session()) {
            String table = variants == null ? sample(spark) : variants.toString();
            Dataset<Row> enriched = enrich(spark, table, condition, options.service());
            enriched.write().format("delta").mode(SaveMode.Overwrite).save(options.out());

            spark.read()
                    .format("delta")
                    .load(options.out())
                    .orderBy("chrom", "pos", "transcript")
                    .show(1000, false);
            System.out.println("Written to " + options.out());
            return 0;
        }
    }

    /** Creates a Delta table from the annotations of a VCF file. */
    private String sample(SparkSession spark) {
        String table = options.out() + "-variants";
        EnrichVcf.annotations(spark, "examples/data/variants.snpeff.vcf")
                .write()
                .format("delta")
                .mode(SaveMode.Overwrite)
                .save(table);
        return table;
    }

    // recipe: docs/recipes/delta.md
    /** Uses Delta's extension and the connector's together. */
    static SparkSession session() {
        return Jobs.spark("JoinDelta")
                .config(
                        "spark.sql.extensions",
                        "io.delta.sql.DeltaSparkSessionExtension," + NcbiGeneExtensions.class.getName())
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .getOrCreate();
    }

    /** Needs no list of genes: the join fetches the genes of the variants that meet the condition. */
    static Dataset<Row> enrich(SparkSession spark, String table, String condition, Map<String, String> service) {
        Dataset<Row> variants = spark.read().format("delta").load(table).where(condition);
        Dataset<Row> genes = spark.read()
                .format("ncbi-gene")
                .options(service)
                .load()
                .selectExpr("accession AS transcript", "symbol", "gene_id", "gene_type");
        return variants.join(genes, "transcript", "left");
    }
    // end
}
