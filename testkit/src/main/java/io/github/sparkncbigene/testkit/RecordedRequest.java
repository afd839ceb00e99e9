package io.github.sparkncbigene.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the service received, and its response so far.
 *
 * @param sequence number of the request since the start, from 1
 * @param arrived time of arrival
 * @param arrivedNanos time of arrival by {@link System#nanoTime()}
 * @param method GET or POST
 * @param rawPath path as sent, without the query string
 * @param path path, decoded
 * @param parameters parameters of the query string
 * @param headers headers by name in lower case; the value of api-key is masked
 * @param apiKey trace of the API key that was sent
 * @param body body of the request
 * @param ids the requested identifiers of all kinds, in the order sent
 * @param status status of the response; 0 while there is none, and if the connection was reset instead
 * @param reports number of reports sent
 * @param bytesSent bytes of the body sent, after gzip
 * @param completedNanos time by {@link System#nanoTime()} when the response was complete; 0 before
 * @param fault name of the fault that hit the request
 */
public record RecordedRequest(
        long sequence,
        Instant arrived,
        long arrivedNanos,
        String method,
        String rawPath,
        String path,
        Map<String, List<String>> parameters,
        Map<String, List<String>> headers,
        ApiKeyTrace apiKey,
        String body,
        List<String> ids,
        int status,
        int reports,
        long bytesSent,
        long completedNanos,
        Optional<String> fault) {

    /** Returns the first value of the header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** Returns the first value of the parameter in the query string. */
    public Optional<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }
}
