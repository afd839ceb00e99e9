package io.github.sparkncbigene.rate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells limiters apart: the service and, by its hash, the API key. */
public final class RateKey {
    private RateKey() {}

    /**
     * The key of a limiter.
     *
     * @param apiKey null where there is none
     */
    public static String of(String baseUrl, String apiKey) {
        return apiKey == null ? baseUrl : baseUrl + " " + hash(apiKey);
    }

    private static String hash(String apiKey) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(apiKey.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
