package io.github.sparkncbigene.testkit;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Opaque page tokens, each valid only for its own request. They contain their state, so that the service need not store
 * it.
 */
final class PageTokens {
    private static final int BYTES = 2 * Long.BYTES;

    private final long salt;

    PageTokens(long seed) {
        this.salt = Mix.mix(seed, 0x70616765);
    }

    String token(long offset, long fingerprint) {
        long masked = offset ^ Mix.mix(fingerprint, salt);
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(masked).putLong(check(masked, fingerprint));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Returns the start of the token's page; rejects tokens of other requests. */
    long offset(String token, long fingerprint) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        if (bytes.length != BYTES) {
            throw invalid();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long masked = buffer.getLong();
        if (buffer.getLong() != check(masked, fingerprint)) {
            throw invalid();
        }
        return masked ^ Mix.mix(fingerprint, salt);
    }

    static InvalidRequest invalid() {
        return InvalidRequest.argument("invalid page token");
    }

    private long check(long masked, long fingerprint) {
        return Mix.mix(Mix.mix(masked, fingerprint), ~salt);
    }
}
