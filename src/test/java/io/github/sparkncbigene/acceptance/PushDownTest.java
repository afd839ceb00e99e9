package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Only what a query needs is asked for; with ANSI and adaptive execution on and off. */
@ExtendWith(LocalSpark.class)
@ParameterizedClass(name = "ansi={0}, adaptive={1}")
@CsvSource({"true,true", "false,false"})
record PushDownTest(boolean ansi, boolean adaptive) {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(1_000_000).compact(true));

    @BeforeEach
    void configure(SparkSession spark) {
        spark.conf().set("spark.sql.ansi.enabled", ansi);
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
    }

    @AfterEach
    void restore(SparkSession spark) {
        spark.conf().unset("spark.sql.ansi.enabled");
        spark.conf().unset("spark.sql.adaptive.enabled");
    }

    private static DataFrameReader reader(SparkSession spark) {
        return spark.read().format("ncbi-gene").option("base_url", SERVICE.baseUrl());
    }

    private static Dataset<Row> listed(SparkSession spark, int genes) {
        return reader(spark).option("accessions", accessions(genes)).load();
    }

    private static String accessions(int genes) {
        return IntStream.range(0, genes).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(","));
    }

    private static List<String> asked() {
        return SERVICE.requests().stream()
                .flatMap(r -> r.ids().stream())
                .sorted()
                .toList();
    }

    /** Sorted here: a sort by Spark would read the genes twice, once to sample them. */
    private static List<String> rows(Dataset<Row> data) {
        return LocalSpark.rows(data).stream().sorted().toList();
    }

    private static String returnedContent(RecordedRequest request) {
        return request.body().isEmpty()
                ? request.parameter("returned_content").orElse("")
                : request.body().replaceAll(".*\"returned_content\":\"(\\w+)\".*|.*", "$1");
    }

    @Test
    void aFilterByAccessionNarrowsTheList(SparkSession spark) {
        String wanted = SyntheticGenes.accession(7);

        Dataset<Row> genes =
                listed(spark, 3000).filter(functions.col("accession").equalTo(wanted));

        assertThat(rows(genes.select("accession", "symbol"))).containsExactly(wanted + "|" + SyntheticGenes.symbol(7));
        assertThat(asked()).containsExactly(wanted);
    }

    @Test
    void aFilterThatNoListedAccessionPassesAsksNobody(SparkSession spark) {
        assertThat(listed(spark, 10).filter("accession = 'NM_000000000.1'").collectAsList())
                .isEmpty();
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void aFilterByAccessionIsTheListWhereThereIsNone(SparkSession spark) {
        Dataset<Row> genes = reader(spark).load().filter("accession IN ('NM_021803.4', 'NM_000000000.1')");

        assertThat(rows(genes.selectExpr("accession", "gene_id", "warnings[0].code")))
                .containsExactly("NM_000000000.1|null|NOT_FOUND", "NM_021803.4|59067|null");
        assertThat(asked()).containsExactly("NM_000000000.1", "NM_021803.4");
    }

    @Test
    void filtersByGeneIdLocusTagAndSymbolSelect(SparkSession spark) {
        Dataset<Row> genes = reader(spark).load();

        assertThat(rows(genes.filter("gene_id IN (59067, 50615)").select("symbol")))
                .containsExactly("IL21", "IL21R");
        assertThat(rows(genes.filter("gene_id = '59067' OR gene_id = 50615").select("symbol")))
                .containsExactlyInAnyOrder("IL21", "IL21R");
        assertThat(rows(genes.filter("locus_tag = 'b0001'").select("symbol"))).containsExactly("thrL");
        assertThat(rows(genes.filter("symbol = 'IL21' AND tax_id = 9606").select("gene_id")))
                .containsExactly("59067");
        assertThat(rows(genes.filter("symbol = 'IL21' AND tax_name = 'Homo sapiens'")
                        .select("gene_id")))
                .containsExactly("59067");
        assertThat(SERVICE.requests()).hasSize(5);
    }

    @Test
    void aSymbolWithoutATaxonSelectsNothing(SparkSession spark) {
        assertThatThrownBy(() -> reader(spark).load().filter("symbol = 'IL21'").collectAsList())
                .hasMessageStartingWith("[NCBI_GENE_NO_SELECTOR]");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void filtersByTranscriptSelectAndAreSentAsAccessionFilter(SparkSession spark) {
        Dataset<Row> products = reader(spark).option("report", "product").load();
        String query = "transcript_accession IN ('NM_001407959.1', 'NM_001408458.1')";

        for (boolean filteredOnJson : List.of(false, true)) {
            SERVICE.clearRequests();
            SERVICE.configure(service -> service.accessionFilterOnJson(filteredOnJson));
            assertThat(rows(products.filter(query).select("accession", "symbol")))
                    .containsExactly("NM_001407959.1|BRCA1", "NM_001408458.1|BRCA1");
            assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(
                            request.parameters().get("accession_filter"))
                    .containsExactly("NM_001407959.1", "NM_001408458.1"));
        }
        SERVICE.configure(service -> service.accessionFilterOnJson(false));
    }

    @Test
    void showIsOneSmallRequest(SparkSession spark, @TempDir Path directory) {
        Path file = directory.resolve("accessions.txt");
        writeLines(
                file,
                LongStream.range(0, 1_000_000)
                        .mapToObj(SyntheticGenes::accession)
                        .toList());

        List<Row> shown = reader(spark).load(file.toString()).takeAsList(20);

        assertThat(shown).hasSize(20);
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> {
            assertThat(request.ids()).hasSize(20);
            assertThat(request.parameter("page_size")).contains("20");
        });
    }

    @Test
    void aLimitThatUnknownAccessionsMayMissLooksFurther(SparkSession spark) {
        String unknownFirst =
                IntStream.range(0, 30).mapToObj(i -> "AA_" + (100 + i)).collect(Collectors.joining(" "));

        List<Row> rows = reader(spark)
                .option("accessions", unknownFirst + " " + accessions(2000))
                .option("mode", "DROPMALFORMED")
                .load()
                .limit(10)
                .collectAsList();

        assertThat(rows).hasSize(10).noneMatch(row -> row.isNullAt(1));
        assertThat(SERVICE.requests()).hasSize(2);
        assertThat(asked()).hasSize(10 + 40);
    }

    @Test
    void idsAreEnoughForAccessionAndGeneId(SparkSession spark) {
        List<String> expected = new TreeSet<>(IntStream.range(0, 2500)
                        .mapToObj(i -> SyntheticGenes.accession(i) + "|" + SyntheticGenes.geneId(i))
                        .toList())
                .stream().toList();
        Dataset<Row> ids = listed(spark, 2500).select("accession", "gene_id");

        assertThat(rows(ids)).isEqualTo(expected);
        assertThat(SERVICE.requests()).hasSize(3).allSatisfy(request -> assertThat(returnedContent(request))
                .isEqualTo("IDS_ONLY"));
    }

    @Test
    void wholeReportsAreReadWhereIdsDoNotSayWhoAsked(SparkSession spark) {
        SERVICE.configure(service -> service.queryInAbbreviatedReports(false));
        Dataset<Row> ids = reader(spark)
                .option("accessions", accessions(2500))
                .option("max_partitions", 1)
                .load()
                .select("accession", "gene_id");

        assertThat(rows(ids))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2500)
                        .mapToObj(i -> SyntheticGenes.accession(i) + "|" + SyntheticGenes.geneId(i))
                        .toList());
        assertThat(SERVICE.requests().stream().map(PushDownTest::returnedContent))
                .containsExactlyInAnyOrder("IDS_ONLY", "", "", "");
        SERVICE.configure(service -> service.queryInAbbreviatedReports(true));
    }

    @Test
    void countsAreEnoughForCounts(SparkSession spark) {
        Dataset<Row> counts = listed(spark, 5).select("gene_id", "transcript_count", "protein_count");

        assertThat(counts.collectAsList()).hasSize(5);
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(returnedContent(request))
                .isEqualTo("COUNTS_ONLY"));
    }

    @Test
    void countingAsksForIds(SparkSession spark) {
        assertThat(listed(spark, 2500).count()).isEqualTo(2500);
        assertThat(SERVICE.requests()).hasSize(3).allSatisfy(request -> assertThat(returnedContent(request))
                .isEqualTo("IDS_ONLY"));
    }

    @Test
    void aJoinFetchesWhatTheOtherSideHolds(SparkSession spark, @TempDir Path directory) {
        Path list = directory.resolve("accessions.txt");
        Path dimension = directory.resolve("dimension");
        writeLines(
                list,
                LongStream.range(0, 1_000_000)
                        .mapToObj(SyntheticGenes::accession)
                        .toList());
        spark.range(100)
                .selectExpr(
                        "id",
                        "element_at(array("
                                + LongStream.range(0, 100)
                                        .mapToObj(i -> "'" + SyntheticGenes.accession(i * 9000) + "'")
                                        .collect(Collectors.joining(","))
                                + "), CAST(id + 1 AS INT)) AS key")
                .write()
                .parquet(dimension.toString());
        Dataset<Row> ten = spark.read().parquet(dimension.toString()).filter("id < 10");
        Dataset<Row> genes = reader(spark).load(list.toString()).select("accession", "symbol");

        Dataset<Row> joined = ten.join(genes, ten.col("key").equalTo(genes.col("accession")));

        assertThat(rows(joined.select("symbol")))
                .isEqualTo(LongStream.range(0, 10)
                        .mapToObj(i -> SyntheticGenes.symbol(i * 9000))
                        .sorted()
                        .toList());
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .hasSize(10));
    }

    @Test
    void anEmptyOtherSideAsksNobody(SparkSession spark, @TempDir Path directory) {
        spark.range(100)
                .selectExpr("id", "CAST(id AS STRING) AS key")
                .write()
                .parquet(directory.resolve("d").toString());
        Dataset<Row> none =
                spark.read().parquet(directory.resolve("d").toString()).filter("id > 1000");
        Dataset<Row> genes = reader(spark).load().select("accession", "symbol");

        assertThat(none.join(genes, none.col("key").equalTo(genes.col("accession")))
                        .collectAsList())
                .isEmpty();
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void equalScansAreReadOnce(SparkSession spark) {
        Dataset<Row> genes = listed(spark, 10).groupBy("symbol").count();

        Dataset<Row> twice = genes.union(listed(spark, 10).groupBy("symbol").count());

        assertThat(twice.collectAsList()).hasSize(20);
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @Test
    void explainSaysItAll(SparkSession spark) {
        String plan = listed(spark, 3000)
                .filter("accession IN ('" + SyntheticGenes.accession(1) + "', '" + SyntheticGenes.accession(2) + "')")
                .select("accession", "gene_id")
                .queryExecution()
                .executedPlan()
                .toString();

        assertThat(plan)
                .contains("ncbi-gene gene report by 2 accessions, pushed: accession IN (2 values), wire: JSON IDS_ONLY,"
                        + " requests: 1, partitions: 1, no rate limit");
        assertThat(SERVICE.requests()).isEmpty();
    }

    private static void writeLines(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
