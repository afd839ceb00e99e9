package io.github.sparkncbigene.acceptance;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.join.NcbiGeneLookup;
import io.github.sparkncbigene.testkit.Behaviour.TableFilter;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Genes beside any Dataset, by the keys that it holds; with ANSI and adaptive execution on and off. */
@ExtendWith(LocalSpark.class)
@ParameterizedClass(name = "ansi={0}, adaptive={1}")
@CsvSource({"true,true", "false,false"})
record NcbiGeneLookupTest(boolean ansi, boolean adaptive) {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(5000).compact(true));

    @BeforeEach
    void configure(SparkSession spark) {
        spark.conf().set("spark.sql.ansi.enabled", ansi);
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
        spark.conf().set("spark.datasource.ncbi-gene.base_url", SERVICE.baseUrl());
    }

    @AfterEach
    void restore(SparkSession spark) {
        spark.conf().unset("spark.sql.ansi.enabled");
        spark.conf().unset("spark.sql.adaptive.enabled");
        spark.conf().unset("spark.datasource.ncbi-gene.base_url");
        spark.conf().unset("spark.datasource.ncbi-gene.mode");
    }

    private static List<String> rows(Dataset<Row> data, String... expressions) {
        return LocalSpark.rows(data.selectExpr(expressions)).stream().sorted().toList();
    }

    private static Dataset<Row> variants(SparkSession spark) {
        return spark.sql("""
                SELECT * FROM VALUES
                  ('v1', 'NM_021803.4', '59067', 'b0001'),
                  ('v2', 'NM_000000000.1', 'x', NULL),
                  ('v3', NULL, NULL, 'b0002'),
                  ('v4', 'NM_021803.4 ', '059067', 'none1'),
                  ('v5', 'no, accession', '99999999999', '')
                AS v(name, transcript, gene, tag)
                """);
    }

    private static Dataset<Row> synthetic(SparkSession spark, long count) {
        return spark.createDataset(
                        LongStream.range(0, count)
                                .mapToObj(SyntheticGenes::accession)
                                .toList(),
                        Encoders.STRING())
                .toDF("transcript");
    }

    @Test
    void everyRowIsKeptOnTheLeft(SparkSession spark) {
        Dataset<Row> enriched = NcbiGeneLookup.of(variants(spark), "transcript").left();

        assertThat(SERVICE.requests()).isEmpty();
        assertThat(rows(enriched, "name", "accession", "symbol", "warnings[0].code"))
                .containsExactly(
                        "v1|NM_021803.4|IL21|null",
                        "v2|NM_000000000.1|null|NOT_FOUND",
                        "v3|null|null|null",
                        "v4|NM_021803.4|IL21|null",
                        "v5|no, accession|null|INVALID_ACCESSION");
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .containsExactlyInAnyOrder("NM_021803.4", "NM_000000000.1"));
        assertThat(enriched.columns()).startsWith("name", "transcript", "gene", "tag", "accession", "gene_id");
    }

    @Test
    void onlyRowsWithAGeneAreLeftOfTheInner(SparkSession spark) {
        NcbiGeneLookup lookup = NcbiGeneLookup.of(variants(spark), "transcript");

        assertThat(rows(lookup.inner(), "name", "symbol")).containsExactly("v1|IL21", "v2|null", "v4|IL21", "v5|null");
        assertThat(rows(lookup.option("mode", "DROPMALFORMED").inner(), "name", "symbol"))
                .containsExactly("v1|IL21", "v4|IL21");
        spark.conf().set("spark.datasource.ncbi-gene.mode", "DROPMALFORMED");
        assertThat(rows(lookup.left(), "name", "symbol"))
                .containsExactly("v1|IL21", "v2|null", "v3|null", "v4|IL21", "v5|null");
        assertThat(SERVICE.requests()).hasSize(3);
    }

    @Test
    void genesAreLookedUpByGeneIdAndLocusTagToo(SparkSession spark) {
        NcbiGeneLookup byText = NcbiGeneLookup.of(variants(spark), "gene").on("gene_id");
        NcbiGeneLookup byNumber = NcbiGeneLookup.of(
                        variants(spark).selectExpr("name", "try_cast(gene AS INT) AS gene"), "gene")
                .on("gene_id");

        assertThat(rows(byText.inner(), "name", "gene_id", "symbol")).containsExactly("v1|59067|IL21", "v4|59067|IL21");
        assertThat(rows(byNumber.inner(), "name", "gene_id", "symbol"))
                .containsExactly("v1|59067|IL21", "v4|59067|IL21");
        assertThat(rows(
                        NcbiGeneLookup.of(variants(spark), "tag")
                                .on("locus_tag")
                                .left(),
                        "name",
                        "symbol"))
                .containsExactly("v1|thrL", "v2|null", "v3|thrA", "v4|null", "v5|null");
        assertThat(SERVICE.requests().stream()
                        .map(request -> List.copyOf(request.ids()))
                        .toList())
                .hasSize(3)
                .satisfies(ids -> assertThat(ids.get(0)).containsExactly("59067"))
                .satisfies(ids -> assertThat(ids.get(1)).containsExactly("59067"))
                .satisfies(ids -> assertThat(ids.get(2)).containsExactlyInAnyOrder("b0001", "b0002", "none1"));
    }

    private static Dataset<Row> annotations(SparkSession spark) {
        return spark.sql("""
                SELECT * FROM VALUES
                  ('v1', 'NM_007294.4', 'NP_009225.1'),
                  ('v2', ' NM_021803\t', 'NP_068575'),
                  ('v3', NULL, NULL),
                  ('v4', 'NM_007294.4', 'NP_009225.1 '),
                  ('v5', 'no, accession', '59067'),
                  ('v6', 'NM_000000000.1', 'NP_000000000.1'),
                  ('v7', 'NM_007294.3', 'NP_009225.0'),
                  ('v8', 'NP_009225.1', 'NM_007294.4')
                AS v(name, transcript, protein)
                """);
    }

    private static List<String> forms() {
        return SERVICE.requests().stream()
                .map(request -> request.header("accept").orElse("").replaceAll(".*/", ""))
                .toList();
    }

    private static List<List<String>> requested() {
        return SERVICE.requests().stream()
                .map(request -> request.ids().stream().sorted().toList())
                .toList();
    }

    private static final String BRCA1 = "|BRCA1|NM_007294.4|NP_009225.1|MANE_SELECT";
    private static final String IL21 = "|IL21|NM_021803.4|NP_068575.1|MANE_SELECT";
    private static final String NONE = "|null|null|null|null";
    private static final String[] ANNOTATION = {
        "name", "symbol", "transcript_accession", "protein_accession", "transcript_select_category"
    };

    /** Keys with and without a version, padded, repeated, missing, malformed, unknown, superseded, of another kind. */
    @Test
    void transcriptsAndProteinsAreLookedUpOnTheirOwn(SparkSession spark) {
        NcbiGeneLookup transcripts =
                NcbiGeneLookup.of(annotations(spark), "transcript").on("transcript_accession");
        List<String> all = List.of(
                "v1" + BRCA1,
                "v2" + IL21,
                "v3" + NONE,
                "v4" + BRCA1,
                "v5" + NONE,
                "v6" + NONE,
                "v7" + NONE,
                "v8" + NONE);

        assertThat(rows(transcripts.left(), ANNOTATION)).isEqualTo(all);
        assertThat(forms()).containsExactly("tab-separated-values", "json");
        assertThat(requested())
                .containsExactly(
                        List.of("NM_000000000.1", "NM_007294.3", "NM_007294.4", "NM_021803", "NP_009225.1"),
                        List.of("NM_000000000.1", "NM_007294.3", "NP_009225.1"));
        assertThat(rows(transcripts.option("mode", "DROPMALFORMED").inner(), ANNOTATION))
                .containsExactly("v1" + BRCA1, "v2" + IL21, "v4" + BRCA1);

        SERVICE.clearRequests();
        NcbiGeneLookup proteins = NcbiGeneLookup.of(annotations(spark), "protein")
                .on("protein_accession")
                .option("report", "product");
        assertThat(rows(proteins.left(), ANNOTATION)).isEqualTo(all);
        assertThat(forms()).containsExactly("tab-separated-values", "json");
        assertThat(requested().get(0))
                .containsExactly("NM_007294.4", "NP_000000000.1", "NP_009225.0", "NP_009225.1", "NP_068575");
        assertThat(rows(proteins.inner(), "name")).containsExactly("v1", "v2", "v4", "v5", "v6", "v7", "v8");
        assertThat(rows(proteins.exact().inner(), "name")).containsExactly("v1", "v4");
    }

    @Test
    void whatIsNoTranscriptSaysSo(SparkSession spark) {
        Dataset<Row> found = NcbiGeneLookup.of(annotations(spark), "transcript")
                .on("transcript_accession")
                .left();

        assertThat(rows(found.filter("warnings IS NOT NULL"), "name", "warnings[0].code", "warnings[0].message"))
                .satisfies(rows -> {
                    assertThat(rows).hasSize(4);
                    assertThat(rows.get(0)).startsWith("v5|INVALID_ACCESSION|");
                    assertThat(rows.subList(1, 4))
                            .isEqualTo(List.of(
                                    "v6|NOT_FOUND|NCBI returned nothing for accession NM_000000000.1",
                                    "v7|NOT_FOUND|NCBI's report holds no transcript NM_007294.3, only its gene with"
                                            + " others",
                                    "v8|NOT_FOUND|NCBI's report holds no transcript NP_009225.1, only its gene with"
                                            + " others"));
                });
        assertThat(forms()).containsExactly("json");
        assertThatThrownBy(() -> NcbiGeneLookup.of(annotations(spark).filter("name IN ('v1', 'v7')"), "transcript")
                        .on("transcript_accession")
                        .option("mode", "FAILFAST")
                        .left()
                        .collectAsList())
                .hasStackTraceContaining("[NCBI_GENE_NOT_FOUND] NCBI's report holds no transcript 'NM_007294.3', only"
                        + " its gene with others, and mode is FAILFAST. Correct it, or read with mode PERMISSIVE to get"
                        + " a row that says so, or DROPMALFORMED to get none.");
    }

    /** A service that filters by whole accessions only, or not at all, or whose answers are cached: the same rows. */
    @Test
    void theRowsOfTranscriptsAreTheSameFromJsonFromACacheAndFromAnOddService(SparkSession spark, @TempDir Path cache) {
        NcbiGeneLookup transcripts =
                NcbiGeneLookup.of(annotations(spark), "transcript").on("transcript_accession");
        List<String> expected = rows(transcripts.left(), ANNOTATION);

        assertThat(rows(transcripts.option("wire_format", "json").left(), ANNOTATION))
                .isEqualTo(expected);
        for (int i = 0; i < 2; i++) {
            SERVICE.clearRequests();
            assertThat(rows(transcripts.option("cache_path", cache.toUri()).left(), ANNOTATION))
                    .isEqualTo(expected);
            assertThat(SERVICE.requests()).hasSize(1 - i);
        }
        for (TableFilter filter : List.of(TableFilter.IGNORED, TableFilter.REFUSED)) {
            SERVICE.configure(service -> service.accessionFilterOnTables(filter));
            assertThat(rows(transcripts.left(), ANNOTATION)).isEqualTo(expected);
        }
    }

    @Test
    void eachKeyIsAskedForOnceAndTenInOneRequest(SparkSession spark) {
        Dataset<Row> ten = synthetic(spark, 10);

        assertThat(NcbiGeneLookup.of(ten.union(ten), "transcript")
                        .left()
                        .filter("symbol IS NOT NULL")
                        .count())
                .isEqualTo(20);

        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .hasSize(10));
    }

    @Test
    void manyKeysGoInBatches(SparkSession spark) {
        assertThat(rows(NcbiGeneLookup.of(synthetic(spark, 2500), "transcript").left(), "count(symbol)"))
                .containsExactly("2500");
        assertThat(SERVICE.requests()).hasSize(3);
    }

    @Test
    void whereThereAreNoKeysNobodyIsAsked(SparkSession spark) {
        Dataset<Row> none = variants(spark).filter("name = 'v3'");

        assertThat(rows(NcbiGeneLookup.of(none, "transcript").left(), "name", "symbol"))
                .containsExactly("v3|null");
        assertThat(rows(NcbiGeneLookup.of(none, "transcript").inner(), "name", "symbol"))
                .isEmpty();
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void optionsReachTheRead(SparkSession spark) {
        Dataset<Row> products = NcbiGeneLookup.of(variants(spark), "transcript")
                .options(Map.of("report", "product", "page_size", "7"))
                .option("pageSize", 9)
                .inner();

        assertThat(rows(products.filter("name = 'v1'"), "transcript_accession", "protein_accession"))
                .contains("NM_021803.4|NP_068575.1");
        assertThat(SERVICE.requests().get(0).body() + SERVICE.requests().get(0).parameters())
                .contains("page_size")
                .contains("9");
    }

    @Test
    void columnsOfOneNameAreToldApart(SparkSession spark) {
        Dataset<Row> clash = variants(spark).withColumnRenamed("gene", "GENE_ID");

        assertThatThrownBy(() -> NcbiGeneLookup.of(clash, "transcript").left())
                .hasMessage(
                        "[NCBI_GENE_CONFLICTING_OPTIONS] Both the data and the genes have a column gene_id. Rename the"
                                + " data's, or give the genes' a prefix(\"ncbi_\").");
        assertThat(rows(
                        NcbiGeneLookup.of(clash, "transcript").prefix("ncbi_").inner(),
                        "name",
                        "GENE_ID",
                        "ncbi_gene_id",
                        "ncbi_accession"))
                .contains("v1|59067|59067|NM_021803.4");
        Dataset<Row> same = NcbiGeneLookup.of(variants(spark).withColumnRenamed("transcript", "accession"), "accession")
                .left();
        assertThat(rows(same, "name", "accession", "symbol")).contains("v1|NM_021803.4|IL21", "v4|NM_021803.4 |IL21");
    }

    @Test
    void aTableOfFieldsIsLookedUpByTheAccessionInIt(SparkSession spark) {
        NcbiGeneLookup lookup = NcbiGeneLookup.of(variants(spark), "transcript");

        assertThat(rows(
                        lookup.option("table_fields", "accession,symbol,annotation-assembly-name")
                                .inner(),
                        "name",
                        "annotation_assembly_name"))
                .contains("v1|GRCh38.p14", "v1|T2T-CHM13v2.0");
        assertThatThrownBy(() -> lookup.option("table_fields", "symbol").left())
                .hasMessage(
                        "[NCBI_GENE_CONFLICTING_OPTIONS] What is read of genes has no column accession. Look them up"
                                + " by another one, or change report or table_fields.");
    }

    @Test
    void whatCannotBeLookedUpIsRefused(SparkSession spark) {
        NcbiGeneLookup lookup = NcbiGeneLookup.of(variants(spark), "transcript");

        assertThatThrownBy(() -> lookup.on("synonym").left())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Genes cannot be looked up by 'synonym'. Look them up by"
                        + " accession, gene_id, locus_tag or symbol, or in the product report by"
                        + " transcript_accession or protein_accession.");
        assertThatThrownBy(() -> lookup.option("accession-rows", "transcript").left())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] The option accession_rows is for lists. Drop it, and call"
                        + " on(\"transcript_accession\") or on(\"protein_accession\") for rows of transcripts or"
                        + " proteins.");
        assertThatThrownBy(() -> lookup.on("transcript_accession")
                        .option("report", "gene")
                        .left())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] What is read of genes has no column transcript_accession."
                        + " Look them up by another one, or change report or table_fields.");
        assertThatThrownBy(() -> lookup.option("Accessions", "NM_1.1").left())
                .hasMessage(
                        "[NCBI_GENE_CONFLICTING_OPTIONS] The column 'transcript' says which genes are looked up. Drop"
                                + " the option accessions.");
        assertThatThrownBy(() -> lookup.on("locus_tag")
                        .option("report", "product")
                        .exact()
                        .left())
                .hasMessage(
                        "[NCBI_GENE_CONFLICTING_OPTIONS] What is read of genes has no column locus_tag. Look them up"
                                + " by another one, or change report or table_fields.");
        assertThatThrownBy(() -> NcbiGeneLookup.of(
                                spark.readStream().format("rate").load(), "value")
                        .left())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] The keys of a stream are not all known. Look genes up in"
                        + " foreachBatch.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    private static final AtomicLong NEXT = new AtomicLong();

    @Test
    void dataThatGivesOtherKeysTheSecondTimeIsAnErrorUnlessItIsCached(SparkSession spark) {
        UDF1<Long, String> another = ignored -> SyntheticGenes.accession(NEXT.incrementAndGet());
        Dataset<Row> changing = spark.range(10)
                .select(udf(another, DataTypes.StringType)
                        .asNondeterministic()
                        .apply(col("id"))
                        .as("transcript"));

        for (boolean inner : new boolean[] {true, false}) {
            NcbiGeneLookup lookup = NcbiGeneLookup.of(changing, "transcript");
            assertThatThrownBy(() -> (inner ? lookup.inner() : lookup.left()).collectAsList())
                    .hasStackTraceContaining(
                            "[NCBI_GENE_DATA_CHANGED] The data of a look-up gave other rows when it was"
                                    + " read again; not among its keys before was 'N");
        }
        Dataset<Row> cached = changing.cache();
        assertThat(rows(
                        NcbiGeneLookup.of(cached, "transcript")
                                .left()
                                .filter(col("symbol").isNull()),
                        "symbol"))
                .isEmpty();
        cached.unpersist(true);
    }
}
