package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testkit.ForwardProxy;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads through a real forward proxy: it forwards plain HTTP, and opens tunnels for TLS. */
@ExtendWith(LocalSpark.class)
class ProxyTest {
    private static final String KEY = "0123456789-marked-key-abcdefghij";
    private static final String USER = "marked-user";
    private static final String WORD = "p\u00e4ss:w@rd-marked";

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(2000).compact(true));

    @TempDir
    static Path temporary;

    private static TlsStandIn encrypted;

    private ForwardProxy proxy;

    /** The two ways through a proxy. The host has a name that only the proxy knows. */
    enum Way {
        PLAIN("http://" + TlsStandIn.HOST + "/datasets/v2", "GET"),
        TUNNEL("https://" + TlsStandIn.HOST, "CONNECT");

        private final String baseUrl;
        private final String method;

        Way(String baseUrl, String method) {
            this.baseUrl = baseUrl;
            this.method = method;
        }
    }

    @BeforeAll
    static void startServer() throws IOException, GeneralSecurityException, InterruptedException {
        encrypted = TlsStandIn.start(SERVICE.baseUrl(), temporary);
    }

    @AfterAll
    static void stopServer() {
        encrypted.close();
    }

    @BeforeEach
    void startProxy() throws IOException {
        proxy = ForwardProxy.start()
                .route(TlsStandIn.HOST + ":80", SERVICE.service().port())
                .route(TlsStandIn.HOST + ":443", encrypted.port());
    }

    @AfterEach
    void stopProxy() throws IOException {
        proxy.close();
    }

    private DataFrameReader reader(SparkSession spark, Way way) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", way.baseUrl)
                .option("allow_http", true)
                .option("proxy_address", proxy.address())
                .option("accessions", "NM_021803.4")
                .option("retry_wait", "10ms");
    }

    private static List<String> rows(DataFrameReader reader) {
        return LocalSpark.rows(reader.load().select("accession", "symbol"));
    }

    private List<String> methods() {
        return proxy.requests().stream().map(ForwardProxy.Request::method).toList();
    }

    @Test
    void plainHttpIsForwarded(SparkSession spark) {
        assertThat(rows(reader(spark, Way.PLAIN))).containsExactly("NM_021803.4|IL21");
        assertThat(proxy.requests()).singleElement().satisfies(request -> {
            assertThat(request.target()).startsWith(Way.PLAIN.baseUrl + "/gene/accession/NM_021803.4/dataset_report?");
            assertThat(request.head())
                    .as("nothing that is for the next hop only")
                    .doesNotContain("Upgrade");
        });
        assertThat(SERVICE.requests()).hasSize(1);
    }

    @Test
    void aTunnelIsOpenedForTls(SparkSession spark) {
        assertThat(rows(reader(spark, Way.TUNNEL).option("api_key", KEY))).containsExactly("NM_021803.4|IL21");
        assertThat(proxy.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("CONNECT");
            assertThat(request.target()).isEqualTo(TlsStandIn.HOST + ":443");
            assertThat(request.head()).doesNotContain(KEY).doesNotContain("NM_021803");
        });
        assertThat(SERVICE.requests()).hasSize(1);
    }

    /** Batches of several tasks, by POST: as many requests as without a proxy. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void manyBatchesTakeNoMoreRequestsThanWithoutAProxy(Way way, SparkSession spark) {
        String accessions =
                IntStream.range(0, 1000).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(","));
        Dataset<Row> genes = reader(spark, way)
                .option("accessions", accessions)
                .option("batch_size", 200)
                .option("method", "post")
                .option("requests_per_second", 0)
                .load();

        assertThat(genes.filter("symbol IS NOT NULL").count()).isEqualTo(1000);
        assertThat(SERVICE.requests()).hasSize(5);
        if (way == Way.PLAIN) {
            assertThat(methods()).hasSize(5).containsOnly("POST");
        } else {
            assertThat(methods()).hasSizeBetween(1, 5).containsOnly("CONNECT");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void credentialsGoToTheProxyWithTheFirstRequestAndNoFurther(Way way, SparkSession spark) {
        proxy.demand(USER, WORD);

        assertThat(rows(reader(spark, way).option("proxy_username", USER).option("proxy_password", WORD)))
                .containsExactly("NM_021803.4|IL21");
        assertThat(proxy.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo(way.method);
            assertThat(request.authorized()).isTrue();
        });
        assertThat(SERVICE.requests()).hasSize(1);
        assertThat(encrypted.headers()).doesNotContain("proxy-authorization");
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, false", "PLAIN, true", "TUNNEL, false", "TUNNEL, true"})
    void missingOrWrongCredentialsAreAnErrorAfterOneRequest(Way way, boolean wrong, SparkSession spark) {
        proxy.demand(USER, WORD).repeatCredentials("Not known:");
        DataFrameReader reader = reader(spark, way);
        if (wrong) {
            reader.option("proxy_username", USER).option("proxy_password", "wrong-" + WORD);
        }

        assertThatThrownBy(() -> rows(reader))
                .cause()
                .hasMessage("[NCBI_GENE_SERVICE_UNREACHABLE] The proxy http://" + proxy.address()
                        + " needs a user name and a password for GET " + way.baseUrl
                        + "/gene/accession/NM_021803.4/dataset_report?page_size=1000, or other ones. Check"
                        + " proxy_username and proxy_password.");
        assertThat(methods()).containsExactly(way.method);
        assertThat(SERVICE.requests()).isEmpty();
    }

    /** Two connections die, after the head of a response, or after a part of its body, or in the handshake. */
    @ParameterizedTest
    @CsvSource({"PLAIN, 40", "PLAIN, 600", "PLAIN, 0", "TUNNEL, 0", "TUNNEL, 40", "TUNNEL, 1700"})
    void aProxyThatDiesInTheMiddleCostsRetriesAndNoRows(Way way, int bytes, SparkSession spark) {
        proxy.cut(2, bytes);

        assertThat(rows(reader(spark, way))).containsExactly("NM_021803.4|IL21");
        assertThat(methods()).containsExactly(way.method, way.method, way.method);
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, 600", "TUNNEL, 40"})
    void aProxyThatAlwaysDiesIsAnErrorAfterAllRetries(Way way, int bytes, SparkSession spark) {
        proxy.cut(100, bytes);

        assertThatThrownBy(() -> rows(reader(spark, way).option("max_retries", 2)))
                .cause()
                .hasMessageContaining("NCBI_GENE_")
                .hasMessageContaining("base_url");
        assertThat(methods()).containsExactly(way.method, way.method, way.method);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aProxyThatDoesNotReachTheHostIsNamed(Way way, SparkSession spark) {
        String baseUrl = way.baseUrl.replace(TlsStandIn.HOST, "nowhere.invalid");

        assertThatThrownBy(() ->
                        rows(reader(spark, way).option("base_url", baseUrl).option("max_retries", 1)))
                .cause()
                .hasMessageMatching("\\[NCBI_GENE_SERVICE_(UNREACHABLE|FAILED)\\] .*502.*");
        assertThat(methods()).containsExactly(way.method, way.method);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aProxyThatIsNotThereIsNamedWithTheRemedy(Way way, SparkSession spark) throws IOException {
        proxy.close();

        assertThatThrownBy(() -> rows(reader(spark, way).option("max_retries", 1)))
                .cause()
                .hasMessageStartingWith("[NCBI_GENE_SERVICE_UNREACHABLE] No response to GET " + way.baseUrl
                        + "/gene/accession/NM_021803.4/dataset_report?page_size=1000 through the proxy http://"
                        + proxy.address() + ": ")
                .hasMessageContaining("Check proxy_address")
                .hasMessageEndingWith("Check base_url and that this machine may reach it.");
    }

    @Test
    void noneMeansNoProxy(SparkSession spark) {
        assertThat(rows(reader(spark, Way.PLAIN)
                        .option("base_url", SERVICE.baseUrl())
                        .option("proxy_address", "none")))
                .containsExactly("NM_021803.4|IL21");
        assertThat(proxy.requests()).isEmpty();
    }

    /** What a driver does whose environment names proxies; see {@link ProxyDriver}. */
    @Test
    void theEnvironmentsProxiesAreUsedUnlessOptionsOrSettingsSayOtherwise(@TempDir Path directory) throws Exception {
        try (ForwardProxy forPlain = ForwardProxy.start()
                        .route(TlsStandIn.HOST + ":80", SERVICE.service().port());
                ForwardProxy given = ForwardProxy.start()
                        .route(TlsStandIn.HOST + ":443", encrypted.port())
                        .route(TlsStandIn.HOST + ":80", SERVICE.service().port())) {
            proxy.demand(USER, WORD);
            Path log = directory.resolve("log");
            Process driver = AnotherDriver.start(
                    log,
                    Map.of(
                            "HTTPS_PROXY",
                            "http://" + USER + ":p%C3%A4ss%3Aw%40rd-marked@" + proxy.address(),
                            "http_proxy",
                            forPlain.address(),
                            "NO_PROXY",
                            "example.com, .direct.example.org"),
                    ProxyDriver.class,
                    encrypted.trustStore().toString(),
                    given.address(),
                    SERVICE.baseUrl());
            boolean ended = driver.waitFor(3, TimeUnit.MINUTES);
            driver.destroyForcibly();
            String said = AnotherDriver.log(log);

            assertThat(ended && driver.exitValue() == 0).as(said).isTrue();
            assertThat(said.lines().filter(line -> line.startsWith("=> ")))
                    .containsExactly(
                            "=> https by the environment: IL21",
                            "=> http by the environment: IL21",
                            "=> before Java's own settings: IL21",
                            "=> by an option: IL21",
                            "=> by a setting: IL21",
                            "=> by the catalog: IL21",
                            "=> this machine: IL21",
                            "=> none: NCBI_GENE_SERVICE_UNREACHABLE",
                            "=> in NO_PROXY: NCBI_GENE_SERVICE_UNREACHABLE");
            assertThat(proxy.requests()).as("HTTPS_PROXY").hasSize(2).allSatisfy(request -> assertThat(
                            request.authorized())
                    .isTrue());
            assertThat(forPlain.requests()).as("http_proxy").hasSize(1);
            assertThat(given.requests()).as("given").hasSize(3).allSatisfy(request -> assertThat(
                            request.head().toLowerCase(Locale.ROOT))
                    .as("the credentials are another proxy's")
                    .doesNotContain("proxy-authorization"));
            assertThat(said).doesNotContain(USER).doesNotContain(WORD).doesNotContain("w%40rd");
        }
    }
}
