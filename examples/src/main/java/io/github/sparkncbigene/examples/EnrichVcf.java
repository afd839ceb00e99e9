package io.github.sparkncbigene.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
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

/**
 * Adds gene, transcript and protein to each transcript annotation of a VCF file, in the format of SnpEff ({@code ANN})
 * or VEP ({@code CSQ}).
 */
@Command(
        name = "EnrichVcf",
        sortOptions = false,
        description = "Puts NCBI's gene records beside the annotations of a VCF and writes Parquet.")
public final class EnrichVcf implements Callable<Integer> {
    @Option(
            names = "--vcf",
            paramLabel = "FILE",
            defaultValue = "examples/data/variants.snpeff.vcf",
            description = "VCF, plain or compressed, annotated by SnpEff or VEP; default: ${DEFAULT-VALUE}")
    private Path vcf;

    @Mixin
    private final JobOptions options = new JobOptions();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Jobs.commandLine(new EnrichVcf());
    }

    @Override
    public Integer call() throws IOException {
        try (options;
                SparkSession spark = Jobs.spark("EnrichVcf")
                        .config("spark.sql.extensions", NcbiGeneExtensions.class.getName())
                        .getOrCreate()) {
            Dataset<Row> annotations = annotations(spark, vcf.toString());
            Dataset<Row> enriched = enrich(annotations, options.service());
            enriched.write().mode(SaveMode.Overwrite).parquet(options.out());

            spark.read()
                    .parquet(options.out())
                    .orderBy(expr("try_cast(chrom AS INT)").asc_nulls_last(), col("pos"), col("transcript"))
                    .show(1000, false);
            System.out.println("Written to " + options.out());
            return 0;
        }
    }

    // recipe: docs/recipes/vcf.md
    /** Returns one row per variant and transcript; a variant outside all transcripts has a null transcript. */
    static Dataset<Row> annotations(SparkSession spark, String vcf) {
        Dataset<Row> lines = spark.read().text(vcf);
        String declared =
                lines.where("value RLIKE '^##INFO=<ID=(ANN|CSQ),'").as(Encoders.STRING()).takeAsList(1).stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                vcf + " declares neither ANN nor CSQ. Annotate it with SnpEff or VEP first."));
        String tag = declared.contains("<ID=ANN,") ? "ANN" : "CSQ";
        List<String> names = Arrays.stream(declared.split("[|]", -1))
                .map(name -> name.replaceAll(".*[:'] *", "").strip())
                .toList();
        int consequence = tag.equals("ANN") ? names.indexOf("Annotation") : names.indexOf("Consequence");
        int kind = names.indexOf(tag.equals("ANN") ? "Feature_Type" : "Feature_type");
        int feature = names.indexOf(tag.equals("ANN") ? "Feature_ID" : "Feature");

        return lines.where("NOT startswith(value, '#')")
                .select(expr("split(value, '\\t') AS field"))
                .withColumn("found", expr("regexp_extract(get(field, 7), '(?:^|;)" + tag + "=([^;]*)', 1)"))
                .withColumn("annotation", expr("explode(split(found, ','))"))
                .withColumn("part", expr("split(annotation, '[|]')"))
                .selectExpr(
                        "get(field, 0) AS chrom",
                        "CAST(get(field, 1) AS BIGINT) AS pos",
                        "get(field, 3) AS ref",
                        "get(field, 4) AS alt",
                        "get(part, " + consequence + ") AS consequence",
                        "IF(lower(get(part, " + kind + ")) = 'transcript', get(part, " + feature
                                + "), NULL) AS transcript");
    }

    /** Uses left joins: with the session's extension, they fetch only the transcripts of the VCF. */
    static Dataset<Row> enrich(Dataset<Row> annotations, Map<String, String> service) {
        SparkSession spark = annotations.sparkSession();
        Dataset<Row> genes = spark.read()
                .format("ncbi-gene")
                .options(service)
                .load()
                .selectExpr(
                        "accession AS transcript",
                        "symbol",
                        "gene_id",
                        "gene_type",
                        "get(warnings, 0).code AS warning");
        Dataset<Row> products = spark.read()
                .format("ncbi-gene")
                .option("report", "product")
                .options(service)
                .load()
                .selectExpr(
                        "transcript_accession AS transcript",
                        "transcript_select_category AS selected",
                        "protein_accession AS protein");
        return annotations.join(genes, "transcript", "left").join(products, "transcript", "left");
    }
    // end
}
