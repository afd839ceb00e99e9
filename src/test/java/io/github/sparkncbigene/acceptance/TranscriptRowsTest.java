package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.testkit.Behaviour.CellBreaks;
import io.github.sparkncbigene.testkit.Behaviour.HeaderLabels;
import io.github.sparkncbigene.testkit.Behaviour.HeaderPages;
import io.github.sparkncbigene.testkit.Behaviour.TableFilter;
import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The row of a named transcript comes as a line of a table, where its columns allow it. */
@ExtendWith(LocalSpark.class)
class TranscriptRowsTest {
    private static final String TSV = "text/tab-separated-values";
    private static final String JSON = "application/json";

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(20_000));

    /** The labels of the columns in {@code gene_id, transcript_accession, description}. */
    private static final String HEADER = "NCBI GeneID\tTranscript Accession\tDescription\n";

    private static DataFrameReader reader(SparkSession spark, String report) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("report", report);
    }

    private static Dataset<Row> products(SparkSession spark) {
        return reader(spark, "product").load();
    }

    private static List<String> rows(Dataset<Row> data) {
        return LocalSpark.rows(data).stream().sorted().toList();
    }

    private static String in(String column, List<String> values) {
        return column + values.stream().collect(Collectors.joining("', '", " IN ('", "')"));
    }

    /** The forms of the requests, in their order. */
    private static List<String> forms() {
        return SERVICE.requests().stream()
                .map(request -> request.header("accept").orElse(""))
                .toList();
    }

    private static List<String> listed(RecordedRequest request, String parameter) {
        if (request.body().isEmpty()) {
            return request.parameters().getOrDefault(parameter, List.of());
        }
        try {
            List<String> values = new ArrayList<>();
            JsonNode array = new ObjectMapper().readTree(request.body()).path(parameter);
            array.forEach(value -> values.add(value.asText()));
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFilterByTranscriptIsATableOfTheColumnsThatTheQueryNeeds(SparkSession spark) {
        List<String> wanted = List.of("NM_001407959.1", "NM_007294.4");

        assertThat(rows(products(spark)
                        .filter(in("transcript_accession", wanted))
                        .select("accession", "symbol", "protein_accession", "transcript_select_category")))
                .containsExactly("NM_001407959.1|BRCA1|null|null", "NM_007294.4|BRCA1|NP_009225.1|MANE_SELECT");

        assertThat(forms()).containsExactly(TSV);
        RecordedRequest request = SERVICE.requests().get(0);
        assertThat(request.ids()).isEqualTo(wanted);
        assertThat(listed(request, "accession_filter")).isEqualTo(wanted);
        assertThat(listed(request, "table_fields"))
                .containsExactly(
                        "gene-id",
                        "transcript-accession",
                        "symbol",
                        "transcript-select-category",
                        "transcript-protein-accession");
    }

    @Test
    void aFilterByProteinIsATableToo(SparkSession spark) {
        assertThat(rows(products(spark)
                        .filter("protein_accession = 'NP_009225.1'")
                        .select("accession", "transcript_accession", "transcript_length")))
                .singleElement()
                .asString()
                .startsWith("NP_009225.1|NM_007294.4|");
        assertThat(forms()).containsExactly(TSV);
        assertThat(listed(SERVICE.requests().get(0), "accession_filter")).containsExactly("NP_009225.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "gene; NM_021803.4|NM_021803.4|NP_068575.1, NM_021803.4|NM_001207006.3|NP_001193935.1",
                "transcript; NM_021803.4|NM_021803.4|NP_068575.1",
                "protein; NM_021803.4|null|null"
            })
    void aListSaysWhichRowsItsAccessionsGive(String rows, String expected, SparkSession spark) {
        Dataset<Row> listed = reader(spark, "product")
                .option("accessions", "NM_021803.4")
                .option("accession_rows", rows)
                .load()
                .select("accession", "transcript_accession", "protein_accession");

        assertThat(rows(listed)).containsExactlyInAnyOrder(expected.split(", ", -1));
        assertThat(forms().get(0)).isEqualTo(rows.equals("gene") ? JSON : TSV);
        assertThat(plan(listed))
                .contains(rows.equals("gene") ? "wire: JSON, " : "wire: TSV of 3 table fields with accession_filter, ");
        if (!rows.equals("gene")) {
            assertThat(listed(SERVICE.requests().get(0), "accession_filter")).containsExactly("NM_021803.4");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accessions=NM_1.1,report=gene|Option accession_rows = transcript is for the product report; set report to product.",
                "gene_ids=672,report=product|Option accession_rows = transcript is for a list of accessions; give accessions or"
                        + " accessions_path, or drop it: a filter or a join by transcript_accession or"
                        + " protein_accession needs no such option.",
                "accessions=NM_1.1,report=product,accession_filter=NM_1.1|Option accession_rows = transcript does not go together"
                        + " with accession_filter; drop one of them."
            })
    void rowsOfAListAreOfTheProductReport(String options, String message, SparkSession spark) {
        DataFrameReader reader = reader(spark, "gene").option("accession_rows", "transcript");
        for (String option : options.split(",", -1)) {
            reader.option(option.split("=", -1)[0], option.split("=", -1)[1]);
        }

        assertThatThrownBy(() -> reader.load().collectAsList())
                .hasStackTraceContaining("[NCBI_GENE_CONFLICTING_OPTIONS] " + message);
        assertThat(SERVICE.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "symbol, warnings|a table has no single cell for warnings",
                "symbol, cds|a table has no single cell for cds",
                "symbol, genomic_locations.genomic_accession_version|a table has no single cell for genomic_locations",
                "symbol, _query|a table has no single cell for _query"
            })
    void columnsThatRepeatMoreAreReadAsJson(String columns, String why, SparkSession spark) {
        Dataset<Row> rows =
                products(spark).filter("transcript_accession = 'NM_007294.4'").selectExpr(columns.split(", ", -1));

        assertThat(rows.collectAsList()).hasSize(1);
        assertThat(forms()).containsExactly(JSON);
        assertThat(plan(rows)).contains("wire: JSON because " + why + ", ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wire_format|json|wire_format is json",
                "endpoint|report|",
                "include_tabular_header|INCLUDE_TABULAR_HEADER_NEVER|include_tabular_header leaves out what proves a table"
            })
    void anOptionMaySwitchTablesOff(String option, String value, String why, SparkSession spark) {
        Dataset<Row> rows = reader(spark, "product")
                .option(option, value)
                .load()
                .filter("transcript_accession = 'NM_007294.4'")
                .select("symbol");

        assertThat(rows(rows)).containsExactly("BRCA1");
        assertThat(forms()).containsExactly(why == null ? TSV : JSON);
        assertThat(plan(rows))
                .contains(
                        why == null
                                ? "wire: TSV of 3 table fields with accession_filter, a row per transcript, "
                                : "wire: JSON because " + why + ", ");
    }

    private static String plan(Dataset<Row> rows) {
        return rows.queryExecution().executedPlan().toString();
    }

    @Test
    void whatATableDoesNotShowIsLookedUpAsJsonOnce(SparkSession spark) {
        List<String> known =
                IntStream.range(0, 30).mapToObj(SyntheticGenes::accession).toList();
        List<String> all = Stream.concat(
                        known.stream(), Stream.of("NM_000000000.1", "NM_000000001.1", "NM_007294.3", "XM_000000000.9"))
                .toList();
        Dataset<Row> query = reader(spark, "product")
                .option("batch_size", 10)
                .option("max_partitions", 1)
                .load()
                .filter(in("transcript_accession", all))
                .select("transcript_accession", "symbol");

        SeenMetrics metrics = SeenMetrics.of(spark, query);

        assertThat(metrics.value("rows")).isEqualTo(30);
        assertThat(metrics.value("notFound")).isEqualTo(3);
        assertThat(metrics.value("tablesReread")).isZero();
        assertThat(forms()).containsExactly(TSV, TSV, TSV, TSV, JSON);
        assertThat(SERVICE.requests().get(4).ids())
                .containsExactly("NM_000000000.1", "NM_000000001.1", "NM_007294.3", "XM_000000000.9");
        assertThat(listed(SERVICE.requests().get(4), "accession_filter")).isEmpty();
    }

    @Test
    void aTranscriptThatIsMissingFailsTheQueryInTheModeFailfast(SparkSession spark) {
        Dataset<Row> query = reader(spark, "product")
                .option("mode", "FAILFAST")
                .load()
                .filter("transcript_accession IN ('NM_007294.4', 'NM_000000000.1')")
                .select("symbol");

        assertThatThrownBy(query::collectAsList)
                .hasMessageContaining(
                        "[NCBI_GENE_NOT_FOUND] NCBI returned nothing for accession 'NM_000000000.1', and mode is"
                                + " FAILFAST.");
        assertThat(forms()).containsExactly(TSV, JSON);
    }

    /** Each way in which a service may be strange: the requests, the count, and the only notice in the log. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ignores the filter; TSV; ",
                "refuses the filter; TSV JSON; the service rejects the request for a table.",
                "repeats the header; TSV TSV TSV; ",
                "repeats the header within a page; TSV JSON; ",
                "writes tabs; TSV JSON; cannot be used: line 2 has",
                "writes line feeds; TSV JSON; cannot be used: line ",
                "other labels; TSV JSON; cannot be used: ",
                "no header; TSV JSON; cannot be used: ",
                "a line with a cell less; TSV JSON; cannot be used: line 2 has",
                "nothing but JSON; TSV JSON; cannot be used: ",
                "a body that is cut; TSV JSON; cannot be used: ",
                "a report twice; TSV; ",
                "a report less; TSV JSON; "
            })
    void aTableThatDoesNotProveItselfIsReadAgainAsJson(
            String strange, String requests, String notice, SparkSession spark) {
        List<String> wanted = IntStream.range(0, 30)
                .mapToObj(SyntheticGenes::accession)
                .sorted()
                .toList();
        DataFrameReader reader = reader(spark, "product").option("max_partitions", 1);
        SERVICE.configure(service -> {
            switch (strange) {
                case "ignores the filter" -> service.accessionFilterOnTables(TableFilter.IGNORED);
                case "refuses the filter" -> service.accessionFilterOnTables(TableFilter.REFUSED);
                case "repeats the header" -> service.headerPages(HeaderPages.EVERY_PAGE);
                case "writes tabs" -> service.cellBreaks(CellBreaks.TAB);
                case "writes line feeds" -> service.cellBreaks(CellBreaks.LINE_FEED);
                case "other labels" -> service.headerLabels(HeaderLabels.OTHER);
                default -> {
                    // A fault, below.
                }
            }
        });
        switch (strange) {
            case "repeats the header" -> reader.option("page_size", 10);
            case "no header" -> SERVICE.faults().next(Fault.body("1\t" + wanted.get(0) + "\tone\n"));
            case "repeats the header within a page" ->
                SERVICE.faults()
                        .next(Fault.body(HEADER + "1\t" + wanted.get(0) + "\tone\n" + HEADER + "2\t" + wanted.get(1)
                                + "\ttwo\n"));
            case "a line with a cell less" -> SERVICE.faults().next(Fault.body(HEADER + "1\t" + wanted.get(0) + "\n"));
            case "nothing but JSON" -> SERVICE.faults().next(Fault.body("{\"reports\":[]}"));
            case "a body that is cut" -> SERVICE.faults().next(Fault.cutBody());
            case "a report twice" -> SERVICE.faults().next(Fault.duplicateReport());
            case "a report less" -> SERVICE.faults().next(Fault.missingReport());
            default -> {
                // A setting, above.
            }
        }
        try (SeenLog log = new SeenLog("io.github.sparkncbigene.rows.TableTrial")) {
            SeenMetrics metrics = SeenMetrics.of(
                    spark,
                    reader.load()
                            .filter(in("transcript_accession", wanted))
                            .select("transcript_accession", "description"));

            assertThat(metrics.value("rows")).isEqualTo(30);
            assertThat(metrics.value("tablesReread")).isEqualTo(notice == null ? 0 : 1);
            if (notice == null) {
                assertThat(log.messages()).isEmpty();
            } else {
                assertThat(log.messages())
                        .singleElement()
                        .asString()
                        .startsWith("WARN The connector reads a batch again as JSON: ")
                        .contains(notice)
                        .endsWith(
                                " It counts such batches in the metric 'batches read again as JSON', and logs the first"
                                        + " one of a query on each executor.");
            }
        }
        assertThat(forms())
                .isEqualTo(Stream.of(requests.split(" ", -1))
                        .map(form -> form.equals("TSV") ? TSV : JSON)
                        .toList());
    }

    /** Every batch counts, of all tasks; the log has one notice of them. */
    @Test
    void theLogHasOneNoticeOfManyTables(SparkSession spark) {
        SERVICE.configure(service -> service.cellBreaks(CellBreaks.TAB));
        try (SeenLog log = new SeenLog("io.github.sparkncbigene.rows.TableTrial")) {
            SeenMetrics metrics = SeenMetrics.of(
                    spark,
                    reader(spark, "product")
                            .option("batch_size", 5)
                            .option("max_partitions", 2)
                            .load()
                            .filter(in("transcript_accession", transcripts(30)))
                            .select("transcript_accession", "description"));

            assertThat(metrics.value("rows")).isEqualTo(30);
            assertThat(metrics.value("partitions")).isEqualTo(2);
            assertThat(metrics.value("tablesReread")).isEqualTo(6);
            assertThat(log.messages()).hasSize(1);
        }
        assertThat(forms()).hasSize(12).containsOnly(TSV, JSON);
    }

    /** Transcripts of synthetic genes, sorted, one of each gene. */
    private static List<String> transcripts(int count) {
        return IntStream.iterate(0, i -> i + 1)
                .filter(i -> SyntheticGenes.transcriptCount(i) > 0)
                .limit(count)
                .mapToObj(SyntheticGenes::accession)
                .sorted()
                .toList();
    }

    private static long bytes() {
        return SERVICE.requests().stream().mapToLong(RecordedRequest::bytesSent).sum();
    }

    private static void compareBytes(SparkSession spark, int count, int batches) {
        String filter = in("transcript_accession", transcripts(count));
        DataFrameReader reader = reader(spark, "product").option("batch_size", count / batches);
        String[] columns = {
            "gene_id", "transcript_accession", "transcript_select_category", "protein_accession", "transcript_length"
        };

        List<String> json =
                rows(reader.option("wire_format", "json").load().filter(filter).select("symbol", columns));
        long jsonBytes = bytes();
        assertThat(forms()).hasSize(batches).containsOnly(JSON);
        SERVICE.clearRequests();
        List<String> table =
                rows(reader.option("wire_format", "auto").load().filter(filter).select("symbol", columns));

        assertThat(table).isEqualTo(json).hasSize(count);
        assertThat(forms()).hasSize(batches).containsOnly(TSV);
        System.out.printf(
                "%d transcripts, 6 columns: %d bytes of JSON, %d bytes of tables, %.1f times fewer, %d requests%n",
                count, jsonBytes, bytes(), (double) jsonBytes / bytes(), batches);
        assertThat(bytes()).isLessThan(jsonBytes / 20);
    }

    @Test
    void aTableTakesATwentiethOfTheBytes(SparkSession spark) {
        compareBytes(spark, 1000, 2);
    }

    @Tag("soak")
    @Test
    void tenThousandTranscriptsTakeATwentiethOfTheBytes(SparkSession spark) {
        compareBytes(spark, 10_000, 10);
    }

    @ParameterizedTest
    @CsvSource({
        "JOIN, 1000000, transcript_accession",
        "LEFT JOIN, 1000000, transcript_accession",
        "LEFT JOIN, 1000, protein_accession"
    })
    void aJoinWithVariantsRequestsTheirTranscriptsOnly(
            String join, int variants, String key, @TempDir Path directory, SparkSession spark) {
        List<Row> ten = products(spark)
                .filter(in("transcript_accession", transcripts(40)))
                .filter("protein_accession IS NOT NULL")
                .select("transcript_accession", "protein_accession", "symbol")
                .limit(10)
                .collectAsList();
        int column = key.startsWith("transcript") ? 0 : 1;
        SERVICE.clearRequests();
        SparkSession extended = LookupTables.extended(new NcbiGeneExtensions());
        extended.range(variants)
                .selectExpr(
                        "id",
                        ten.stream()
                                .map(row -> row.getString(column))
                                .collect(Collectors.joining(
                                        "', '", "element_at(array('", "'), int(id % 10) + 1) AS name")))
                .write()
                .parquet(directory.resolve("variants").toString());
        extended.read().parquet(directory.resolve("variants").toString()).createOrReplaceTempView("variants");
        products(extended).createOrReplaceTempView("products");

        Dataset<Row> joined = extended.sql("SELECT p.symbol, count(*) AS n FROM variants v " + join
                + " products p ON v.name = p." + key + " GROUP BY p.symbol");

        assertThat(rows(joined))
                .containsExactlyInAnyOrderElementsOf(ten.stream()
                        .map(row -> row.getString(2) + "|" + variants / 10)
                        .toList());
        assertThat(forms()).containsExactly(TSV);
        assertThat(SERVICE.requests().get(0).ids())
                .containsExactlyInAnyOrderElementsOf(
                        ten.stream().map(row -> row.getString(column)).toList());
        assertThat(listed(SERVICE.requests().get(0), "accession_filter"))
                .isEqualTo(SERVICE.requests().get(0).ids());
        assertThat(plan(joined)).contains("wire: TSV for keys of transcripts, proteins or GeneIDs, else JSON, ");
    }

    @Test
    void genesByGeneIdAreATable(SparkSession spark) {
        Dataset<Row> genes = reader(spark, "gene")
                .option("gene_ids", "672, 7157, 999999999")
                .load()
                .select("_requested", "gene_id", "symbol", "tax_name");

        assertThat(rows(genes))
                .containsExactly(
                        "672|672|BRCA1|Homo sapiens", "7157|7157|TP53|Homo sapiens", "999999999|999999999|null|null");
        assertThat(forms()).containsExactly(TSV, JSON);
        assertThat(listed(SERVICE.requests().get(0), "table_fields")).containsExactly("gene-id", "symbol", "tax-name");
        assertThat(SERVICE.requests().get(1).ids()).containsExactly("999999999");
        assertThat(plan(genes)).contains("wire: TSV of 3 table fields, a row per gene, ");
    }

    @Test
    void theRequestsOfThePageOnParameters(SparkSession spark) throws IOException {
        SparkSession extended = LookupTables.extended(new NcbiGeneExtensions());
        extended.conf().set("spark.sql.catalog.ncbi", "io.github.sparkncbigene.source.NcbiGeneCatalog");
        extended.conf().set("spark.sql.catalog.ncbi.base_url", SERVICE.baseUrl());
        extended.sql("SELECT * FROM VALUES ('NM_021803.4'), ('NM_000546.6') AS v(transcript)")
                .createOrReplaceTempView("variants");
        reader(extended, "product")
                .option("accessions", "NM_007294.4")
                .option("accession_filter", "NM_001407959.1, NM_001408458.1")
                .load()
                .createOrReplaceTempView("brca1_filtered");
        Path page = Path.of(System.getProperty("ncbi.gene.root"), "docs", "parameters.md");
        List<String> ways = Files.readAllLines(page).stream()
                .filter(line -> line.matches("\\| (option|filter|join) \\|.*"))
                .toList();

        assertThat(ways).hasSize(3).allSatisfy(line -> {
            String[] cells = line.split(" \\| ", -1);
            SERVICE.clearRequests();
            extended.sql(cells[1].replace("`", "")).collectAsList();
            RecordedRequest request = SERVICE.requests().get(0);
            String query = request.parameters().entrySet().stream()
                    .flatMap(parameter -> parameter.getValue().stream().map(value -> parameter.getKey() + "=" + value))
                    .collect(Collectors.joining("&"));

            assertThat(SERVICE.requests()).hasSize(1);
            assertThat(cells[2].replace(" |", ""))
                    .isEqualTo("`GET " + request.path().replace("/datasets/v2", "") + "?" + query + "` as "
                            + (forms().get(0).equals(TSV) ? "TSV" : "JSON"));
        });
    }
}
