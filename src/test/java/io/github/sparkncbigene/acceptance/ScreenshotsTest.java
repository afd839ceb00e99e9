package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.awt.image.BufferedImage;
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
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of docs/ with Chromium: {@code make screenshots}. */
@EnabledIfSystemProperty(named = "docs.screenshots", matches = "true", disabledReason = "for make screenshots")
class ScreenshotsTest {
    private static final int GENES = 20_000;
    /** Pixels of the picture for one of the page. */
    private static final int SCALE = 2;

    private static final Path IMAGES = Path.of(System.getProperty("ncbi.gene.root"), "docs", "images");

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(GENES).compact(true).latency(Duration.ofMillis(120)));

    @Test
    void theMetricsOfAScan(@TempDir Path profile) throws Exception {
        SERVICE.faults().next(Fault.status(503));
        SparkSession spark = SparkSession.builder()
                .master("local[4]")
                .appName("enrich")
                .config("spark.ui.port", "0")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            read(spark);
            HttpServer proxy = proxy(spark.sparkContext().uiWebUrl().get(), threads);
            Path image = Files.createDirectories(IMAGES).resolve("metrics.png");
            take(image, profile, "http://127.0.0.1:" + proxy.getAddress().getPort() + "/SQL/execution/?id=0");
            cut(image);
            proxy.stop(0);
            assertThat(image).isNotEmptyFile();
        } finally {
            threads.shutdownNow();
            spark.stop();
        }
    }

    private static void read(SparkSession spark) throws Exception {
        String accessions =
                IntStream.range(0, GENES).mapToObj(SyntheticGenes::accession).collect(Collectors.joining(","));
        spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("accessions", accessions + ",NM_000000001.1,NM_000000002.1")
                .option("requests_per_second", "5")
                .load()
                .select("accession", "gene_id", "symbol", "summary")
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
        spark.sparkContext().listenerBus().waitUntilEmpty();
    }

    /** The UI, with metrics shown in the nodes of a plan, which newer versions of it do where they are told to. */
    private static HttpServer proxy(String ui, ExecutorService threads) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(threads);
        HttpClient client = HttpClient.newHttpClient();
        proxy.createContext("/", exchange -> {
            try (exchange) {
                pass(client, ui, exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        proxy.start();
        return proxy;
    }

    private static void pass(HttpClient client, String ui, HttpExchange exchange)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(URI.create(ui + exchange.getRequestURI()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        byte[] body = answer.body();
        String type = answer.headers().firstValue("Content-Type").orElse("text/plain");
        if (type.startsWith("text/html")) {
            body = new String(body, StandardCharsets.UTF_8)
                    .replaceFirst(
                            "<head>", "<head><script>localStorage.setItem('detailed-labels-checked', 'true')</script>")
                    .getBytes(StandardCharsets.UTF_8);
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Leaves the node of the scan and the one below it. */
    private static void cut(Path image) throws IOException {
        BufferedImage page = ImageIO.read(image.toFile());
        BufferedImage node = page.getSubimage(310 * SCALE, 355 * SCALE, 380 * SCALE, 500 * SCALE);
        assertThat(ImageIO.write(node, "png", image.toFile())).isTrue();
    }

    private static void take(Path image, Path profile, String page) throws IOException, InterruptedException {
        Process chromium = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--user-data-dir=" + profile,
                        "--virtual-time-budget=15000",
                        "--window-size=1000,860",
                        "--force-device-scale-factor=" + SCALE,
                        "--screenshot=" + image.toAbsolutePath(),
                        page)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        assertThat(chromium.waitFor(2, TimeUnit.MINUTES)).as("Chromium ends").isTrue();
        assertThat(chromium.exitValue()).isZero();
    }
}
