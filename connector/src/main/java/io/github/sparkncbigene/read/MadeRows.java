package io.github.sparkncbigene.read;

import io.github.sparkncbigene.decode.Once;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The rows that a batch has given so far: what comes again is known by its key, or, in a table, by its content. */
final class MadeRows implements Once {
    private final Set<Object> keys = new HashSet<>();
    private final Map<Long, Integer> tableRows = new HashMap<>();

    /** Whether a table gave no row so far, or all it gave were taken back. */
    boolean isEmpty() {
        return tableRows.isEmpty();
    }

    @Override
    public boolean first(Object key) {
        return keys.add(key);
    }

    /** Takes note of a row of a table, in which the same row may rightly come several times. */
    void add(Object[] row) {
        tableRows.merge(content(row), 1, Integer::sum);
    }

    /** Whether a row of a table that is read again was given before; each one given counts once. */
    boolean takeBack(Object[] row) {
        Long content = content(row);
        Integer count = tableRows.get(content);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            tableRows.remove(content);
        } else {
            tableRows.put(content, count - 1);
        }
        return true;
    }

    /** 64 bits of two independent hashes. */
    private static Long content(Object[] row) {
        long second = 7;
        for (Object value : row) {
            second = second * 1_000_003 + (value == null ? 0 : value.hashCode());
        }
        return ((long) Arrays.hashCode(row) << 32) ^ second;
    }
}
