package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.join.NcbiGeneLookup;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GeneIDs that are no BIGINT, such as a pandas column in which one is missing; with the extension and the helper. */
@ExtendWith(LocalSpark.class)
@ParameterizedClass(name = "ansi={0}")
@ValueSource(booleans = {true, false})
class KeyTypesTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private static SparkSession extended;

    @Parameter
    boolean ansi;

    @BeforeAll
    static void session(SparkSession spark) {
        extended = LookupTables.extended(new NcbiGeneExtensions());
    }

    @BeforeEach
    void genes(SparkSession spark) {
        for (SparkSession session : List.of(spark, extended)) {
            session.conf().set("spark.sql.ansi.enabled", ansi);
            session.conf().set("spark.sql.planChangeValidation", true);
            LookupTables.registerGenes(session, SERVICE.baseUrl());
        }
    }

    @AfterEach
    void restore(SparkSession spark) {
        spark.conf().unset("spark.sql.ansi.enabled");
        spark.conf().unset("spark.sql.planChangeValidation");
    }

    /** Two whole keys, and what names no gene. */
    private static Dataset<Row> keys(SparkSession spark, String type) {
        Dataset<Row> keys =
                switch (type) {
                    case "DOUBLE", "FLOAT" ->
                        spark.sql("SELECT CAST(k AS " + type + ") AS k FROM VALUES (59067D), (7157D), (672.5D),"
                                + " (double('NaN')), (double('infinity')), (-5D), (0D), (1e30D), (NULL) AS v(k)");
                    case "STRING" -> spark.sql("SELECT * FROM VALUES ('59067'), ('7157'), (NULL) AS v(k)");
                    default ->
                        spark.sql(
                                "SELECT CAST(k AS " + type + ") AS k FROM VALUES (59067.0), (7157.0), (672.5), (-5.0),"
                                        + " (0.0), (NULL) AS v(k)");
                };
        keys.createOrReplaceTempView("keys");
        return keys;
    }

    private static List<String> sorted(Dataset<Row> rows) {
        return LocalSpark.rows(rows).stream().sorted().toList();
    }

    private static void assertAskedForTwo() {
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .containsExactlyInAnyOrder("59067", "7157"));
        SERVICE.clearRequests();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOUBLE", "FLOAT", "DECIMAL(12,2)", "DECIMAL(38,10)", "STRING"})
    void wholeKeysOfAnyTypeAreSent(String type, SparkSession spark) {
        assumeFalse(type.equals("FLOAT") && !ansi, "Spark compares as FLOAT, and 1e30 is larger than it holds exactly");
        keys(extended, type);
        for (String query : List.of(
                "SELECT g.symbol FROM keys v JOIN genes g ON v.k = g.gene_id",
                "SELECT g.symbol FROM keys v LEFT JOIN genes g ON g.gene_id = v.k WHERE v.k IS NOT NULL"
                        + " AND g.symbol IS NOT NULL",
                "SELECT symbol FROM genes WHERE gene_id IN (SELECT k FROM keys)",
                "SELECT symbol FROM genes g WHERE EXISTS (SELECT * FROM keys v WHERE v.k = g.gene_id)",
                "SELECT symbol FROM (SELECT CAST(gene_id AS " + type + ") AS id, symbol FROM genes) g"
                        + " JOIN keys v ON v.k = g.id")) {
            assertThat(sorted(extended.sql(query))).as(query).containsExactly("IL21", "TP53");
            assertAskedForTwo();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOUBLE", "FLOAT", "DECIMAL(12,2)", "STRING"})
    void theHelperFindsWholeKeysOfAnyType(String type, SparkSession spark) {
        Dataset<Row> keys = type.equals("FLOAT") ? keys(spark, type).where("k < 1e6") : keys(spark, type);

        assertThat(sorted(NcbiGeneLookup.of(keys, "k")
                        .on("gene_id")
                        .option("base_url", SERVICE.baseUrl())
                        .inner()
                        .select("symbol")))
                .containsExactly("IL21", "TP53");
        assertAskedForTwo();
    }

    @Test
    void theHelperReadsTextOfWholeNumbers(SparkSession spark) {
        Dataset<Row> keys = spark.sql("SELECT * FROM VALUES ('59067.0'), (' 7157 '), ('672.5'), ('x'), ('') AS v(k)");

        assertThat(sorted(NcbiGeneLookup.of(keys, "k")
                        .on("gene_id")
                        .option("base_url", SERVICE.baseUrl())
                        .left()
                        .select("k", "symbol")))
                .containsExactly(" 7157 |TP53", "59067.0|IL21", "672.5|null", "x|null", "|null");
        assertAskedForTwo();
    }

    @Test
    void aFilterOfFractionalNumbersIsPushed(SparkSession spark) {
        for (String filter : List.of(
                "gene_id IN (59067D, 7157D, 672.5D, double('NaN'))",
                "gene_id = 59067D OR gene_id <=> 7157D",
                "gene_id IN (59067.0, 7157.00, 672.5)",
                "gene_id IN (CAST(59067 AS FLOAT), CAST(7157 AS FLOAT))")) {
            assertThat(sorted(spark.sql("SELECT symbol FROM genes WHERE " + filter)))
                    .as(filter)
                    .containsExactly("IL21", "TP53");
            assertAskedForTwo();
        }
    }

    @Test
    void aFloatTooLargeToBeAGeneIdIsAnErrorThatNamesTheType(SparkSession spark) {
        String values = "SELECT CAST(k AS FLOAT) AS k FROM VALUES (59067), (112345677) AS v(k)";
        extended.sql(values).createOrReplaceTempView("keys");

        assertThatThrownBy(() ->
                        NcbiGeneLookup.of(spark.sql(values), "k").on("gene_id").left())
                .hasMessage(
                        "[NCBI_GENE_INVALID_IDENTIFIER] The key column 'k' is of type FLOAT, which holds whole numbers"
                                + " exactly only below 16777216, and holds 112345680. Read it as BIGINT or DOUBLE from its"
                                + " source.");
        assumeTrue(!ansi, "with ANSI Spark compares as DOUBLE");
        assertThatThrownBy(() -> extended.sql("SELECT g.symbol FROM keys v JOIN genes g ON v.k = g.gene_id")
                        .collectAsList())
                .hasStackTraceContaining(
                        "[NCBI_GENE_INVALID_IDENTIFIER] A join compares gene_id with a FLOAT, which holds"
                                + " whole numbers exactly only below 16777216, and a key is larger. Read the key as BIGINT or"
                                + " DOUBLE from its source.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accession | 59067D | DOUBLE, but the column accession is text. For GeneIDs call on(\"gene_id\"); else cast"
                        + " the column to STRING.",
                "locus_tag | 5 | INT, but the column locus_tag is text. For GeneIDs call on(\"gene_id\"); else cast the"
                        + " column to STRING.",
                "accession | DATE'2020-01-01' | DATE, but the column accession is text. Give a column of text, or cast it.",
                "gene_id | true | BOOLEAN, but GeneIDs are whole numbers or text. Give a column of these, or cast it.",
                "gene_id | array(1) | ARRAY<INT>, but GeneIDs are whole numbers or text. Give a column of these, or cast"
                        + " it."
            })
    void theHelperNamesATypeThatHoldsNoKeys(String on, String value, String message, SparkSession spark) {
        assertThatThrownBy(() -> NcbiGeneLookup.of(spark.sql("SELECT " + value + " AS k"), "k")
                        .on(on)
                        .left())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] The key column 'k' is of type " + message);
    }
}
