package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The stand-in behind a server with a certificate for localhost and for a name that leads nowhere. While it is open, this
 * JVM trusts it, and nobody else.
 */
final class TlsStandIn implements AutoCloseable {
    /** A name that is in the certificate and that leads nowhere. */
    static final String HOST = "genes.example.org";

    static final String PASSWORD = "changeit";

    private final Path keyStore;
    private final SSLContext before = defaultContext();
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String baseUrl;

    private TlsStandIn(Path keyStore, HttpsServer server, String baseUrl) {
        this.keyStore = keyStore;
        this.server = server;
        this.baseUrl = baseUrl;
    }

    /**
     * Starts it.
     *
     * @param baseUrl of the stand-in
     * @param directory where to make its key
     */
    static TlsStandIn start(String baseUrl, Path directory)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path keyStore = directory.resolve("keys.p12");
        makeKey(keyStore);
        SSLContext context = context(keyStore);
        TlsStandIn standIn = new TlsStandIn(
                keyStore, HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), baseUrl);
        SSLContext.setDefault(context);
        standIn.server.setHttpsConfigurator(new HttpsConfigurator(context));
        standIn.server.setExecutor(standIn.threads);
        standIn.server.createContext("/", standIn::pass);
        standIn.server.start();
        return standIn;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Writes a trust store for another JVM. */
    Path trustStore() throws IOException, GeneralSecurityException {
        Path file = keyStore.resolveSibling("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusting(keyStore).store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** The names of all headers that it was sent, in small letters. */
    List<String> headers() {
        return List.copyOf(headers);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        SSLContext.setDefault(before);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestHeaders().keySet().forEach(name -> headers.add(name.toLowerCase(Locale.ROOT)));
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (type != null) {
                request.header("Content-Type", type);
            }
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SSLContext defaultContext() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void makeKey(Path file) throws IOException, InterruptedException {
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
                        "san=dns:localhost,dns:" + HOST,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = load(file);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusting(file));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    /** A store that trusts the certificate of a key store. */
    private static KeyStore trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("localhost", load(file).getCertificate("localhost"));
        return trusted;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
