package io.github.sparkncbigene.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Passes requests on to a service, and answers them from memory when they come again, as slowly as it is told. */
final class ReplayServer implements AutoCloseable {
    private static final List<String> HEADERS =
            List.of("content-type", "content-encoding", "x-ncbi-next-page-token", "x-ncbi-total-count", "ncbi-phid");

    private final String service;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, HttpResponse<byte[]>> responses = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final HttpServer server;
    private volatile long latencyMillis;
    private volatile double megabytesPerSecond;

    /** @param service its base URL */
    ReplayServer(String service) throws IOException {
        this.service = service;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "replay-server");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort()
                + URI.create(service).getPath();
    }

    /**
     * Sets the duration of responses, and resets the counts.
     *
     * @param perSecond megabytes that are sent in a second; 0 for no limit
     */
    void takes(long millis, double perSecond) {
        latencyMillis = millis;
        megabytesPerSecond = perSecond;
        requests.set(0);
        bytes.set(0);
    }

    int requests() {
        return requests.get();
    }

    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        String key = exchange.getRequestURI() + " " + accept + " " + body;
        try {
            HttpResponse<byte[]> response = responses.get(key);
            if (response == null) {
                response = fetched(exchange, accept, body);
                responses.put(key, response);
            }
            requests.incrementAndGet();
            bytes.addAndGet(response.body().length);
            long transfer = megabytesPerSecond == 0 ? 0 : (long) (response.body().length / megabytesPerSecond / 1000);
            TimeUnit.MILLISECONDS.sleep(latencyMillis + transfer);
            for (String header : HEADERS) {
                response.headers().firstValue(header).ifPresent(value -> exchange.getResponseHeaders()
                        .set(header, value));
            }
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            throw new InterruptedIOException("ended");
        } finally {
            exchange.close();
        }
    }

    private HttpResponse<byte[]> fetched(HttpExchange exchange, String accept, String body)
            throws IOException, InterruptedException {
        URI uri = URI.create(service
                + exchange.getRequestURI()
                        .toString()
                        .substring(URI.create(service).getPath().length()));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Accept", accept)
                .header("Accept-Encoding", "gzip")
                .method(exchange.getRequestMethod(), BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
