package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkncbigene.source.NcbiGeneCatalog;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NCBI's reports as tables of a catalog. */
@ExtendWith(LocalSpark.class)
class CatalogTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef0123";

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(10).compact(true));

    /** A session in which the catalog ncbi has these options. */
    private static SparkSession session(SparkSession spark, String... options) {
        Map<String, String> config = new HashMap<>();
        config.put("spark.sql.catalog.ncbi", "io.github.sparkncbigene.source.NcbiGeneCatalog");
        config.put("spark.sql.catalog.ncbi.base_url", SERVICE.baseUrl());
        config.put("spark.sql.catalog.ncbi.requests_per_second", "0");
        for (int i = 0; i < options.length; i += 2) {
            config.put("spark.sql.catalog.ncbi." + options[i], options[i + 1]);
        }
        return LocalSpark.session(spark, config);
    }

    private static List<String> rows(SparkSession session, String sql) {
        return LocalSpark.rows(session.sql(sql));
    }

    private static List<List<String>> asked() {
        return SERVICE.requests().stream().map(request -> request.ids()).toList();
    }

    @Test
    void theTablesAreListedWithoutNamespaces(SparkSession spark) {
        SparkSession session = session(spark);

        assertThat(rows(session, "SHOW TABLES IN ncbi"))
                .containsExactly("|gene|false", "|product|false", "|location|false", "|transcript|false");
        assertThat(rows(session, "SHOW TABLES IN ncbi LIKE 'p*'")).containsExactly("|product|false");
        assertThat(rows(session, "SHOW NAMESPACES IN ncbi")).isEmpty();
        assertThat(rows(session, "DESCRIBE NAMESPACE ncbi")).contains("Comment|Gene records of NCBI, read-only");
        session.sql("USE ncbi");
        assertThat(rows(session, "SHOW TABLES"))
                .containsExactly("|gene|false", "|product|false", "|location|false", "|transcript|false");
        assertThat(session.catalog().tableExists("ncbi.gene")).isTrue();
        assertThat(session.catalog().tableExists("ncbi.genes")).isFalse();
        assertThatThrownBy(() -> rows(session, "SHOW TABLES IN ncbi.other"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("SCHEMA_NOT_FOUND");
        assertThatThrownBy(() -> rows(session, "SHOW NAMESPACES IN ncbi.other"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("SCHEMA_NOT_FOUND");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void describingShowsTypesAndCommentsAndAsksNobody(SparkSession spark) {
        SparkSession session = session(spark);

        assertThat(rows(session, "DESCRIBE TABLE ncbi.gene"))
                .contains(
                        "gene_id|bigint|NCBI GeneID",
                        "chromosomes|array<string>|Chromosomes the gene lies on",
                        "warnings|array<struct<code:string,reason:string,message:string,requested:string,"
                                + "returned:string,unrecognized_identifier:string,invalid_identifiers:array<string>>>"
                                + "|Warnings of NCBI or the connector about this row; null if there are none");
        assertThat(rows(session, "DESCRIBE TABLE EXTENDED ncbi.product"))
                .contains(
                        "transcript_length|int|Length of the transcript, in nucleotides",
                        "# Metadata Columns||",
                        "_query|array<string>|Requested identifiers that the gene matches, as NCBI echoes them; null"
                                + " if it echoes none",
                        "_request_id|string|NCBI's id of the request that the row comes from, for questions to NCBI's"
                                + " support",
                        "Type|EXTERNAL|",
                        "Comment|NCBI's product report|");
        assertThat(rows(session, "DESCRIBE TABLE ncbi.gene symbol")).contains("comment|Gene symbol");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void theOptionsOfTheCatalogSayWhichGenesAreRead(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4,NM_000000000.1");

        assertThat(rows(session, "SELECT accession, symbol, gene_id FROM ncbi.gene"))
                .containsExactlyInAnyOrder("NM_021803.4|IL21|59067", "NM_000000000.1|null|null");
        assertThat(asked()).containsExactly(List.of("NM_000000000.1", "NM_021803.4"));
    }

    @Test
    void settingsMayChangeAfterTheCatalogWasUsed(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");
        String query = "SELECT symbol FROM ncbi.gene";
        assertThat(rows(session, query)).containsExactly("IL21");

        session.conf().set("spark.sql.catalog.ncbi.api_key", KEY);
        session.conf().set("spark.sql.catalog.ncbi.accessions", "NM_000546.6");
        assertThat(rows(session, query)).containsExactly("TP53");
        session.conf().unset("spark.sql.catalog.ncbi.api_key");
        session.conf().unset("spark.sql.catalog.ncbi.accessions");
        assertThat(rows(session, query + " WHERE accession = 'NP_068575.1'")).containsExactly("IL21");
        session.conf().set("spark.sql.catalog.ncbi.batchsize", "0");
        assertThatThrownBy(() -> rows(session, query))
                .hasMessageStartingWith("[NCBI_GENE_INVALID_OPTION] Option spark.sql.catalog.ncbi.batchsize is '0'");
        session.conf().unset("spark.sql.catalog.ncbi.batchsize");

        assertThat(asked()).containsExactly(List.of("NM_021803.4"), List.of("NM_000546.6"), List.of("NP_068575.1"));
        assertThat(SERVICE.requests().stream()
                        .map(request -> request.header("api-key").isPresent()))
                .containsExactly(false, true, false);
    }

    @Test
    void aFilterSaysWhichGenesAreRead(SparkSession spark) {
        SparkSession session = session(spark);

        assertThat(rows(session, "SELECT accession, symbol FROM ncbi.gene WHERE accession IN ('NM_021803.4', 'x')"))
                .containsExactlyInAnyOrder("NM_021803.4|IL21", "x|null");
        assertThat(rows(session, "SELECT g.symbol FROM ncbi.gene g WHERE g.gene_id = 7157"))
                .containsExactly("TP53");
        assertThat(asked()).containsExactly(List.of("NM_021803.4", "x"), List.of("7157"));
    }

    @Test
    void aFilterNarrowsTheListOfTheCatalog(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4,NM_000546.6");

        assertThat(rows(session, "SELECT symbol FROM ncbi.gene WHERE accession = 'NM_000546.6'"))
                .containsExactly("TP53");
        assertThat(asked()).containsExactly(List.of("NM_000546.6"));
    }

    @Test
    void withoutOptionsAndFiltersNothingIsAsked(SparkSession spark) {
        SparkSession session = session(spark);

        assertThatThrownBy(() -> rows(session, "SELECT symbol FROM ncbi.gene"))
                .hasMessageContaining("NCBI_GENE_NO_SELECTOR");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void theTableSaysWhichReportIsRead(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");

        assertThat(rows(session, "SELECT accession, transcript_accession, protein_accession FROM ncbi.product"))
                .containsExactlyInAnyOrder(
                        "NM_021803.4|NM_021803.4|NP_068575.1", "NM_021803.4|NM_001207006.3|NP_001193935.1");
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.path())
                .contains("product_report"));
    }

    @Test
    void namesOfTablesMatchWithoutRegardToCase(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");

        assertThat(rows(session, "SELECT g.symbol FROM ncbi.GENE g")).containsExactly("IL21");
        session.sql("USE ncbi");
        assertThat(rows(session, "SELECT symbol FROM Gene")).containsExactly("IL21");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ncbi.genes", "ncbi.other.gene"})
    void anUnknownTableIsNotFound(String table, SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");

        assertThatThrownBy(() -> rows(session, "SELECT * FROM " + table))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void loadingAnUnknownTableSaysThatItDoesNotExist() {
        NcbiGeneCatalog catalog = new NcbiGeneCatalog();
        catalog.initialize("ncbi", CaseInsensitiveStringMap.empty());

        assertThatThrownBy(() -> catalog.loadTable(Identifier.of(new String[0], "genes")))
                .isInstanceOf(NoSuchTableException.class);
        assertThatThrownBy(() -> catalog.loadTable(Identifier.of(new String[] {"other"}, "gene")))
                .isInstanceOf(NoSuchTableException.class);
    }

    @Test
    void optionsOfAReadGoBeforeThoseOfTheCatalogInAnyFormOfTheirNames(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4", "page_size", "7");

        Dataset<Row> genes = session.read()
                .option("Accessions", "NP_068575.1")
                .option("pageSize", 9)
                .table("ncbi.gene")
                .select("accession", "symbol");

        assertThat(LocalSpark.rows(genes)).containsExactly("NP_068575.1|IL21");
        assertThat(asked()).containsExactly(List.of("NP_068575.1"));
        assertThat(SERVICE.requests().get(0).parameter("page_size")).contains("9");
    }

    @Test
    void sqlGivesOptionsToAReadInSpark4(SparkSession spark) {
        assumeTrue(LocalSpark.version(spark) >= 4, "WITH is of Spark 4.0");
        SparkSession session = session(spark, "page_size", "7");

        assertThat(rows(session, "SELECT accession, symbol FROM ncbi.gene WITH (accessions = 'NP_068575.1')"))
                .containsExactly("NP_068575.1|IL21");
        assertThat(asked()).containsExactly(List.of("NP_068575.1"));
        assertThat(SERVICE.requests().get(0).parameter("page_size")).contains("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report=product", "table_fields=symbol", "tableFormat=summary"})
    void optionsOfAReadCannotChangeTheColumns(String option, SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");
        String[] pair = option.split("=", 2);

        assertThatThrownBy(() -> session.read()
                        .option(pair[0], pair[1])
                        .table("ncbi.gene")
                        .collectAsList())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] The columns of the table ncbi.gene are known before the"
                        + " options of this read, so report, table_fields and table_format cannot be among them. Give"
                        + " them where the table is defined, or read with spark.read.format(\"ncbi-gene\").");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void tableFieldsOfTheCatalogShapeItsTables(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4", "table_fields", "symbol,gene-id");

        assertThat(rows(session, "DESCRIBE TABLE ncbi.gene"))
                .containsExactly("symbol|string|Gene symbol", "gene_id|bigint|NCBI GeneID");
        assertThat(rows(session, "SELECT * FROM ncbi.gene")).containsExactly("IL21|59067");
    }

    @Test
    void anUnknownOptionOfTheCatalogIsNamedByItsWholeKey(SparkSession spark) {
        SparkSession session = session(spark, "acessions", "NM_021803.4");

        assertThatThrownBy(() -> session.sql("SELECT symbol FROM ncbi.gene"))
                .hasMessage("[NCBI_GENE_UNKNOWN_OPTION] Option 'spark.sql.catalog.ncbi.acessions' is not known. Did you"
                        + " mean 'spark.sql.catalog.ncbi.accessions'? All options are listed in"
                        + " https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/options.md.");
    }

    @Test
    void anUnusableValueIsNamedByItsWholeKey(SparkSession spark) {
        SparkSession session = session(spark, "page_size", "many");

        assertThatThrownBy(() -> session.sql("SHOW TABLES IN ncbi"))
                .hasMessage("[NCBI_GENE_INVALID_OPTION] Option spark.sql.catalog.ncbi.page_size is 'many' but must be a"
                        + " whole number from 1 to 1000.");
    }

    @Test
    void anOptionThatContradictsTheTablesNameIsRefused(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4", "report", "GENE");

        assertThat(rows(session, "SELECT symbol FROM ncbi.gene")).containsExactly("IL21");
        assertThatThrownBy(() -> session.sql("SELECT symbol FROM ncbi.product"))
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Option spark.sql.catalog.ncbi.report is 'gene', but the"
                        + " table ncbi.product is the product report. Drop the option: the table's name says which"
                        + " report is read.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE ncbi.other (a STRING)",
                "CREATE TABLE ncbi.other AS SELECT 1 AS a",
                "REPLACE TABLE ncbi.gene AS SELECT 1 AS a",
                "CREATE OR REPLACE TABLE ncbi.gene (a STRING)",
                "DROP TABLE ncbi.gene",
                "DROP TABLE ncbi.gene PURGE",
                "ALTER TABLE ncbi.gene ADD COLUMN a STRING",
                "ALTER TABLE ncbi.gene SET TBLPROPERTIES ('a' = 'b')",
                "ALTER TABLE ncbi.gene RENAME TO ncbi.other",
                "COMMENT ON TABLE ncbi.gene IS 'mine'",
                "CREATE NAMESPACE ncbi.other",
                "ALTER NAMESPACE ncbi SET PROPERTIES ('a' = 'b')",
                "DROP NAMESPACE ncbi"
            })
    void whatWouldChangeTheCatalogIsRefused(String sql, SparkSession spark) {
        SparkSession session = session(spark);

        assertThatThrownBy(() -> session.sql(sql))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("The catalog ncbi holds NCBI's records, which are read-only: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO ncbi.gene SELECT * FROM ncbi.gene",
                "INSERT OVERWRITE ncbi.gene SELECT * FROM ncbi.gene",
                "DELETE FROM ncbi.gene WHERE symbol = 'IL21'",
                "TRUNCATE TABLE ncbi.gene"
            })
    void whatWouldChangeATableIsRefusedBySpark(String sql, SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");

        assertThatThrownBy(() -> session.sql(sql))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("does not support");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIMESTAMP AS OF '2020-01-01'", "VERSION AS OF 1"})
    void thereIsNoFormerState(String when, SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");

        assertThatThrownBy(() -> session.sql("SELECT * FROM ncbi.gene " + when))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("The catalog ncbi holds NCBI's records as they are now: none can be read as of another"
                        + " time.");
    }

    @Test
    void theKeyIsSentAndShownNowhere(SparkSession spark) {
        SparkSession session = session(spark, "api_key", KEY, "accessions", "NM_021803.4");
        StringBuilder shown = new StringBuilder();
        for (String sql : List.of(
                "SHOW TBLPROPERTIES ncbi.gene",
                "DESCRIBE TABLE EXTENDED ncbi.gene",
                "SHOW CREATE TABLE ncbi.gene",
                "DESCRIBE NAMESPACE EXTENDED ncbi",
                LocalSpark.version(spark) >= 4 ? "SHOW TABLE EXTENDED IN ncbi LIKE '*'" : "SHOW TABLES IN ncbi",
                "EXPLAIN EXTENDED SELECT symbol FROM ncbi.gene",
                "EXPLAIN FORMATTED SELECT symbol FROM ncbi.gene")) {
            shown.append(rows(session, sql));
        }
        Dataset<Row> genes = session.sql("SELECT symbol FROM ncbi.gene");
        shown.append(genes.queryExecution()).append(genes.rdd().toDebugString());
        NcbiGeneCatalog catalog = new NcbiGeneCatalog();
        catalog.initialize("ncbi", new CaseInsensitiveStringMap(Map.of("api_key", KEY)));
        shown.append(catalog);
        assertThatThrownBy(() -> session(spark, "api_key", KEY + " ").sql("SELECT symbol FROM ncbi.genes"))
                .message()
                .satisfies(shown::append);
        assertThatThrownBy(() -> session(spark, "api_key", "two " + KEY).sql("SHOW TABLES IN ncbi"))
                .message()
                .satisfies(shown::append);

        assertThat(LocalSpark.rows(genes)).containsExactly("IL21");
        assertThat(shown).doesNotContain(KEY);
        assertThat(SERVICE.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.apiKey().matches(KEY)).isTrue());
    }

    @Test
    void aCachedTableIsNotReadAgain(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");

        session.sql("CACHE TABLE ncbi.gene");
        try {
            assertThat(rows(session, "SELECT symbol FROM ncbi.gene")).containsExactly("IL21");
            assertThat(rows(session, "SELECT gene_id FROM ncbi.gene")).containsExactly("59067");
            assertThat(SERVICE.requests()).hasSize(1);
        } finally {
            session.sql("UNCACHE TABLE ncbi.gene");
        }
        assertThat(rows(session, "SELECT symbol FROM ncbi.gene")).containsExactly("IL21");
        assertThat(SERVICE.requests()).hasSize(2);
    }

    @Test
    void tablesOfOtherOptionsAreNotTakenFromTheCache(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");

        session.sql("CACHE TABLE ncbi.gene");
        try {
            Dataset<Row> other = session(spark, "accessions", "NM_000546.6").sql("SELECT symbol FROM ncbi.gene");
            assertThat(LocalSpark.rows(other)).containsExactly("TP53");
        } finally {
            session.sql("UNCACHE TABLE ncbi.gene");
        }
    }

    @Test
    void severalCatalogsKeepTheirOptionsApart(SparkSession spark) {
        SparkSession session = session(spark, "accessions", "NM_021803.4");
        session.conf().set("spark.sql.catalog.tp53", "io.github.sparkncbigene.source.NcbiGeneCatalog");
        session.conf().set("spark.sql.catalog.tp53.base_url", SERVICE.baseUrl());
        session.conf().set("spark.sql.catalog.tp53.accessions", "NM_000546.6");

        assertThat(rows(session, "SELECT symbol FROM ncbi.gene UNION ALL SELECT symbol FROM tp53.gene"))
                .containsExactlyInAnyOrder("IL21", "TP53");
    }
}
