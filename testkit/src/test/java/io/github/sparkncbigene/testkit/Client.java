package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** A plain HTTP client of the service. */
final class Client {
    static final Map<String, String> TSV = Map.of("Accept", "text/tab-separated-values");
    static final Map<String, String> NDJSON = Map.of("Accept", "application/x-ndjson");
    static final Map<String, String> GZIP = Map.of("Accept-Encoding", "gzip");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A response with its body in memory. */
    record Reply(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        byte[] bytes() {
            return response.body();
        }

        String text() {
            if (header("Content-Encoding").isEmpty()) {
                return new String(bytes(), StandardCharsets.UTF_8);
            }
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes()))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<String> lines() {
            return text().lines().toList();
        }

        JsonNode json() {
            return parse(text());
        }

        JsonNode reports() {
            return json().path("reports");
        }

        List<Long> geneIds() {
            List<Long> ids = new ArrayList<>();
            reports().forEach(match -> ids.add(descriptor(match).path("gene_id").asLong()));
            return ids;
        }

        List<String> query(int report) {
            return texts(reports().path(report).path("query"));
        }

        String message() {
            return json().path("message").asText();
        }

        Optional<String> token() {
            return header("X-Ncbi-Next-Page-Token");
        }
    }

    private final Supplier<String> base;

    Client(Supplier<String> base) {
        this.base = base;
    }

    Reply get(String pathAndQuery) {
        return get(pathAndQuery, Map.of());
    }

    Reply get(String pathAndQuery, Map<String, String> headers) {
        return send(request(pathAndQuery, headers).build());
    }

    CompletableFuture<Reply> getAsync(String pathAndQuery) {
        return HTTP.sendAsync(request(pathAndQuery, Map.of()).build(), BodyHandlers.ofByteArray())
                .thenApply(Reply::new);
    }

    Reply post(String path, String body) {
        return post(path, body, Map.of());
    }

    Reply post(String path, String body, Map<String, String> headers) {
        return send(request(path, headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Sends a GET request whose failure is of interest. */
    HttpResponse<InputStream> open(String pathAndQuery) throws IOException, InterruptedException {
        return HTTP.send(request(pathAndQuery, Map.of()).build(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String pathAndQuery, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base.get() + pathAndQuery)).timeout(Duration.ofSeconds(20));
        headers.forEach(request::header);
        return request;
    }

    private static Reply send(HttpRequest request) {
        try {
            return new Reply(HTTP.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode parse(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode descriptor(JsonNode match) {
        return match.has("gene") ? match.path("gene") : match.path("product");
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    static JsonNode without(JsonNode object, String member) {
        ObjectNode copy = object.deepCopy();
        copy.remove(member);
        return copy;
    }
}
