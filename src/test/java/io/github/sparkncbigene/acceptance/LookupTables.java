package io.github.sparkncbigene.acceptance;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.functions;
import scala.Function1;
import scala.runtime.BoxedUnit;

/** The tables that lookup joins are tried on: variants, some of them without the one key or the other, and genes. */
final class LookupTables {
    /** Columns of genes that can be asked for. */
    enum Key {
        ACCESSION(
                "accessions",
                Set.of("NM_021803.4", "NM_000546.6"),
                Set.of("NM_007294.4", "NM_000000000.1"),
                "NM_004985.5"),
        TRANSCRIPT("accessions", ACCESSION.sampleOne, ACCESSION.sampleTwo, "NM_004985.5"),
        PROTEIN(
                "accessions",
                Set.of("NP_068575.1", "NP_000537.3"),
                Set.of("NP_009225.1", "NP_000000000.1"),
                "NP_004976.2"),
        GENE_ID("gene_ids", Set.of("59067", "7157", "944742"), Set.of("672", "945803"), "3845"),
        LOCUS_TAG("locus_tags", Set.of("b0001"), Set.of("b0002"), "b0003");

        private final String option;
        private final Set<String> sampleOne;
        private final Set<String> sampleTwo;
        private final String other;

        Key(String option, Set<String> sampleOne, Set<String> sampleTwo, String other) {
            this.option = option;
            this.sampleOne = sampleOne;
            this.sampleTwo = sampleTwo;
            this.other = other;
        }

        /** The keys of the variants of sample s1. */
        Set<String> ofSampleOne() {
            return sampleOne;
        }

        /** The keys of all variants. */
        Set<String> all() {
            Set<String> all = new TreeSet<>(sampleOne);
            all.addAll(sampleTwo);
            return all;
        }

        /** A list of more keys than the variants have. */
        private String list() {
            return String.join(",", all()) + "," + other;
        }
    }

    private LookupTables() {}

    /** Writes the variants. */
    static void write(SparkSession spark, Path directory) {
        spark.sql("""
                SELECT * FROM VALUES
                  ('s1', 'NM_021803.4', 59067, NULL, 'NP_068575.1'),
                  ('s1', 'NM_000546.6', 7157, NULL, 'NP_000537.3'),
                  ('s1', NULL, 944742, 'b0001', NULL),
                  ('s2', 'NM_007294.4', 672, NULL, 'NP_009225.1'),
                  ('s2', 'NM_021803.4', 59067, NULL, 'NP_068575.1'),
                  ('s2', 'NM_000000000.1', NULL, NULL, 'NP_000000000.1'),
                  ('s2', NULL, 945803, 'b0002', NULL)
                AS v(sample, transcript, gene_id, locus_tag, protein)
                """).repartition(2).write().parquet(variants(directory));
    }

    /** A new session of the running Spark, with an extension. */
    static SparkSession extended(Function1<SparkSessionExtensions, BoxedUnit> extension) {
        SparkSession active = SparkSession.active();
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        try {
            return SparkSession.builder().withExtensions(extension).getOrCreate();
        } finally {
            SparkSession.setActiveSession(active);
            SparkSession.setDefaultSession(active);
        }
    }

    /** The views {@code variants}, {@code cached_variants} and {@code v2_variants}. */
    static void registerVariants(SparkSession spark, Path directory) {
        spark.read().parquet(variants(directory)).createOrReplaceTempView("variants");
        // Not the same plan as variants, which would be cached with it.
        Dataset<Row> copy = spark.table("variants").withColumn("copy", functions.lit(true));
        copy.createOrReplaceTempView("cached_variants");
        copy.cache();
        spark.conf().set("spark.sql.sources.useV1SourceList", "");
        spark.read()
                .schema(spark.table("variants").schema())
                .parquet(variants(directory))
                .createOrReplaceTempView("v2_variants");
        spark.conf().unset("spark.sql.sources.useV1SourceList");
    }

    /** {@code genes} and {@code products}, with no list. */
    static void registerGenes(SparkSession spark, String baseUrl) {
        genes(spark, baseUrl).load().createOrReplaceTempView("genes");
        products(spark, baseUrl).load().createOrReplaceTempView("products");
    }

    /** {@code genes} and {@code products}, with a list of all keys that the variants have, and one more. */
    static void registerListedGenes(SparkSession spark, String baseUrl, Key key) {
        genes(spark, baseUrl).option(key.option, key.list()).load().createOrReplaceTempView("genes");
        products(spark, baseUrl).option(key.option, key.list()).load().createOrReplaceTempView("products");
    }

    private static DataFrameReader products(SparkSession spark, String baseUrl) {
        return genes(spark, baseUrl).option("report", "product");
    }

    static DataFrameReader genes(SparkSession spark, String baseUrl) {
        return spark.read().format("ncbi-gene").option("base_url", baseUrl);
    }

    private static String variants(Path directory) {
        return directory.resolve("variants").toString();
    }
}
