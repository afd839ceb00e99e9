package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.join.NcbiGeneLookup;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Under a collation other texts are equal, too: filters and joins find the rows that Spark finds without push-down. */
@ExtendWith(LocalSpark.class)
class CollationsTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private static final String[] ACCESSIONS = {"NM_021803.4", "NM_000546.6", "NM_007294.4"};

    /** Columns that filters are taken on, with the value of one row; locus tags are those of other genes. */
    private static final Map<String, String> GENE = Map.of(
            "accession",
            "NM_021803.4",
            "symbol",
            "IL21",
            "tax_name",
            "Homo sapiens",
            "CAST(gene_id AS STRING)",
            "59067");

    private static final Map<String, String> PRODUCT = Map.of(
            "accession",
            "NM_021803.4",
            "symbol",
            "IL21",
            "transcript_accession",
            "NM_021803.4",
            "protein_accession",
            "NP_068575.1");

    private static final List<String> COLLATIONS =
            List.of("UTF8_BINARY", "UTF8_LCASE", "UTF8_BINARY_RTRIM", "UNICODE_CI_RTRIM", "UNICODE");

    private static final List<String> FORMS = List.of(
            "%1$s = '%2$s' COLLATE %3$s",
            "'%2$s' COLLATE %3$s = %1$s",
            "%1$s COLLATE %3$s = '%2$s'",
            "%1$s <=> '%2$s' COLLATE %3$s",
            "%1$s IN ('%2$s' COLLATE %3$s, 'x')",
            "%1$s NOT IN ('%2$s' COLLATE %3$s, 'x')",
            "%1$s = '%2$s' COLLATE %3$s OR %1$s = 'x'",
            "%1$s = '%2$s' COLLATE %3$s AND %1$s IS NOT NULL",
            "CAST(%1$s AS STRING COLLATE %3$s) = '%2$s'");

    @BeforeEach
    void collationsAreKnown(SparkSession spark) {
        assumeTrue(LocalSpark.version(spark) >= 4, "collations came with Spark 4");
    }

    @AfterEach
    void restore(SparkSession spark) {
        spark.conf().unset("spark.sql.ansi.enabled");
    }

    static Stream<Arguments> filters() {
        List<Arguments> filters = new ArrayList<>();
        for (String report : List.of("gene", "product")) {
            (report.equals("gene") ? GENE : PRODUCT).forEach((column, value) -> {
                for (String form : FORMS) {
                    filters.add(Arguments.of(report, column, value, form));
                }
            });
        }
        filters.add(Arguments.of("gene by locus tag", "locus_tag", "b0001", FORMS.get(0)));
        filters.add(Arguments.of("gene by locus tag", "locus_tag", "b0001", FORMS.get(4)));
        return Sample.oneIn(3, filters).stream();
    }

    private static Dataset<Row> table(SparkSession spark, String report, boolean pushDown) {
        DataFrameReader reader = genes(spark).option("push_down", pushDown);
        return report.equals("gene by locus tag")
                ? reader.option("locus_tags", "b0001,b0002").load()
                : reader.option("report", report)
                        .option("accessions", String.join(",", ACCESSIONS))
                        .load();
    }

    private static DataFrameReader genes(SparkSession spark) {
        return spark.read().format("ncbi-gene").option("base_url", SERVICE.baseUrl());
    }

    private static List<String> sorted(Dataset<Row> rows) {
        return LocalSpark.rows(rows).stream().sorted().toList();
    }

    @ParameterizedTest(name = "{0}: {3}, {1}")
    @MethodSource("filters")
    void theRowsAreThoseWithoutPushDown(String report, String column, String value, String form, SparkSession spark) {
        boolean ansi = true;
        for (String collation : COLLATIONS) {
            for (String written : List.of(value.toLowerCase(Locale.ROOT), value + " ")) {
                spark.conf().set("spark.sql.ansi.enabled", ansi);
                ansi = !ansi;
                String filter = String.format(form, column, written, collation);
                assertThat(sorted(table(spark, report, true).where(filter).select("gene_id", "symbol")))
                        .as(filter)
                        .isEqualTo(
                                sorted(table(spark, report, false).where(filter).select("gene_id", "symbol")));
            }
        }
    }

    @Test
    void aLiteralOfAnotherCaseFindsItsRow(SparkSession spark) {
        Dataset<Row> genes = table(spark, "gene", true);

        assertThat(sorted(genes.where("symbol = 'il21' COLLATE UTF8_LCASE").select("accession")))
                .containsExactly("NM_021803.4");
        assertThat(sorted(genes.where("accession IN ('nm_021803.4' COLLATE UNICODE_CI)")
                        .select("symbol")))
                .containsExactly("IL21");
        assertThat(SERVICE.requests())
                .as("the filter is Spark's, so the list is read")
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.ids()).containsExactlyInAnyOrder(ACCESSIONS));
    }

    @Test
    void theBinaryCollationIsPushedAsTheDefaultIs(SparkSession spark) {
        Dataset<Row> genes = table(spark, "gene", true);

        assertThat(sorted(genes.where("accession = 'NM_021803.4'").select("symbol")))
                .containsExactly("IL21");
        assertThat(sorted(genes.where("accession = CAST('NM_021803.4' AS VARCHAR(20))")
                        .select("symbol")))
                .containsExactly("IL21");
        assertThat(SERVICE.requests())
                .allSatisfy(request -> assertThat(request.ids()).containsExactly("NM_021803.4"));
    }

    @Test
    void withoutAListAFilterUnderACollationSaysSo(SparkSession spark) {
        assertThatThrownBy(() -> genes(spark)
                        .load()
                        .where("symbol = 'il21' COLLATE UTF8_LCASE")
                        .collectAsList())
                .hasMessageStartingWith("[NCBI_GENE_NO_SELECTOR] Nothing says which genes to read, and all of NCBI is"
                        + " never read. The filter ")
                .hasMessageContaining(
                        "names no genes: it compares under the collation UTF8_LCASE, and NCBI knows identifiers"
                                + " only as they are written.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    private static Dataset<Row> variants(SparkSession spark, String... transcripts) {
        String values = String.join(
                "), (", Stream.of(transcripts).map(t -> "'" + t + "'").toList());
        return spark.sql("SELECT t COLLATE UTF8_LCASE AS transcript FROM VALUES (" + values + ") AS v(t)");
    }

    @Test
    void aJoinUnderACollationFindsTheRowsOfTheList(SparkSession spark) {
        SparkSession extended = LookupTables.extended(new NcbiGeneExtensions());
        for (SparkSession session : List.of(spark, extended)) {
            variants(session, "nm_021803.4", "NM_000546.6").createOrReplaceTempView("collated");
            table(session, "gene", true).createOrReplaceTempView("listed");
            String join =
                    "SELECT g.symbol FROM collated v JOIN listed g ON v.transcript = g.accession COLLATE UTF8_LCASE";

            assertThat(sorted(session.sql(join))).containsExactly("IL21", "TP53");
        }
    }

    @Test
    void aJoinUnderACollationWithoutAListSaysWhatToCast(SparkSession spark) {
        SparkSession extended = LookupTables.extended(new NcbiGeneExtensions());
        variants(extended, "nm_021803.4").createOrReplaceTempView("collated");
        genes(extended).load().createOrReplaceTempView("genes");

        assertThatThrownBy(() -> extended.sql("SELECT g.symbol FROM collated v JOIN genes g"
                                + " ON v.transcript = g.accession COLLATE UTF8_LCASE")
                        .collectAsList())
                .hasMessageContaining(
                        "The join compares under the collation UTF8_LCASE, and NCBI knows identifiers only as"
                                + " they are written; compare with COLLATE UTF8_BINARY.");
        assertThat(SERVICE.requests()).isEmpty();
        assertThat(sorted(extended.sql("SELECT g.symbol FROM collated v JOIN genes g"
                        + " ON upper(v.transcript) COLLATE UTF8_BINARY = g.accession")))
                .containsExactly("IL21");
    }

    @Test
    void theHelperLooksKeysUpAsTheyAreWritten(SparkSession spark) {
        Dataset<Row> looked = NcbiGeneLookup.of(variants(spark, "nm_021803.4", "NM_021803.4"), "transcript")
                .option("base_url", SERVICE.baseUrl())
                .left();

        // The letter case of an accession is left to the service, and the stand-in knows accessions as NCBI writes
        // them.
        assertThat(sorted(looked.selectExpr("transcript", "symbol")))
                .containsExactly("NM_021803.4|IL21", "nm_021803.4|null");
        // The echo of the one may be meant for the other, which is then requested by itself.
        assertThat(SERVICE.requests())
                .extracting(request -> Set.copyOf(request.ids()))
                .containsExactly(Set.of("NM_021803.4", "nm_021803.4"), Set.of("nm_021803.4"));
    }
}
