package io.github.sparkncbigene.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testing.UnitSpark;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain joins with the session extension, on the Spark that the connector is compiled against. */
class JoinPruningTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = UnitSpark.session();
        spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .load()
                .createOrReplaceTempView("genes");
        spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("report", "product")
                .load()
                .createOrReplaceTempView("products");
        spark.sql("""
                SELECT * FROM VALUES
                  ('s1', 'NM_021803.4', 59067, 'NP_068575.1'),
                  ('s1', 'NM_000546.6', 7157, 'NP_000537.3'),
                  ('s2', 'NM_007294.4', 672, 'NP_009225.1'),
                  ('s2', NULL, NULL, NULL)
                AS v(sample, transcript, gene, protein)
                """).repartition(1).cache().createOrReplaceTempView("variants");
    }

    @AfterAll
    static void stop() {
        spark.catalog().clearCache();
    }

    private static Set<String> requestedIds() {
        Set<String> ids = new TreeSet<>();
        SERVICE.requests().stream().map(RecordedRequest::ids).forEach(ids::addAll);
        return ids;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "v JOIN genes g ON v.transcript = g.accession; NM_000546.6,NM_007294.4,NM_021803.4; s1|IL21,s1|TP53,s2|BRCA1",
                "v LEFT JOIN genes g ON v.transcript = g.accession; NM_000546.6,NM_007294.4,NM_021803.4;"
                        + " s1|IL21,s1|TP53,s2|BRCA1,s2|null",
                "v JOIN genes g ON v.gene = g.gene_id WHERE v.sample = 's1'; 59067,7157; s1|IL21,s1|TP53",
                "v JOIN genes g ON cast(v.gene AS STRING) = g.gene_id; 59067,672,7157; s1|IL21,s1|TP53,s2|BRCA1",
                "v JOIN products g ON v.protein = g.protein_accession WHERE v.sample = 's2'; NP_009225.1; s2|BRCA1",
                "v JOIN products g ON v.transcript = g.transcript_accession; NM_000546.6,NM_007294.4,NM_021803.4;"
                        + " s1|IL21,s1|TP53,s2|BRCA1"
            })
    void onlyTheKeysOfTheOtherSideAreRequested(String join, String ids, String rows) {
        assertThat(UnitSpark.rows(spark.sql("SELECT v.sample, g.symbol FROM variants " + join)))
                .containsExactly(rows.split(","));
        assertThat(requestedIds()).containsExactly(ids.split(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT symbol FROM genes WHERE accession IN (SELECT transcript FROM variants WHERE sample = 's2'); BRCA1",
                "SELECT symbol FROM genes WHERE gene_id = (SELECT max(gene) FROM variants); IL21",
                "SELECT sample FROM variants v WHERE EXISTS (SELECT 1 FROM genes g WHERE g.accession = v.transcript AND g.symbol"
                        + " = 'TP53'); s1",
                "WITH c AS (SELECT accession, symbol FROM genes) SELECT c.symbol FROM variants v JOIN c ON v.transcript ="
                        + " c.accession WHERE v.sample = 's2'; BRCA1"
            })
    void subqueriesAndCommonTablesGiveKeysToo(String query, String rows) {
        assertThat(UnitSpark.rows(spark.sql(query))).containsExactly(rows.split(","));
        assertThat(SERVICE.requests()).isNotEmpty().allSatisfy(request -> assertThat(request.ids())
                .isNotEmpty());
    }

    @Test
    void planningSendsNothing() {
        String query = "SELECT v.sample, g.symbol FROM variants v JOIN genes g ON v.transcript = g.accession";
        String plan = spark.sql(query).queryExecution().optimizedPlan().toString();

        assertThat(plan).contains("dynamicpruning");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT g.symbol FROM genes g CROSS JOIN variants v; accessions",
                "SELECT g.symbol FROM genes g FULL JOIN variants v ON v.transcript = g.accession; accessions",
                "SELECT g.symbol FROM genes g JOIN variants v ON v.sample = g.symbol; accessions",
                "SELECT symbol FROM genes; accessions"
            })
    void withoutKeysTheErrorSaysWhatToDo(String query, String remedy) {
        assertThatThrownBy(() -> spark.sql(query).collectAsList())
                .hasStackTraceContaining("[NCBI_GENE_")
                .hasStackTraceContaining(remedy);
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void aListIsNarrowedByTheKeys() {
        List<String> rows = UnitSpark.rows(spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("accessions", "NM_021803.4,NM_000546.6,NM_004985.5")
                .load()
                .join(spark.table("variants").where("sample = 's1'"), functions.expr("transcript = accession"))
                .selectExpr("symbol"));

        assertThat(rows).containsExactly("IL21", "TP53");
        assertThat(requestedIds()).doesNotContain("NM_007294.4").contains("NM_000546.6", "NM_021803.4");
    }
}
