package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.driver.NcbiGenePlugin;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every sample in README.md and docs/ is run, here or by a test that is named here. */
@ExtendWith(LocalSpark.class)
class DocumentationTest {
    /** Pages whose samples are run here, from top to bottom, and print what stands below them. */
    static final List<String> RUN_HERE = List.of(
            "README.md",
            "examples/README.md",
            "docs/quick-start.md",
            "docs/tuning.md",
            "docs/comparison.md",
            "docs/api-key.md",
            "docs/fuzzing.md");

    /** Pages, or directories of pages, and who runs their samples. */
    private static final Map<String, String> RUN_ELSEWHERE = Map.ofEntries(
            // Its SQL; the Python of every page is run by test_documentation.py.
            Map.entry("docs/cookbook.md", "SqlSamplesTest.java"),
            Map.entry("docs/joins.md", "LookupJoinTest.java"),
            // A line of the log, which the test of the log compares.
            Map.entry("docs/metrics.md", "ReadProgressTest.java"),
            Map.entry("docs/parameters.md", "ParametersTest.java"),
            Map.entry("docs/python.md", "test_documented.py"),
            Map.entry("docs/r.md", "test_r.py"),
            Map.entry("docs/recipes/", "Recipe.java"),
            Map.entry("docs/cache.md", "DocumentedSamplesTest.java"),
            // Commands of make and of the testkit.
            Map.entry("docs/service.md", "LiveCheckTest.java"),
            // By the doors: with PySpark's packages, and a server.
            Map.entry("docs/spark-connect.md", "test_doors.py"),
            Map.entry("docs/sql.md", "SqlSamplesTest.java"),
            Map.entry("docs/streaming.md", "DocumentedSamplesTest.java"),
            Map.entry("docs/which-identifier.md", "test_documented.py"),
            Map.entry("notebooks/README.md", "run.py"));

    /** Commands that are not run, and why. */
    private static final Map<String, String> NOT_RUN = Map.of(
            "pyspark ", "starts a shell, of a Spark distribution",
            "spark-shell ", "starts a shell, of a Spark distribution",
            "spark-sql ", "starts a shell, of a Spark distribution",
            "hadoop credential ", "asks for the key, of a Hadoop distribution");

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)[^\\n]*\\n(.*?)^```$");

    private static final Pattern SEMICOLON = Pattern.compile(";\\s*(\\n|$)");

    private static final Path ROOT = Path.of(System.getProperty("ncbi.gene.root"));

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    @TempDir
    Path temporary;

    private record Block(String language, String text) {}

    private static List<Block> blocks(String page) throws IOException {
        return FENCED.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map((MatchResult found) -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    @ParameterizedTest
    @FieldSource("RUN_HERE")
    void everySampleRunsAndPrintsWhatThePageShows(String page, SparkSession spark) throws IOException {
        SparkSession session = LocalSpark.session(
                spark,
                Map.of(
                        "spark.datasource.ncbi-gene.base_url",
                        SERVICE.baseUrl(),
                        "spark.sql.catalog.ncbi",
                        "io.github.sparkncbigene.source.NcbiGeneCatalog",
                        "spark.sql.catalog.ncbi.base_url",
                        SERVICE.baseUrl(),
                        "spark.sql.catalog.ncbi.requests_per_second",
                        "0"));
        Path accessions = Files.write(temporary.resolve("a.txt"), List.of("NM_021803.4", "NM_000546.6"));
        SampleInterpreter samples = new SampleInterpreter(
                Map.of(
                        "spark",
                        session,
                        "variants",
                        session.sql("SELECT * FROM VALUES ('c.1A>G', 'NM_021803.4') AS v(hgvs, accession)")),
                Map.of("accessions.txt", accessions.toString()));
        SparkSession.setActiveSession(session);
        List<Block> blocks = blocks(page);
        assertThat(blocks).as(page).isNotEmpty();
        String printed = null;
        for (Block block : blocks) {
            switch (block.language()) {
                case "python", "scala", "java" -> printed = samples.run(block.text());
                case "sql" -> printed = sql(samples, block.text());
                case "text" -> assertThat(printed).as(page).isEqualTo(block.text());
                case "properties" -> settings(session, block.text());
                case "sh" -> block.text().lines().forEach(DocumentationTest::command);
                default -> throw new IllegalArgumentException("No sample is in " + block.language() + ": " + page);
            }
        }
    }

    @AfterEach
    void clear(SparkSession spark) {
        SparkSession.setActiveSession(spark);
        spark.catalog().clearCache();
    }

    @Test
    void noSampleIsForgotten() throws IOException {
        List<String> forgotten = new ArrayList<>();
        for (String page : pages()) {
            boolean run =
                    RUN_HERE.contains(page) || RUN_ELSEWHERE.keySet().stream().anyMatch(page::startsWith);
            if (!run && !blocks(page).isEmpty()) {
                forgotten.add(page);
            }
        }
        assertThat(forgotten)
                .as("Pages with samples that no test runs; add them to RUN_HERE, or to RUN_ELSEWHERE with their test")
                .isEmpty();
    }

    @Test
    void thoseWhoRunSamplesElsewhereExist() throws IOException {
        List<String> files = new ArrayList<>();
        for (String tests : List.of(
                "src/test/java",
                "src/test/doors",
                "connector/src/test",
                "testkit/src/test",
                "python/tests",
                "examples/src",
                "notebooks")) {
            FilesBelow.of(ROOT.resolve(tests))
                    .forEach(source -> files.add(source.getFileName().toString()));
        }
        assertThat(files).containsAll(RUN_ELSEWHERE.values());
        for (String page : RUN_ELSEWHERE.keySet()) {
            assertThat(ROOT.resolve(page)).exists();
        }
    }

    /** README.md and what is below docs/ and examples/, built things aside. */
    private static List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>(List.of("README.md"));
        for (String directory : List.of("docs", "examples", "notebooks")) {
            FilesBelow.of(ROOT.resolve(directory), ".md").stream()
                    .map(file -> ROOT.relativize(file).toString())
                    .filter(file -> !file.contains("/target/") && !file.contains("/."))
                    .forEach(pages::add);
        }
        assertThat(pages).contains("docs/quick-start.md").hasSizeGreaterThan(20);
        return pages;
    }

    private static String sql(SampleInterpreter samples, String text) {
        String printed = null;
        for (String statement : SEMICOLON.splitAsStream(text).toList()) {
            printed = samples.run("spark.sql(\"" + statement.strip().replace("\n", " ") + "\").show()");
        }
        return printed;
    }

    /** Settings are of this connector's options, by names and with values that it takes, or Spark's own. */
    private static void settings(SparkSession session, String text) throws IOException {
        Properties settings = new Properties();
        settings.load(new StringReader(text));
        String ours = "spark.datasource.ncbi-gene.";
        for (String key : settings.stringPropertyNames()) {
            String value = settings.getProperty(key);
            if (key.startsWith(ours)) {
                session.read()
                        .format("ncbi-gene")
                        .option("accessions", "NM_021803.4")
                        .option(key.substring(ours.length()), value)
                        .load();
            } else if (key.equals("spark.redaction.regex")) {
                assertThat(ours + "api_key").containsPattern(value);
            } else if (key.equals("spark.plugins")) {
                assertThat(value).isEqualTo(NcbiGenePlugin.class.getName());
            } else if (key.startsWith("spark.hadoop.")) {
                assertThat(key).isEqualTo("spark.hadoop." + CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH);
            } else {
                throw new IllegalArgumentException("Nothing is known of " + key);
            }
        }
    }

    private static void command(String line) {
        String command = line.replaceAll("\\s+# .*$", "");
        if (command.startsWith("make ")) {
            String target = command.split(" ", 3)[1];
            assertThat(ROOT.resolve("Makefile")).content().containsPattern("(?m)^" + Pattern.quote(target) + ":");
            return;
        }
        assertThat(NOT_RUN.keySet()).as(command).anyMatch(command::startsWith);
        if (command.contains("--jars")) {
            assertThat(ROOT.resolve("pom.xml"))
                    .content()
                    .contains("<version>"
                            + command.replaceAll(".*connector/target/spark-ncbi-gene-(\\S+)\\.jar.*", "$1")
                            + "</version>");
        }
    }
}
