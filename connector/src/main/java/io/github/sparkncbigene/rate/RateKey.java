package io.github.sparkncbigene.rate;

import io.github.sparkncbigene.text.Sha256;

/** The key of a limiter: the service and, as a hash, the API key. */
public final class RateKey {
    private RateKey() {}

    /**
     * Returns the limiter's key.
     *
     * @param apiKey null if none is set
     */
    public static String of(String baseUrl, String apiKey) {
        return apiKey == null ? baseUrl : baseUrl + " " + Sha256.hex(apiKey);
    }
}
