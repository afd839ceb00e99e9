package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the SQL samples of a page from top to bottom and compares what they print with the text below them. */
@ExtendWith(LocalSpark.class)
class SqlSamplesTest {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w+)(?: ([\\d.]+))?\\n(.*?)^```$");

    private static final Pattern SEMICOLON = Pattern.compile(";\\s*(\\n|$)");

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    @TempDir
    Path temporary;

    /** @param since the Spark that it needs, or null */
    private record Block(String language, String since, String text) {}

    private List<Block> blocks(String page) throws IOException {
        Path path = Path.of(System.getProperty("ncbi.gene.root"), "docs", page);
        return FENCED.matcher(Files.readString(path).replace("/tmp/genes", temporary.toString()))
                .results()
                .map((MatchResult found) -> new Block(found.group(1), found.group(2), found.group(3)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"sql.md, 10, 13", "cookbook.md, 11, 11"})
    void everySampleRunsAndPrintsWhatThePageShows(String page, int onSpark3, int onSpark4, SparkSession spark)
            throws IOException {
        SparkSession session = spark.newSession();
        session.conf().set("spark.sql.catalog.ncbi.base_url", SERVICE.baseUrl());
        session.conf().set("spark.datasource.ncbi-gene.base_url", SERVICE.baseUrl());
        List<Block> blocks = blocks(page);
        int run = 0;
        String printed = null;
        for (Block block : blocks) {
            switch (block.language()) {
                case "properties" ->
                    settings(block.text()).forEach((key, value) -> set(session, (String) key, (String) value));
                case "sql" -> {
                    boolean runs = block.since() == null || LocalSpark.version(spark) >= 4;
                    printed = runs ? run(session, block.text()) : null;
                    run += runs ? 1 : 0;
                }
                case "text" -> {
                    if (printed != null) {
                        assertThat(printed).isEqualTo(block.text());
                    }
                }
                // Run by the doors, in PySpark.
                case "python" -> printed = null;
                default -> throw new IllegalArgumentException("No sample is in " + block.language());
            }
        }
        assertThat(run).isGreaterThanOrEqualTo(LocalSpark.version(spark) >= 4 ? onSpark4 : onSpark3);
    }

    /** Caches and tables, unlike views, outlive the session. */
    @AfterEach
    void clear(SparkSession spark) {
        spark.catalog().clearCache();
        for (String table : List.of("saved", "yeast")) {
            spark.sql("DROP TABLE IF EXISTS " + table);
        }
    }

    private static void set(SparkSession session, String key, String value) {
        if (key.equals("spark.sql.extensions")) {
            // Spark reads this key only when it starts.
            assertThat(value).isEqualTo(NcbiGeneExtensions.class.getName());
            NcbiGeneExtensions.enable(session);
        } else {
            session.conf().set(key, value);
        }
    }

    private static Properties settings(String text) throws IOException {
        Properties settings = new Properties();
        settings.load(new StringReader(text));
        return settings;
    }

    /** What the last statement gives. */
    private static String run(SparkSession session, String text) {
        String printed = null;
        for (String statement : SEMICOLON.splitAsStream(text).toList()) {
            printed = table(session.sql(statement));
        }
        return printed;
    }

    /** As Spark's show does, values in full. */
    private static String table(Dataset<Row> data) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(data.columns()));
        data.collectAsList()
                .forEach(row -> lines.add(IntStream.range(0, row.size())
                        .mapToObj(column -> text(row, column))
                        .toList()));
        List<Integer> widths = IntStream.range(0, data.columns().length)
                .mapToObj(column -> Collections.max(
                        lines.stream().map(line -> line.get(column).length()).toList()))
                .toList();
        String rule = widths.stream().map("-"::repeat).collect(Collectors.joining("+", "+", "+\n"));
        List<String> shown = lines.stream()
                .map(line -> IntStream.range(0, line.size())
                        .mapToObj(column -> line.get(column)
                                + " "
                                        .repeat(widths.get(column)
                                                - line.get(column).length()))
                        .collect(Collectors.joining("|", "|", "|\n")))
                .toList();
        return Stream.of(
                        List.of(rule),
                        shown.subList(0, 1),
                        List.of(rule),
                        shown.subList(1, shown.size()),
                        List.of(rule))
                .flatMap(List::stream)
                .collect(Collectors.joining());
    }

    private static String text(Row row, int column) {
        if (row.isNullAt(column)) {
            return "NULL";
        }
        return row.schema().fields()[column].dataType().typeName().equals("array")
                ? row.getList(column).toString()
                : row.get(column).toString();
    }
}
