package io.github.sparkncbigene.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar's client over TLS, which NCBI is asked with: whom this JVM trusts is trusted, under its own name only. */
@ExtendWith(LocalSpark.class)
class TlsTest {
    private static final String KEY = "0123456789-marked-key-abcdefghij";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    @TempDir
    static Path temporary;

    private static SSLContext before;
    private static HttpsServer server;

    /** The stand-in behind a server with a certificate for localhost and a name that leads nowhere. */
    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException {
        SSLContext context = context();
        before = SSLContext.getDefault();
        SSLContext.setDefault(context);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        HttpClient client = HttpClient.newHttpClient();
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                HttpResponse<byte[]> answer = client.send(
                        HttpRequest.newBuilder(URI.create(SERVICE.baseUrl() + exchange.getRequestURI()))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        SSLContext.setDefault(before);
    }

    private static SSLContext context() throws IOException, GeneralSecurityException, InterruptedException {
        Path file = temporary.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=stand-in",
                        "-ext",
                        "san=dns:localhost,dns:genes.example.org",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("localhost", keys.getCertificate("localhost"));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    private static List<String> read(SparkSession spark, String host) {
        return read(spark, host, server.getAddress().getPort());
    }

    private static List<String> read(SparkSession spark, String host, int port) {
        return LocalSpark.rows(spark.read()
                .format("ncbi-gene")
                .option("base_url", "https://" + host + ":" + port + "/")
                .option("api_key", KEY)
                .option("accessions", "NM_021803.4")
                .option("method", "get")
                .option("max_retries", 0)
                .load()
                .select("accession", "symbol"));
    }

    @Test
    void aTrustedHostUnderItsOwnNameIsAsked(SparkSession spark) {
        assertThat(read(spark, "localhost")).containsExactly("NM_021803.4|IL21");
    }

    @Test
    void underAnotherNameItIsNot(SparkSession spark) {
        assertThatThrownBy(() -> read(spark, "127.0.0.1"))
                .cause()
                .hasMessageStartingWith("[NCBI_GENE_SERVICE_UNREACHABLE]")
                .hasMessageContaining("127.0.0.1");
        assertThat(SERVICE.requests()).isEmpty();
    }

    /** The proxy takes the place of all names but those of this machine, and sees no more than the name. */
    @Test
    void theProxyOfThisJvmIsUsed(SparkSession spark) throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Relay proxy = new Relay(server.getAddress().getPort(), client -> heard.add(tunnel(client)))) {
            System.setProperty("https.proxyHost", "127.0.0.1");
            System.setProperty("https.proxyPort", Integer.toString(proxy.port()));
            try {
                assertThat(read(spark, "genes.example.org", 443)).containsExactly("NM_021803.4|IL21");
                assertThat(read(spark, "localhost")).containsExactly("NM_021803.4|IL21");
            } finally {
                System.clearProperty("https.proxyHost");
                System.clearProperty("https.proxyPort");
            }
        }
        assertThat(heard)
                .singleElement(STRING)
                .startsWith("CONNECT genes.example.org:443 HTTP/1.1\r\n")
                .doesNotContain(KEY);
        assertThat(SERVICE.requests()).hasSize(2);
    }

    /** Opens the way that a client asks for; what it asked. */
    private static String tunnel(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = client.getInputStream().read();
            if (b < 0) {
                throw new EOFException("cut after " + head);
            }
            head.append((char) b);
        }
        client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(US_ASCII));
        return head.toString();
    }
}
