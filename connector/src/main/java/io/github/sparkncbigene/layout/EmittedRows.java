package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.text.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows that a batch has emitted so far. A report that is repeated on another page or attempt is recognised by its
 * key. The row of a table has no key, and is recognised by a fingerprint of its values.
 */
public final class EmittedRows {
    /** Half of a SHA-256 hash, stored instead of the row; two different rows never share one in practice. */
    private record Fingerprint(long first, long second) {}

    private final Set<Object> keys = new HashSet<>();
    /** Rows of tables that failed attempts emitted, and that no later attempt has met again. */
    private final Map<Fingerprint, Integer> ofFailedAttempts = new HashMap<>();
    /** Rows of tables that the attempt under way has met, whether it emitted them or an earlier one. */
    private final Map<Fingerprint, Integer> met = new HashMap<>();
    /** Created for the first row of a table. */
    private MessageDigest digest;

    /** Stores the key; returns true the first time. */
    public boolean first(Object key) {
        return keys.add(key);
    }

    /**
     * Returns true if a row of a table is new, false if an earlier attempt emitted it. A table may contain the same row
     * several times; each counts.
     */
    public boolean isNew(Object[] row) {
        Fingerprint fingerprint = fingerprint(row);
        met.merge(fingerprint, 1, Integer::sum);
        boolean emitted = ofFailedAttempts.containsKey(fingerprint);
        if (emitted) {
            ofFailedAttempts.computeIfPresent(fingerprint, (same, count) -> count == 1 ? null : count - 1);
        }
        return !emitted;
    }

    /** Ends an attempt whose identifiers are read again: what it has met is emitted, and will come again. */
    public void failed() {
        met.forEach((fingerprint, count) -> ofFailedAttempts.merge(fingerprint, count, Integer::sum));
        met.clear();
    }

    /** Ends an attempt whose identifiers are done: what it has met will not come again. */
    public void completed() {
        met.clear();
    }

    /** The length before each value distinguishes ("a", "bc") from ("ab", "c"). */
    private Fingerprint fingerprint(Object[] row) {
        if (digest == null) {
            digest = Sha256.digest();
        }
        for (Object value : row) {
            byte[] bytes = value == null ? new byte[0] : bytes(value);
            int length = value == null ? -1 : bytes.length;
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
            digest.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new Fingerprint(hash.getLong(), hash.getLong());
    }

    private static byte[] bytes(Object value) {
        return value instanceof UTF8String text
                ? text.getBytes()
                : value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
