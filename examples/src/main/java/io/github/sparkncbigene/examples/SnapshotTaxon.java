package io.github.sparkncbigene.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads all genes of a taxon once, into a table that is joined offline by identifiers that NCBI cannot be asked for. */
@Command(
        name = "SnapshotTaxon",
        sortOptions = false,
        description = "Writes the genes of a taxon to Parquet, with the columns that people join by.")
public final class SnapshotTaxon implements Callable<Integer> {
    @Option(
            names = "--taxon",
            paramLabel = "TAXON",
            defaultValue = "human",
            description = "id or name; default: ${DEFAULT-VALUE}")
    private String taxon;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "examples/target/out/snapshot-cache",
            description = "keeps what was fetched, so that a job that was stopped goes on; default: ${DEFAULT-VALUE}")
    private Path cache;

    @Mixin
    private final JobOptions options = new JobOptions();

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Jobs.commandLine(new SnapshotTaxon());
    }

    @Override
    public Integer call() throws IOException {
        try (options;
                SparkSession spark = Jobs.spark("SnapshotTaxon").getOrCreate()) {
            Map<String, String> read = new HashMap<>(options.service());
            read.put("cache_path", cache.toString());
            snapshot(spark, taxon, read).write().mode(SaveMode.Overwrite).parquet(options.out());

            Dataset<Row> written = spark.read().parquet(options.out());
            written.selectExpr(
                            "count(*) AS genes",
                            "count(ensembl_geneids) AS with_ensembl",
                            "sum(size(transcripts)) AS transcripts")
                    .show(false);
            byEnsembl(written, List.of("ENSG00000141510", "ENSG00000138684")).show(false);
            System.out.println("Written to " + options.out());
            return 0;
        }
    }

    // recipe: docs/recipes/snapshot.md
    /** The genes of a taxon: their ids first, which are short, then their records in batches that the cache keeps. */
    static Dataset<Row> snapshot(SparkSession spark, String taxon, Map<String, String> options) {
        String ids = read(spark, options).option("taxon", taxon).load().select("gene_id").collectAsList().stream()
                .map(row -> Long.toString(row.getLong(0)))
                .collect(Collectors.joining(","));
        Dataset<Row> genes = read(spark, options).option("gene_ids", ids).load();
        Dataset<Row> products = read(spark, options)
                .option("report", "product")
                .option("gene_ids", ids)
                .load()
                .groupBy(col("gene_id").as("id"))
                .agg(
                        collect_set("transcript_accession").as("transcripts"),
                        collect_set("protein_accession").as("proteins"));
        return genes.join(products, col("gene_id").equalTo(col("id")), "left")
                .selectExpr(
                        "gene_id",
                        "symbol",
                        "synonyms",
                        "ensembl_geneids",
                        "swissprot_accessions",
                        "omim_ids",
                        "name_id",
                        "locus_tag",
                        "transcripts",
                        "proteins",
                        "transform(annotations, a -> struct(a.assembly_name, transform(a.genomic_locations, l -> struct("
                                + "l.genomic_accession_version AS accession, l.sequence_name AS chromosome,"
                                + " l.genomic_range.begin, l.genomic_range.end, l.genomic_range.orientation AS strand))"
                                + " AS places)) AS assemblies");
    }

    private static DataFrameReader read(SparkSession spark, Map<String, String> options) {
        return spark.read().format("ncbi-gene").options(options);
    }

    /** The same columns, as far as it has them, from NCBI's file gene2refseq.gz, whose positions begin at 0. */
    static Dataset<Row> ofGene2Refseq(SparkSession spark, String file, long taxId) {
        return spark.read()
                .option("sep", "\t")
                .option("header", true)
                .option("nullValue", "-")
                .csv(file)
                .where(col("#tax_id").equalTo(taxId))
                .groupBy(
                        col("GeneID").cast("bigint").as("gene_id"),
                        col("Symbol").as("symbol"))
                .agg(
                        collect_set("`RNA_nucleotide_accession.version`").as("transcripts"),
                        collect_set("`protein_accession.version`").as("proteins"),
                        expr("collect_set(struct(assembly AS assembly_name, `genomic_nucleotide_accession.version` AS"
                                        + " accession, start_position_on_the_genomic_accession + 1 AS begin,"
                                        + " end_position_on_the_genomic_accession + 1 AS end, orientation AS strand))")
                                .as("places"));
    }

    /** The genes of Ensembl ids, from the snapshot: no request is sent. */
    static Dataset<Row> byEnsembl(Dataset<Row> snapshot, List<String> ensembl) {
        return snapshot.selectExpr("explode(ensembl_geneids) AS ensembl", "symbol", "gene_id")
                .where(col("ensembl").isin(ensembl.toArray()))
                .orderBy("ensembl");
    }
    // end
}
