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
 * The rows that a batch has emitted so far. A report that comes again, on another page or attempt, is known by its key;
 * the row of a table, which has none, by a fingerprint of its values.
 */
public final class EmittedRows {
    /** Half of a SHA-256 hash: rows are not kept, and two different rows do not share one. */
    private record Fingerprint(long first, long second) {}

    private final Set<Object> keys = new HashSet<>();
    private final Map<Fingerprint, Integer> tableRows = new HashMap<>();
    /** Made when the first row of a table comes. */
    private MessageDigest digest;

    /** True if no row of a table was emitted, or all were taken back. */
    public boolean isEmpty() {
        return tableRows.isEmpty();
    }

    /** True the first time that a key is given; remembers the key. */
    public boolean first(Object key) {
        return keys.add(key);
    }

    /** Remembers a row of a table. A table may hold the same row several times; each counts. */
    public void add(Object[] row) {
        tableRows.merge(fingerprint(row), 1, Integer::sum);
    }

    /** True if a row of a table that is read again was emitted before; forgets one such row. */
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

    /** The length before each value keeps ("a", "bc") and ("ab", "c") apart. */
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
