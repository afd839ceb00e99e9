package io.github.sparkncbigene.service;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.Redactor;
import io.github.sparkncbigene.options.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings for requests to the service.
 *
 * @param baseUrl address without a trailing slash
 * @param apiKey API key, sent as a header, if set
 * @param proxy proxy for all requests
 * @param connectTimeout longest time to open a connection
 * @param responseTimeout longest silence of the service
 * @param requestTimeout longest time for one response as a whole
 * @param maxResponseBytes largest size of one response as sent
 * @param maxDecodedBytes largest size of one response after decompression
 * @param maxInFlight largest number of open requests of the query
 * @param maxHeldBytes bytes of responses that a JVM holds before it stops requesting pages ahead
 */
public record ServiceConfig(
        String baseUrl,
        Optional<Secret> apiKey,
        ProxySettings proxy,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration requestTimeout,
        int maxResponseBytes,
        int maxDecodedBytes,
        int maxInFlight,
        int maxHeldBytes) {

    /** Longer than anything runs, and short enough to be counted in nanoseconds. */
    private static final Duration LONG = Duration.ofDays(10_000);

    public static ServiceConfig of(Options options) {
        return new ServiceConfig(
                options.text(Option.BASE_URL),
                options.apiKey(),
                ProxySettings.of(options),
                timeout(options, Option.CONNECT_TIMEOUT),
                timeout(options, Option.RESPONSE_TIMEOUT),
                timeout(options, Option.REQUEST_TIMEOUT),
                options.integer(Option.MAX_RESPONSE_BYTES),
                options.integer(Option.MAX_DECODED_BYTES),
                options.integer(Option.MAX_IN_FLIGHT),
                options.integer(Option.MAX_HELD_BYTES));
    }

    /** Returns the route to the service: a host reachable on one route may be unreachable on another. */
    public Object route() {
        return List.of(baseUrl, proxy);
    }

    /** Takes the key and the proxy's credentials out of texts. */
    public Redactor redactor() {
        return Redactor.of(apiKey, List.of(proxy.username(), proxy.password()));
    }

    /** A text of the service or the proxy without secrets; to be called before the text is shortened. */
    public String hidden(String text) {
        return redactor().hideIn(text);
    }

    /** Removes secrets from a failure whose message quotes a response. */
    public Throwable hidden(Throwable failure) {
        return redactor().hideIn(failure);
    }

    private static Duration timeout(Options options, Option option) {
        Duration timeout = options.duration(option);
        return timeout.compareTo(LONG) > 0 ? LONG : timeout;
    }
}
