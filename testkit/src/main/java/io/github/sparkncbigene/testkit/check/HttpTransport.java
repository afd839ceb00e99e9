package io.github.sparkncbigene.testkit.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests over HTTP, without following redirects, storing cookies or retrying. */
final class HttpTransport implements Transport {
    private static final String USER_AGENT =
            "spark-ncbi-gene-live-check (checks a client's assumptions; at most 40 requests, 1 a second)";
    private static final int MAX_BODY = 1 << 25;

    private final String base;
    private final Optional<String> key;
    private final Duration timeout;
    private final Redaction redaction;
    private final HttpClient http;

    HttpTransport(URI base, Optional<String> key, Duration timeout) {
        this.base = base.toString().replaceAll("/+$", "");
        this.key = key;
        this.timeout = timeout;
        this.redaction = new Redaction(key);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout.compareTo(Duration.ofSeconds(10)) < 0 ? timeout : Duration.ofSeconds(10))
                .build();
    }

    @Override
    public Reply send(CheckRequest request) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + request.pathAndQuery()))
                .header("Accept", request.accept())
                .header("User-Agent", USER_AGENT);
        key.ifPresent(secret -> builder.header("api-key", secret));
        request.body().ifPresent(json -> builder.header("Content-Type", Probe.JSON)
                .POST(HttpRequest.BodyPublishers.ofString(json)));
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(builder.build(), info -> new LimitedBody(MAX_BODY));
        try {
            HttpResponse<byte[]> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return redaction.reply(
                    response.statusCode(),
                    response.headers().map(),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException("no complete response within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String message = cause.getMessage() == null ? "" : ": " + redaction.text(cause.getMessage());
            throw new IOException(cause.getClass().getSimpleName() + message, e);
        }
    }
}
