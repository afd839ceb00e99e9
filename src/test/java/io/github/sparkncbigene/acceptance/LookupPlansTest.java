package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The session extension in plans of many shapes, which Spark checks after each of its rules: they are valid, their rows
 * are those with a list, and only keys are requested. Where that cannot be, the error says why.
 */
@ExtendWith(LocalSpark.class)
class LookupPlansTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    @TempDir
    static Path directory;

    private static SparkSession alone;
    private static SparkSession extended;

    @BeforeAll
    static void sessions(SparkSession spark) {
        LookupTables.write(spark, directory);
        alone = spark.newSession();
        extended = LookupTables.extended(new NcbiGeneExtensions());
        for (SparkSession session : List.of(alone, extended)) {
            session.conf().set("spark.sql.planChangeValidation", true);
            session.conf().set("spark.sql.lightweightPlanChangeValidation", true);
            LookupTables.registerVariants(session, directory);
        }
    }

    private static final String LOOKUP = " FROM variants v LEFT JOIN genes g ON v.transcript = g.accession";

    /** Queries of which a common table expression is computed once, or which hold values that Spark finds out first. */
    static Stream<Arguments> queries() {
        List<Arguments> queries = new ArrayList<>();
        for (String query : List.of(
                // The join is inside the expression.
                "WITH c AS (SELECT v.sample, g.symbol, rand() AS r" + LOOKUP + ")"
                        + " SELECT a.sample, b.symbol FROM c a JOIN c b ON a.r = b.r",
                "WITH c AS (SELECT v.sample, g.symbol, uuid() AS r" + LOOKUP + ")"
                        + " SELECT sample FROM c UNION ALL SELECT symbol FROM c",
                // Spark itself pushes keys of this one, and then cannot plan it.
                "WITH c AS (SELECT v.sample, g.symbol, rand() AS r FROM variants v JOIN genes g ON v.transcript ="
                        + " g.accession WHERE v.sample IN ('s1', 's2'))"
                        + " SELECT a.sample, b.symbol FROM c a JOIN c b ON a.r = b.r",
                // The expression is the other side.
                "WITH c AS (SELECT *, rand() AS r FROM variants) SELECT a.sample, g.symbol FROM c a JOIN c b ON a.r = b.r"
                        + " LEFT JOIN genes g ON a.transcript = g.accession",
                "WITH c AS (SELECT *, rand() AS r FROM variants) SELECT symbol FROM genes WHERE accession IN"
                        + " (SELECT a.transcript FROM c a JOIN c b ON a.r = b.r)",
                // The genes are the expression.
                "WITH c AS (SELECT accession, symbol FROM genes) SELECT v.sample, a.symbol FROM variants v JOIN c a ON"
                        + " v.transcript = a.accession",
                // The join is in a subquery of the expression.
                "WITH c AS (SELECT v.sample, (SELECT max(g.symbol)" + LOOKUP + ") AS m, rand() AS r FROM variants v)"
                        + " SELECT a.sample, b.m FROM c a JOIN c b ON a.r = b.r",
                "WITH c AS (SELECT v.sample, g.symbol, rand() AS r" + LOOKUP + "),"
                        + " d AS (SELECT a.sample, b.symbol, rand() AS q FROM c a JOIN c b ON a.r = b.r)"
                        + " SELECT a.sample, b.symbol FROM d a JOIN d b ON a.q = b.q",
                "SELECT sample, (SELECT count(g.symbol)" + LOOKUP + ") AS n FROM variants v",
                "SELECT DISTINCT sample FROM variants WHERE EXISTS (SELECT 1" + LOOKUP + " WHERE g.symbol = 'IL21')",
                "SELECT v.sample, g.symbol" + LOOKUP + " UNION ALL SELECT v.sample, g.symbol" + LOOKUP)) {
            queries.add(Arguments.of(query, true));
            queries.add(Arguments.of(query, false));
        }
        return Sample.oneIn(3, queries).stream();
    }

    @ParameterizedTest(name = "adaptive {1}: {0}")
    @MethodSource("queries")
    void theRowsAreThoseOfAList(String query, boolean adaptive) {
        // There, two threads of Spark's may wait for each other's plan for ever: see docs/known-issues.md.
        assumeFalse(adaptive && query.contains(", (SELECT ") && LocalSpark.version(extended) < 4);
        extended.conf().set("spark.sql.adaptive.enabled", adaptive);
        LookupTables.registerGenes(extended, SERVICE.baseUrl());
        List<String> rows = sorted(extended.sql(query));

        assertThat(SERVICE.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.ids())
                .containsExactlyInAnyOrderElementsOf(LookupTables.Key.ACCESSION.all()));
        // What is in the query once is requested once, also of what is used twice.
        int mentions = query.split("\\bgenes\\b", -1).length - 1;
        assertThat(SERVICE.requests())
                .hasSizeLessThanOrEqualTo(LocalSpark.version(extended) < 4 ? mentions + 1 : mentions);

        LookupTables.registerListedGenes(extended, SERVICE.baseUrl(), LookupTables.Key.ACCESSION);
        // Keys are not pushed to a list as short as this one, but Spark may try and fail by itself.
        extended.conf().set("spark.sql.optimizer.dynamicPartitionPruning.enabled", false);
        try {
            assertThat(rows).isEqualTo(sorted(extended.sql(query)));
        } finally {
            extended.conf().unset("spark.sql.optimizer.dynamicPartitionPruning.enabled");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "accession = (SELECT 'NM_021803.4'); NM_021803.4",
                "accession = (SELECT max(t) FROM VALUES ('NM_021803.4') v(t)); NM_021803.4",
                "accession = (SELECT max(transcript) FROM variants WHERE gene_id = 59067); NM_021803.4",
                "(SELECT min(transcript) FROM variants WHERE gene_id = 59067) = accession; NM_021803.4",
                "accession = (SELECT DISTINCT transcript FROM variants WHERE gene_id = 59067); NM_021803.4",
                "accession IN ('NM_021803.4', (SELECT max(transcript) FROM variants)); NM_021803.4",
                "gene_id = (SELECT max(CAST(gene_id AS DOUBLE)) FROM variants WHERE transcript = 'NM_021803.4'); 59067",
                "EXISTS (SELECT 1 WHERE g.accession = 'NM_021803.4'); NM_021803.4",
                "EXISTS (SELECT * FROM VALUES ('NM_021803.4') v(t) WHERE v.t = g.accession); NM_021803.4",
                "EXISTS (SELECT * FROM (SELECT 'NM_021803.4' AS t) WHERE t = g.accession); NM_021803.4"
            })
    void valuesThatAreKnownBeforeAnyRowAreKeys(String condition, String requested) {
        LookupTables.registerGenes(extended, SERVICE.baseUrl());

        assertThat(sorted(extended.sql("SELECT g.symbol FROM genes g WHERE " + condition)))
                .containsExactly("IL21");
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .containsExactly(requested));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM genes g FULL JOIN variants v ON v.transcript = g.accession; A FULL OUTER join keeps every gene, whatever"
                        + " the keys of the other side are.",
                "FROM genes g JOIN variants v ON v.transcript = g.description; The join compares description; keys are sent"
                        + " for accession, gene_id, locus_tag, symbol only.",
                "FROM genes g JOIN variants v ON v.transcript = g.symbol; The join compares symbol, which names genes of one"
                        + " taxon only: add tax_id = 9606, compare tax_id as well, or set the option taxon.",
                "FROM genes g JOIN variants v ON v.transcript = lower(g.accession); The join compares lower(g.accession);"
                        + " compare the column itself.",
                "FROM genes g JOIN variants v ON v.transcript <=> g.accession; The join compares with <=>; compare with =.",
                "FROM genes g JOIN variants v ON v.transcript > g.accession; The join compares no column of genes by =.",
                "FROM (SELECT * FROM genes LIMIT 9) g JOIN variants v ON v.transcript = g.accession; Between genes and the"
                        + " join on accession is an operator that keys must not pass, such as LIMIT.",
                "FROM genes g JOIN genes h ON g.accession = h.accession; The other side of the join needs keys itself, or may"
                        + " give other rows when it is read for them.",
                "FROM genes g WHERE symbol = 'IL21'; A filter on symbol names genes of one taxon only: add tax_id = 9606, or"
                        + " set the option taxon.",
                "FROM genes g WHERE tax_id = 9606; A filter on tax_id or tax_name alone names no genes: for a whole taxon set"
                        + " the option taxon.",
                "FROM genes g WHERE gene_id > 5; The filter gene_id > 5 names no genes: only = and IN with values of the"
                        + " column's own type do.",
                "FROM genes g WHERE accession LIKE 'NM_02%'; Spark compares accession itself, as in a join, with LIKE or a"
                        + " function; only = and IN with values of the column's own type name genes."
            })
    void theErrorSaysWhatTheQueryLacks(String line) {
        int end = line.indexOf(';');
        LookupTables.registerGenes(extended, SERVICE.baseUrl());

        assertThatThrownBy(() -> extended.sql("SELECT g.gene_id " + line.substring(0, end))
                        .collectAsList())
                .hasStackTraceContaining(
                        "[NCBI_GENE_NO_SELECTOR] Nothing says which genes to read, and all of NCBI is never" + " read. "
                                + line.substring(end + 1).strip());
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void withoutTheExtensionTheErrorNamesTheSetting() {
        LookupTables.registerGenes(alone, SERVICE.baseUrl());

        assertThatThrownBy(() -> alone.sql("SELECT g.symbol" + LOOKUP).collectAsList())
                .hasMessageContaining(
                        "[NCBI_GENE_NO_SELECTOR] Nothing says which genes to read, and all of NCBI is never read."
                                + " Spark compares accession itself, as in a join, with LIKE or a function; only = and IN with values"
                                + " of the column's own type name genes.")
                .hasMessageEndingWith("or join, with NcbiGeneLookup or in a session with"
                        + " spark.sql.extensions=io.github.sparkncbigene.join.NcbiGeneExtensions, see"
                        + " https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/joins.md.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void aSubqueryThatMayChangeIsAnErrorWhereSparkDoesNotPushIt() {
        LookupTables.registerGenes(extended, SERVICE.baseUrl());
        String query = "SELECT symbol FROM genes WHERE accession = (SELECT transcript FROM variants"
                + " WHERE transcript IS NOT NULL ORDER BY rand() LIMIT 1)";

        if (LocalSpark.version(extended) >= 4.2) {
            assertThat(extended.sql(query).collectAsList()).hasSize(1);
            return;
        }
        assertThatThrownBy(() -> extended.sql(query).collectAsList())
                .hasStackTraceContaining(
                        "A subquery that may give another value when it runs again, such as one with LIMIT,"
                                + " names no genes, nor does one that is not compared by = with a key column.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    private static List<String> sorted(Dataset<Row> rows) {
        return LocalSpark.rows(rows).stream().sorted().toList();
    }
}
