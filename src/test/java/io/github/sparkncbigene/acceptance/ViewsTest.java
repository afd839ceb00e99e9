package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Views and tables that SQL makes of the data source, and options that hold for a session. */
@ExtendWith(LocalSpark.class)
class ViewsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef0123";
    private static final String SESSION = "spark.datasource.ncbi-gene.";

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(10).compact(true));

    @TempDir
    Path directory;

    /** A session with these options for all reads. */
    private static SparkSession session(SparkSession spark, String... options) {
        Map<String, String> config = new HashMap<>();
        config.put(SESSION + "base_url", SERVICE.baseUrl());
        for (int i = 0; i < options.length; i += 2) {
            config.put(SESSION + options[i], options[i + 1]);
        }
        return LocalSpark.session(spark, config);
    }

    private static List<String> rows(SparkSession session, String sql) {
        return LocalSpark.rows(session.sql(sql));
    }

    /** Tables, unlike views, outlive the session. */
    @AfterEach
    void dropTables(SparkSession spark) {
        spark.sql("DROP TABLE IF EXISTS saved_genes");
    }

    @Test
    void aTemporaryViewReadsWhatItsOptionsSay(SparkSession spark) {
        SparkSession session = session(spark);

        session.sql("CREATE TEMPORARY VIEW genes USING `ncbi-gene` OPTIONS (accessions 'NM_021803.4', page_size '7')");

        assertThat(SERVICE.requests()).isEmpty();
        assertThat(rows(session, "DESCRIBE genes")).contains("symbol|string|Gene symbol");
        assertThat(rows(session, "SELECT accession, symbol FROM genes")).containsExactly("NM_021803.4|IL21");
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> {
            assertThat(request.ids()).containsExactly("NM_021803.4");
            assertThat(request.parameter("page_size")).contains("7");
        });
    }

    @Test
    void optionsOfTheSessionLieBelowThoseOfTheRead(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_000546.6", "page_size", "7", "api_key", KEY);

        session.sql("CREATE TEMPORARY VIEW genes USING `ncbi-gene` OPTIONS (accessions 'NM_021803.4')");

        assertThat(rows(session, "SELECT symbol FROM genes")).containsExactly("IL21");
        assertThat(LocalSpark.rows(session.read()
                        .format("ncbi-gene")
                        .option("page_size", 9)
                        .load()
                        .select("symbol")))
                .containsExactly("TP53");
        assertThat(SERVICE.requests())
                .extracting(request -> request.parameter("page_size").orElseThrow())
                .containsExactly("7", "9");
        assertThat(SERVICE.requests())
                .allSatisfy(request -> assertThat(request.apiKey().matches(KEY)).isTrue());
    }

    @Test
    void anUnknownOptionOfTheSessionIsRefused(SparkSession spark) {
        SparkSession session = session(spark, "acessions", "NM_021803.4");

        assertThatThrownBy(() -> session.read().format("ncbi-gene").load())
                .hasMessageContaining("Did you mean 'accessions'?");
    }

    @Test
    void anOptionGoesBeforeTheSessionsHoweverBothAreSpelled(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4", "page_size", "7");
        SparkSession.setActiveSession(session);
        try {
            assertThat(LocalSpark.rows(session.read()
                            .format("ncbi-gene")
                            .option("pageSize", 9)
                            .load()
                            .select("symbol")))
                    .containsExactly("IL21");
            session.sql(
                    "CREATE TEMPORARY VIEW genes USING `ncbi-gene` OPTIONS (Accessions 'NM_000546.6', `page.size` '8')");
            assertThat(rows(session, "SELECT symbol FROM genes")).containsExactly("TP53");
        } finally {
            SparkSession.setActiveSession(spark);
        }
        assertThat(SERVICE.requests())
                .extracting(request -> request.parameter("page_size").orElseThrow())
                .containsExactly("9", "8");
    }

    @Test
    void anOptionGivenTwiceInTwoFormsIsRefusedUnlessBothAgree(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4", "page_size", "7", "PAGE-SIZE", "8");

        assertThatThrownBy(() -> spark.read()
                        .format("ncbi-gene")
                        .option("page_size", 7)
                        .option("pageSize", 9)
                        .load())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option page_size is given twice with different values, as"
                        + " 'pageSize' and as 'page_size'. Give it once.");
        assertThatThrownBy(() -> session.read().format("ncbi-gene").load())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option page_size is given twice with different values, as"
                        + " 'PAGE-SIZE' and as 'page_size'. Give it once.");
        assertThat(LocalSpark.rows(spark.read()
                        .format("ncbi-gene")
                        .option("base_url", SERVICE.baseUrl())
                        .option("accessions", "NM_021803.4")
                        .option("page_size", 7)
                        .option("pageSize", 7)
                        .load()
                        .select("symbol")))
                .containsExactly("IL21");
    }

    @Test
    void aSavedTableIsReadByItsOptionsInSpark4(SparkSession spark) {
        assumeTrue(LocalSpark.version(spark) >= 4, "Spark 3.5 cannot read it");
        SparkSession session = session(spark, "page_size", "7", "accessions", "NM_000546.6");

        session.sql("CREATE TABLE saved_genes USING `ncbi-gene` OPTIONS (accessions 'NM_021803.4')"
                + " COMMENT 'my genes' TBLPROPERTIES ('project' = 'x')");

        assertThat(rows(session, "SELECT accession, symbol FROM saved_genes")).containsExactly("NM_021803.4|IL21");
        assertThat(rows(session, "SELECT accession, symbol FROM saved_genes WITH (accessions = 'NP_068575.1')"))
                .containsExactly("NP_068575.1|IL21");
        assertThat(SERVICE.requests())
                .extracting(request -> request.parameter("page_size").orElseThrow())
                .containsExactly("7", "7");
    }

    @Test
    void theLocationOfASavedTableIsAFileOfAccessionsInSpark4(SparkSession spark) throws IOException {
        assumeTrue(LocalSpark.version(spark) >= 4, "Spark 3.5 cannot read it");
        SparkSession session = session(spark);
        Path list = Files.writeString(directory.resolve("accessions.txt"), "NM_021803.4\nNM_000546.6\n");

        session.sql("CREATE TABLE saved_genes USING `ncbi-gene` LOCATION '" + list.toUri() + "'");

        assertThat(rows(session, "SELECT accession, symbol FROM saved_genes ORDER BY symbol"))
                .containsExactly("NM_021803.4|IL21", "NM_000546.6|TP53");
    }

    @Test
    void theOptionPathOfASavedTableIsAFileOfAccessionsInSpark4(SparkSession spark) throws IOException {
        assumeTrue(LocalSpark.version(spark) >= 4, "Spark 3.5 cannot read it");
        SparkSession session = session(spark);
        Path list = Files.writeString(directory.resolve("accessions.txt"), "NM_021803.4\n");

        session.sql(
                "CREATE TABLE saved_genes USING `ncbi-gene` OPTIONS (path '" + list.toUri() + "', mode 'FAILFAST')");

        assertThat(rows(session, "SELECT accession, symbol FROM saved_genes")).containsExactly("NM_021803.4|IL21");
    }

    @Test
    void anUnknownOptionOfASavedTableIsRefusedInSpark4(SparkSession spark) {
        assumeTrue(LocalSpark.version(spark) >= 4, "Spark 3.5 cannot read it");
        SparkSession session = session(spark);
        session.sql("CREATE TABLE saved_genes USING `ncbi-gene` OPTIONS (acessions 'NM_021803.4')");

        assertThatThrownBy(() -> rows(session, "SELECT symbol FROM saved_genes"))
                .hasMessageContaining("Option 'acessions' is not known. Did you mean 'accessions'?");
        session.sql("DROP TABLE saved_genes");
        assertThat(session.catalog().tableExists("saved_genes")).isFalse();
    }

    @Test
    void theKeyOfTheSessionIsNotShownWithASavedTable(SparkSession spark) {
        assumeTrue(LocalSpark.version(spark) >= 4, "Spark 3.5 cannot read it");
        SparkSession session = session(spark, "api_key", KEY);
        session.sql("CREATE TABLE saved_genes USING `ncbi-gene` OPTIONS (accessions 'NM_021803.4')");

        String shown = rows(session, "DESCRIBE EXTENDED saved_genes")
                + ""
                + rows(session, "SHOW TBLPROPERTIES saved_genes")
                + rows(session, "EXPLAIN EXTENDED SELECT symbol FROM saved_genes");

        assertThat(rows(session, "SELECT symbol FROM saved_genes")).containsExactly("IL21");
        assertThat(SERVICE.requests().get(0).apiKey().matches(KEY)).isTrue();
        assertThat(shown).doesNotContain(KEY);
    }

    @Test
    void aSavedTableCannotBeReadInSpark3(SparkSession spark) {
        assumeTrue(LocalSpark.version(spark) < 4, "Spark 4.0 and later can");
        SparkSession session = session(spark);
        session.sql("CREATE TABLE saved_genes USING `ncbi-gene` OPTIONS (accessions 'NM_021803.4')");

        assertThatThrownBy(() -> rows(session, "SELECT symbol FROM saved_genes"))
                .hasMessageContaining("ncbi-gene is not a valid Spark SQL Data Source");
    }

    @Test
    void aViewOverTheCatalogIsReadAgainEachTime(SparkSession spark) {
        SparkSession session = session(spark);
        session.conf().set("spark.sql.catalog.ncbi", "io.github.sparkncbigene.source.NcbiGeneCatalog");
        session.conf().set("spark.sql.catalog.ncbi.base_url", SERVICE.baseUrl());
        session.conf().set("spark.sql.catalog.ncbi.accessions", "NM_021803.4");

        session.sql("CREATE TEMPORARY VIEW symbols AS SELECT accession, symbol FROM ncbi.gene");

        assertThat(SERVICE.requests()).isEmpty();
        assertThat(rows(session, "SELECT symbol FROM symbols")).containsExactly("IL21");
        assertThat(rows(session, "SELECT symbol FROM symbols")).containsExactly("IL21");
        assertThat(SERVICE.requests()).hasSize(2);
    }
}
