package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The key goes to the service, and is nowhere else. */
@ExtendWith(LocalSpark.class)
class SecretsTest {
    private static final String PROVIDERS = "hadoop.security.credential.provider.path";
    private static final String KEY = "0123456789-marked-key-abcdefghij";
    private static final String PROXY_USER = "marked-proxy-user-klmnop";
    private static final String PROXY_PASSWORD = "marked-proxy-word-qrstuv";

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    @Test
    void theKeyIsInNoLogNorPlanNorEventNorPage(@TempDir Path dir) throws Exception {
        Path log = dir.resolve("driver.log");
        Process driver = AnotherDriver.start(
                log, SecretiveJob.class, SERVICE.baseUrl(), dir.toString(), KEY, PROXY_USER, PROXY_PASSWORD);
        boolean ended = driver.waitFor(4, TimeUnit.MINUTES);
        driver.destroyForcibly();

        assertThat(ended && driver.exitValue() == 0)
                .as("The job ends well:\n%s", tail(log))
                .isTrue();
        assertThat(SERVICE.requests())
                .hasSizeGreaterThan(3)
                .allSatisfy(request -> assertThat(request.apiKey().matches(KEY)).isTrue());
        // What is searched is what was to be searched.
        assertThat(files(dir, "driver.log", " DEBUG ")).hasSize(1);
        // The HTTP client tells what it does, save of headers: where the tasks are.
        assertThat(files(dir, AnotherDriver.HOME, "DEBUG InternalHttpClient: "))
                .singleElement()
                .satisfies(file -> assertThat(file).hasFileName("stderr"));
        assertThat(files(dir, "driver.log", "NCBI_GENE_REQUEST_REFUSED")).hasSize(1);
        assertThat(files(dir, "driver.log", "NCBI_GENE_SERVICE_UNREACHABLE")).hasSize(1);
        assertThat(files(dir, "driver.log", "NCBI_GENE_INVALID_OPTION")).hasSize(1);
        assertThat(files(dir, "driver.log", "NCBI_GENE_CONFLICTING_OPTIONS")).hasSize(1);
        assertThat(files(dir, "events", "SparkListenerSQLExecutionStart")).isNotEmpty();
        assertThat(files(dir, "events", "ncbi-gene gene report by 1 accessions"))
                .isNotEmpty();
        assertThat(files(dir, "ui", "ncbi-gene gene report by 1 accessions")).isNotEmpty();
        assertThat(files(dir, "ui", "spark.datasource.ncbi-gene.api_token")).isNotEmpty();
        assertThat(files(dir, "cache", "")).isNotEmpty();
        assertThat(files(dir, "stream", "")).isNotEmpty();

        String credentials = Base64.getEncoder()
                .encodeToString((PROXY_USER + ":" + PROXY_PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(files(dir, "driver.log", "needs a user name and a password")).hasSize(1);
        for (String secret : List.of(KEY, PROXY_USER, PROXY_PASSWORD, credentials.substring(0, 40))) {
            assertThat(files(dir, "", secret))
                    .as("files that hold " + secret)
                    .allSatisfy(file -> assertThat(around(file, secret)).isEmpty());
        }
    }

    /** What docs/api-key.md says of settings that are set while Spark runs. */
    @Test
    void aKeySetWhileSparkRunsIsInTheEventLogAndTheLogWarns(@TempDir Path dir) throws Exception {
        Path log = dir.resolve("driver.log");
        Process driver = AnotherDriver.start(log, OutspokenJob.class, SERVICE.baseUrl(), dir.toString(), reversed(KEY));
        boolean ended = driver.waitFor(4, TimeUnit.MINUTES);
        driver.destroyForcibly();

        assertThat(ended && driver.exitValue() == 0)
                .as("The job ends well:\n%s", tail(log))
                .isTrue();
        // Where it stands in the settings that Spark was started with, or only in a UI: hidden.
        assertThat(files(dir, "", KEY + "-started")).isEmpty();
        assertThat(files(dir, "ui", "spark.datasource.ncbi-gene.api_token")).isNotEmpty();
        for (String way : List.of("-conf-set", "-builder", "-catalog")) {
            assertThat(files(dir, "ui", KEY + way)).as(way).isEmpty();
        }
        // A statement is shown as a query.
        assertThat(files(dir, "ui", KEY + "-by-set")).hasSize(1);
        assertThat(files(dir, "driver.log", KEY)).isEmpty();
        for (String way : List.of("-conf-set", "-builder", "-by-set", "-catalog")) {
            assertThat(events(dir, KEY + way)).as(way).isNotEmpty().allSatisfy(event -> assertThat(event)
                    .containsAnyOf("SparkListenerJobStart", "SparkListenerStageSubmitted", "SQLExecutionStart"));
        }
        String said = read(log);
        int outspoken = said.indexOf("From here on it is outspoken");
        assertThat(said.substring(0, outspoken)).doesNotContain("The API key stands in");
        assertThat(said.substring(outspoken))
                .containsOnlyOnce("WARN KeyExposure: The user name of the proxy stands in"
                        + " spark.datasource.ncbi-gene.proxy_username, which was set while Spark runs. Spark writes such"
                        + " settings in clear text into the event log, where one is kept, whatever their names. Give it"
                        + " in the environment variable HTTPS_PROXY of the driver, or with option(\"proxy_username\","
                        + " ...); see ")
                .containsOnlyOnce("WARN KeyExposure: The password of the proxy stands in"
                        + " spark.datasource.ncbi-gene.proxy_password, which was set while Spark runs. Spark writes such"
                        + " settings in clear text into the event log, where one is kept, whatever their names. Give it"
                        + " in the environment variable HTTPS_PROXY of the driver, or with option(\"proxy_password\","
                        + " ...); see ");
        for (String way : List.of("-proxy-user", "-proxy-word")) {
            assertThat(events(dir, KEY + way)).as(way).isNotEmpty();
        }
        for (String setting : List.of(
                "spark.datasource.ncbi-gene.api-token",
                "spark.datasource.ncbi-gene.apiToken",
                "spark.datasource.ncbi-gene.API_TOKEN",
                "spark.sql.catalog.genes.api_token")) {
            assertThat(said.substring(outspoken))
                    .containsOnlyOnce("WARN KeyExposure: The API key stands in " + setting
                            + ", which was set while Spark runs. Spark writes such settings in clear text into the"
                            + " event log, where one is kept, whatever their names. Give the key in the environment"
                            + " variable NCBI_API_KEY, in a credential provider, or with option(\"api_token\", ...);"
                            + " see https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/api-key.md.");
        }
    }

    /** Spark shows the command line of the driver, which is no way of ours to give a key. */
    private static String reversed(String key) {
        return new StringBuilder(key).reverse().toString();
    }

    private static List<String> events(Path dir, String text) {
        return files(dir, "events", text).stream()
                .flatMap(file -> read(file).lines())
                .filter(line -> line.contains(text))
                .map(line -> line.substring(0, Math.min(line.length(), 100)))
                .toList();
    }

    @Test
    void theKeyMayComeFromACredentialProvider(SparkSession spark, @TempDir Path dir) throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        hadoop.set(PROVIDERS, "localjceks://file" + dir.resolve("keys.jceks"));
        try {
            CredentialProvider provider =
                    CredentialProviderFactory.getProviders(hadoop).get(0);
            provider.createCredentialEntry("ncbi.api.key", KEY.toCharArray());
            provider.flush();
            Dataset<Row> genes = spark.read()
                    .format("ncbi-gene")
                    .option("base_url", SERVICE.baseUrl())
                    .option("accessions", "NM_021803.4")
                    .load();

            assertThat(LocalSpark.rows(genes.select("symbol"))).containsExactly("IL21");
            assertThat(LocalSpark.rows(genes.select("symbol", "gene_id"))).containsExactly("IL21|59067");
        } finally {
            hadoop.unset(PROVIDERS);
        }
        assertThat(SERVICE.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.apiKey().matches(KEY)).isTrue());
    }

    /** The files below a directory that hold a text. */
    private static List<Path> files(Path dir, String below, String text) {
        try {
            return FilesBelow.of(dir.resolve(below)).stream()
                    .filter(file -> read(file).contains(text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands before a secret. */
    private static String around(Path file, String secret) {
        String text = read(file);
        int at = text.indexOf(secret);
        return file + ": " + text.substring(Math.max(0, at - 500), at);
    }

    /** As it is: no byte is lost. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(Path log) {
        String text = read(log);
        return text.substring(Math.max(0, text.length() - 5000));
    }
}
