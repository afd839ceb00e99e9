package io.github.sparkncbigene.service;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.options.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach the service.
 *
 * @param baseUrl address without a trailing slash
 * @param apiKey sent as a header, where there is one
 * @param connectTimeout how long to wait for a connection
 * @param responseTimeout how long the service may be silent
 * @param maxResponseBytes bytes of one answer as sent, at most
 */
public record ServiceConfig(
        String baseUrl,
        Optional<Secret> apiKey,
        Duration connectTimeout,
        Duration responseTimeout,
        int maxResponseBytes) {

    public static ServiceConfig of(Options options) {
        return new ServiceConfig(
                options.text(Option.BASE_URL),
                options.apiKey(),
                options.duration(Option.CONNECT_TIMEOUT),
                options.duration(Option.RESPONSE_TIMEOUT),
                options.integer(Option.MAX_RESPONSE_BYTES));
    }
}
