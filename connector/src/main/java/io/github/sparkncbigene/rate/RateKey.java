package io.github.sparkncbigene.rate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The key of a limiter: the service and, as a hash, the API key. */
public final class RateKey {
    private RateKey() {}

    /**
     * Returns the limiter's key.
     *
     * @param apiKey null if none is set
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
