package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables {@code location} and {@code transcript}: what everybody wants of a gene, one value a column. */
@ExtendWith(LocalSpark.class)
class GeneViewsTest {
    private static final String CATALOG = "spark.sql.catalog.viewed";

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(300));

    @BeforeEach
    void catalog(SparkSession spark) {
        spark.conf().set(CATALOG, "io.github.sparkncbigene.source.NcbiGeneCatalog");
        spark.conf().set(CATALOG + ".base_url", SERVICE.baseUrl());
    }

    @AfterEach
    void restore(SparkSession spark) {
        spark.conf().unset(CATALOG + ".base_url");
    }

    private static DataFrameReader reader(SparkSession spark, String report) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("report", report);
    }

    private static List<String> rows(Dataset<Row> data) {
        return LocalSpark.rows(data).stream().sorted().toList();
    }

    @Test
    void aGeneHasARowForEachAssembly(SparkSession spark) {
        assertThat(rows(spark.sql("""
                        SELECT accession, symbol, assembly_name, genomic_accession, chromosome, begin, end, strand
                        FROM viewed.location WHERE accession IN ('NM_021803.4', 'NM_000000000.1')
                        """)))
                .containsExactly(
                        "NM_000000000.1|null|null|null|null|null|null|null",
                        "NM_021803.4|IL21|GRCh38.p14|NC_000004.12|4|122612623|122621069|minus",
                        "NM_021803.4|IL21|T2T-CHM13v2.0|NC_060928.1|4|null|null|null");
        assertThat(SERVICE.requests()).hasSize(1);
        // GRCh38 and T2T are told apart by a filter.
        assertThat(rows(spark.sql("SELECT symbol, begin FROM viewed.location WHERE gene_id = 59067 AND assembly_name"
                        + " LIKE 'GRCh38%'")))
                .containsExactly("IL21|122612623");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aViewHoldsWhatItsReportHolds(String pushDown, SparkSession spark) {
        String tags = "SYN_00000000,SYN_00000001,SYN_00000007,SYN_00000009,SYN_00000046,b0001,none1";
        Dataset<Row> viewed = reader(spark, "location")
                .option("locus_tags", tags)
                .option("push_down", pushDown)
                .load();
        Dataset<Row> exploded = reader(spark, "gene")
                .option("locus_tags", tags)
                .load()
                .withColumn("a", functions.explode_outer(functions.col("annotations")))
                .withColumn("l", functions.explode_outer(functions.col("a.genomic_locations")));

        String[] shown = {"_requested", "gene_id", "tax_id", "assembly_accession", "begin", "end", "strand"};
        assertThat(rows(viewed.selectExpr(shown)))
                .hasSizeGreaterThan(9)
                .isEqualTo(rows(exploded.selectExpr(
                        "_requested",
                        "gene_id",
                        "tax_id",
                        "a.assembly_accession",
                        "l.genomic_range.begin",
                        "l.genomic_range.end",
                        "l.genomic_range.orientation")));
        assertThat(viewed.count()).isEqualTo(exploded.count());
        assertThat(rows(viewed.where("gene_id IS NULL").selectExpr("_requested", "warnings[0].code")))
                .containsExactly("none1|NOT_FOUND");
        assertThat(viewed.limit(2).collectAsList()).hasSize(2);
    }

    @Test
    void transcriptsSayWhichOfThemAreSelected(SparkSession spark) {
        Dataset<Row> products = reader(spark, "product")
                .option("gene_ids", "59067,7157,66925,900000000,1")
                .load();
        Dataset<Row> transcripts = reader(spark, "transcript")
                .option("gene_ids", "59067,7157,66925,900000000,1")
                .load();

        assertThat(rows(transcripts.selectExpr(
                        "gene_id",
                        "transcript_accession",
                        "protein_accession",
                        "select_category",
                        "is_mane_select",
                        "is_refseq_select")))
                .isEqualTo(rows(products.selectExpr(
                        "gene_id",
                        "transcript_accession",
                        "protein_accession",
                        "transcript_select_category",
                        "if(tax_id IS NULL, NULL, transcript_select_category <=> 'MANE_SELECT')",
                        "if(tax_id IS NULL, NULL, coalesce(transcript_select_category IN ('MANE_SELECT',"
                                + " 'REFSEQ_SELECT'), false))")));
        assertThat(rows(spark.sql("SELECT symbol, transcript_accession FROM viewed.transcript WHERE gene_id IN (59067,"
                        + " 7157) AND is_mane_select")))
                .containsExactly("IL21|NM_021803.4", "TP53|NM_000546.6");
    }

    @Test
    void aViewIsJoinedByItsKeys() {
        SparkSession extended = LookupTables.extended(new NcbiGeneExtensions());
        reader(extended, "location").load().createOrReplaceTempView("places");

        assertThat(rows(extended.sql("SELECT t.n, p.assembly_name FROM VALUES (1, 'IL21'), (2, 'NOTAGENE') AS t(n, s)"
                        + " LEFT JOIN places p ON p.symbol = t.s AND p.tax_id = 9606")))
                .containsExactly("1|GRCh38.p14", "1|T2T-CHM13v2.0", "2|null");
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @Test
    void theCatalogListsAndDescribesThem(SparkSession spark) {
        assertThat(LocalSpark.rows(spark.sql("SHOW TABLES IN viewed").select("tableName")))
                .containsExactlyInAnyOrder("gene", "product", "location", "transcript");
        assertThat(spark.sql("DESCRIBE viewed.location")
                        .where("col_name = 'begin'")
                        .first()
                        .getString(2))
                .isEqualTo("First position of the gene, 1-based");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void aViewTakesNoTableFields(SparkSession spark) {
        assertThatThrownBy(() -> reader(spark, "location")
                        .option("accessions", "NM_021803.4")
                        .option("table_fields", "symbol")
                        .load())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] The view location has columns of its own, and takes no"
                        + " table_fields or table_format. Drop them, or set report to gene.");
    }
}
