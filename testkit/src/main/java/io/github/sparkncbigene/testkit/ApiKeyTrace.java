package io.github.sparkncbigene.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Records that a request had an API key, and which of the known keys it was, but not the key itself. */
public final class ApiKeyTrace {
    static final ApiKeyTrace NONE = new ApiKeyTrace(null);

    private static final byte[] SALT = salt();

    private final byte[] digest;

    private ApiKeyTrace(byte[] digest) {
        this.digest = digest;
    }

    static ApiKeyTrace of(String key) {
        return key == null ? NONE : new ApiKeyTrace(digest(key));
    }

    /** Returns true if the request had a key. */
    public boolean isPresent() {
        return digest != null;
    }

    /** Returns true if the request had this key. */
    public boolean matches(String key) {
        return digest != null && MessageDigest.isEqual(digest, digest(key));
    }

    @Override
    public String toString() {
        return isPresent() ? "***" : "none";
    }

    private static byte[] digest(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(SALT);
            return sha.digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] salt() {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return salt;
    }
}
