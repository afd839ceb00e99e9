package io.github.sparkncbigene.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkncbigene.testkit.ForwardProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A driver with an executor that reads with a key in all ways it may be given, well and badly, and shows all it can. */
final class SecretiveJob {
    private static final Logger LOG = LoggerFactory.getLogger(SecretiveJob.class);
    private static final String ACCESSION = "NM_021803.4";
    private static final String REPORT =
            "{\"reports\":[{\"gene\":{\"gene_id\":\"59067\"},\"query\":[\"" + ACCESSION + "\"]}]}";

    private final String baseUrl;
    private final Path dir;
    private final String key;
    private final SparkSession spark;

    private SecretiveJob(String baseUrl, Path dir, String key, SparkSession spark) {
        this.baseUrl = baseUrl;
        this.dir = dir;
        this.key = key;
        this.spark = spark;
    }

    /**
     * Runs it.
     *
     * @param arguments base URL, a directory, the key, and a proxy's user name and password
     */
    public static void main(String[] arguments) throws Exception {
        Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.DEBUG);
        Path dir = Path.of(arguments[1]);
        String key = arguments[2];
        // As spark-submit gives settings; Spark itself logs those of a builder at DEBUG.
        System.setProperty("spark.datasource.ncbi-gene.api_token", key);
        System.setProperty("spark.sql.catalog.ncbi.api_token", key);
        SparkSession spark = SparkSession.builder()
                .master("local-cluster[1,1,1024]")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.executor.extraJavaOptions", "-Dlog4j2.configurationFile=" + loggingAll(dir))
                .config("spark.ui.port", "0")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", dir.resolve("warehouse").toString())
                .config("spark.eventLog.enabled", "true")
                .config("spark.eventLog.compress", "false")
                .config(
                        "spark.eventLog.dir",
                        Files.createDirectories(dir.resolve("events")).toUri().toString())
                .config("spark.sql.catalog.ncbi", "io.github.sparkncbigene.source.NcbiGeneCatalog")
                .config("spark.sql.catalog.ncbi.base_url", arguments[0])
                .config("spark.sql.catalog.ncbi.accessions", ACCESSION)
                .getOrCreate();
        SecretiveJob job = new SecretiveJob(arguments[0], dir, key, spark);
        job.readWell();
        job.readBadly();
        job.readThroughProxies(arguments[3], arguments[4]);
        job.readBySql();
        job.stream();
        job.keepWhatTheUiShows();
        spark.stop();
    }

    /** The settings of a log on standard error that leaves nothing out. */
    private static URI loggingAll(Path dir) throws IOException {
        Path settings = Files.writeString(dir.resolve("log4j2.properties"), """
                rootLogger.level = debug
                rootLogger.appenderRef.stderr.ref = console
                appender.console.type = Console
                appender.console.name = console
                appender.console.target = SYSTEM_ERR
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %p %c{1}: %m%n%ex
                """);
        return settings.toUri();
    }

    private DataFrameReader genes() {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", baseUrl)
                .option("accessions", ACCESSION)
                .option("max_retries", "0");
    }

    private void readWell() {
        Dataset<Row> genes = genes().option("api_key", key)
                .option("cache_path", dir.resolve("cache").toString())
                .load();
        for (String mode : List.of("simple", "extended", "cost", "codegen", "formatted")) {
            genes.explain(mode);
        }
        genes.show();
        genes.cache().count();
        genes.write().json(dir.resolve("written").toString());
        System.out.println(genes + " " + genes.schema() + " " + genes.queryExecution());
        // Of views Spark shows the options, and hides those that are called token.
        Dataset<Row> hidden = genes().option("api_token", key).load();
        hidden.createOrReplaceTempView("by_option");
        spark.sql("DESCRIBE EXTENDED by_option").show(1000, false);
        spark.sql("SELECT symbol FROM by_option").explain("formatted");
        genes().load().filter("gene_id > 0").show();
    }

    private void readBadly() throws IOException {
        failing(() -> genes().option("api_key", key + "\u00e9").load());
        failing(() ->
                genes().option("api_key", key).option("api_token", key + "2").load());
        failing(() -> genes().option("api_key", key)
                .option("base_url", "http://127.0.0.1:1")
                .load()
                .collectAsList());
        HttpServer echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        echo.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("{\"error\":\"Bad Request\",\"code\":400,\"message\":\"The key "
                            + exchange.getRequestHeaders().getFirst("api-key") + " is not known\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().contains("teapot") ? 418 : 400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        echo.createContext("/repeating", SecretiveJob::repeatEverywhere);
        echo.start();
        String echoUrl = "http://127.0.0.1:" + echo.getAddress().getPort();
        failing(() -> genes().option("api_key", key)
                .option("base_url", echoUrl + "/teapot")
                .load()
                .collectAsList());
        genes().option("api_key", key)
                .option("base_url", echoUrl)
                .load()
                .select("warnings")
                .show(false);
        for (String place : List.of("malformed", "redirect", "long", "status", "header", "page", "token")) {
            failing(() -> genes().option("api_key", key)
                    .option("base_url", echoUrl + "/repeating/" + place)
                    .load()
                    .collectAsList());
        }
        echo.stop(0);
    }

    /** A service that says the key wherever it may say anything. */
    private static void repeatEverywhere(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String key = exchange.getRequestHeaders().getFirst("api-key");
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().set("Content-Type", path.contains("page") ? "text/html" : "application/json");
        exchange.getResponseHeaders().set("Ncbi-Phid", "ID-" + key);
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        "https://other.example/?api_key=" + "%" + Integer.toHexString(key.charAt(0))
                                + key.substring(1));
        exchange.getResponseHeaders().set("X-Message", key);
        if (path.contains("header")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        boolean token = path.contains("token");
        if (token) {
            exchange.getResponseHeaders()
                    .set(
                            "X-Ncbi-Next-Page-Token",
                            "next/" + key + "="
                                    + exchange.getRequestURI().getQuery().length());
        }
        String body = token
                ? REPORT
                : path.contains("malformed")
                        ? "{\"reports\":[" + key.replace('-', '_') + key + "]}"
                        : "{\"message\":\"" + "x".repeat(path.contains("long") ? 280 : 0) + " " + key + "\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int status = path.contains("redirect") ? 302 : path.contains("long") || path.contains("status") ? 500 : 200;
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A proxy that repeats the credentials it refuses, one that is not there, and with each of them plain HTTP and TLS. */
    private void readThroughProxies(String user, String password) throws IOException {
        try (ForwardProxy proxy = ForwardProxy.start()) {
            proxy.demand(user, password).repeatCredentials("These are not known:");
            Dataset<Row> genes = through(proxy.address(), user, password).load();
            genes.explain("formatted");
            genes.show();
            System.out.println(genes + " " + genes.queryExecution());
            spark.sql("SELECT '" + proxy.address() + "' AS proxy").show();
            for (String address : List.of(proxy.address(), "127.0.0.1:1")) {
                failing(() -> through(address, user, password + "-wrong").load().collectAsList());
                failing(() -> through(address, user, password + "-wrong")
                        .option("base_url", "https://genes.example.org")
                        .load()
                        .collectAsList());
            }
            failing(() ->
                    through(proxy.address(), user + ":" + password, password).load());
            failing(() -> through(user + ":" + password + "@" + proxy.address(), user, password)
                    .load());
            failing(() -> genes().option("proxyPassword", password).load());
            failing(() -> through(proxy.address(), user, password)
                    .option("proxy-password", password + "2")
                    .load());
        }
    }

    private DataFrameReader through(String proxy, String user, String password) {
        return genes().option("api_key", key)
                .option("proxy_address", proxy)
                .option("proxy_username", user)
                .option("proxy_password", password);
    }

    private void readBySql() {
        for (String statement : List.of(
                "SELECT symbol FROM ncbi.gene",
                "EXPLAIN EXTENDED SELECT symbol FROM ncbi.gene",
                "DESCRIBE EXTENDED ncbi.gene",
                "SHOW TBLPROPERTIES ncbi.gene",
                "SHOW CREATE TABLE ncbi.gene",
                "SET",
                "SET -v")) {
            try {
                spark.sql(statement).show(10_000, false);
            } catch (Exception e) {
                LOG.error("As it was to be expected", e);
            }
        }
    }

    private void stream() throws Exception {
        Path lines = Files.writeString(dir.resolve("lines.txt"), ACCESSION + "\n");
        spark.readStream()
                .format("ncbi-gene")
                .option("base_url", baseUrl)
                .option("api_key", key)
                .load(lines.toString())
                .writeStream()
                .format("json")
                .option("path", dir.resolve("streamed").toString())
                .option("checkpointLocation", dir.resolve("stream").toString())
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    private static void failing(Callable<?> read) {
        try {
            read.call();
        } catch (Exception e) {
            LOG.error("As it was to be expected", e);
            return;
        }
        throw new IllegalStateException("It does not fail");
    }

    private void keepWhatTheUiShows() throws Exception {
        spark.sparkContext().listenerBus().waitUntilEmpty();
        String ui = spark.sparkContext().uiWebUrl().get();
        String api = "/api/v1/applications/" + spark.sparkContext().applicationId();
        Path pages = Files.createDirectories(dir.resolve("ui"));
        int number = 0;
        for (String page : List.of(
                api + "/environment",
                api + "/sql?details=true&planDescription=true&length=1000",
                api + "/jobs",
                api + "/stages?details=true",
                api + "/allexecutors",
                api + "/storage/rdd",
                "/environment/",
                "/SQL/",
                "/SQL/execution/?id=0",
                "/SQL/execution/?id=1",
                "/SQL/execution/?id=2",
                "/StreamingQuery/",
                "/jobs/",
                "/stages/",
                "/storage/")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(ui + page)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("Status " + answer.statusCode() + " from " + page);
            }
            Files.writeString(pages.resolve(number++ + ".txt"), page + "\n" + answer.body());
        }
    }
}
