package io.github.sparkncbigene.decode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    private final Map<Fingerprint, Integer> tableRows = new HashMap<>();
    /** Created for the first row of a table. */
    private MessageDigest digest;

    /** Returns true if no row of a table was emitted, or all were taken back. */
    public boolean isEmpty() {
        return tableRows.isEmpty();
    }

    /** Stores the key; returns true the first time. */
    public boolean first(Object key) {
        return keys.add(key);
    }

    /** Stores a row of a table. A table may contain the same row several times; each counts. */
    public void add(Object[] row) {
        tableRows.merge(fingerprint(row), 1, Integer::sum);
    }

    /** Returns true if a row of a table that is read again was emitted before, and removes one such row. */
    public boolean takeBack(Object[] row) {
        Fingerprint fingerprint = fingerprint(row);
        Integer count = tableRows.get(fingerprint);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            tableRows.remove(fingerprint);
        } else {
            tableRows.put(fingerprint, count - 1);
        }
        return true;
    }

    /** The length before each value distinguishes ("a", "bc") from ("ab", "c"). */
    private Fingerprint fingerprint(Object[] row) {
        if (digest == null) {
            digest = sha256();
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
