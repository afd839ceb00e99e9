package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.options.Secret;
import io.github.sparkncbigene.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checksums of cached content: SHA-256, which finds damage, or HMAC-SHA-256 with a secret, which finds whatever was not
 * written by somebody who knows the secret.
 */
public final class Seals {
    /** Bytes of a seal. */
    static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private Seals(SecretKeySpec key) {
        this.key = key;
    }

    public static Seals of(Optional<Secret> secret) {
        return new Seals(
                secret.map(given -> new SecretKeySpec(given.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM))
                        .orElse(null));
    }

    /**
     * The seal of content.
     *
     * @param context what the content is: the seal of one kind of content does not pass for another
     */
    public byte[] of(String context, byte[] content) {
        byte[] prefix = (context + '\n').getBytes(StandardCharsets.UTF_8);
        try {
            if (key == null) {
                MessageDigest digest = digest();
                digest.update(prefix);
                return digest.digest(content);
            }
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(prefix);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    public static MessageDigest digest() {
        return Sha256.digest();
    }

    /** Returns the SHA-256 hash of a text in hexadecimal, for a name that depends on no secret. */
    public static String hash(String text) {
        return Sha256.hex(text);
    }

    /** Throws where the seal is not the content's. */
    public void check(String context, byte[] content, byte[] seal) throws UnusableException {
        if (!MessageDigest.isEqual(of(context, content), seal)) {
            throw new UnusableException(
                    key == null ? "a checksum does not match" : "a checksum does not match cache_secret");
        }
    }
}
