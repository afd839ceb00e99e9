package io.github.sparkncbigene.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request the service got, and what it answered so far.
 *
 * @param sequence number of the request since the start, from 1
 * @param arrived when it arrived
 * @param arrivedNanos the same by {@link System#nanoTime()}
 * @param method GET or POST
 * @param rawPath path as sent, without the query string
 * @param path path, decoded
 * @param parameters parameters of the query string
 * @param headers headers by name in lower case; the value of api-key is masked
 * @param apiKey what is known of the API key sent
 * @param body the body sent
 * @param ids identifiers asked for, whatever they are, in the order sent
 * @param status status answered, 0 while there is none and where the connection was reset instead
 * @param reports how many reports were sent
 * @param bytesSent bytes of body sent, as gzipped
 * @param completedNanos when the answer was complete by {@link System#nanoTime()}, 0 while it is not
 * @param fault name of the fault that struck it
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

    /** First value of the header of that name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** First value of the query string's parameter of that name. */
    public Optional<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }
}
