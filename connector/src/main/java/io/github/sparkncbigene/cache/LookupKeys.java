package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.segment.CacheIndex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Identifiers to look up, as they are sent and in the order of an index, each with the newest place found so far. */
final class LookupKeys {
    static final int NOWHERE = -1;

    private final CacheIndex keys;
    /** Number of the block over all segments; {@link #NOWHERE} for a key that is not found. */
    private final int[] blocks;

    private final long[] times;

    /** @param texts as they were given */
    LookupKeys(IdentifierKind kind, List<String> texts) {
        CacheIndex given = new CacheIndex();
        boolean ordered = true;
        for (int i = 0; i < texts.size(); i++) {
            String sent = new Identifier(kind, texts.get(i)).requested();
            given.add(sent.getBytes(StandardCharsets.UTF_8), 0, i);
            ordered &= i == 0 || given.compare(i - 1, given, i) <= 0;
        }
        this.keys = ordered ? given : sorted(given);
        this.blocks = new int[texts.size()];
        this.times = new long[texts.size()];
        Arrays.fill(blocks, NOWHERE);
    }

    /** Two texts may be sent as the same key: both are kept. */
    private static CacheIndex sorted(CacheIndex given) {
        Comparator<Integer> order = (one, other) -> given.compare(one, given, other);
        CacheIndex sorted = new CacheIndex();
        IntStream.range(0, given.size())
                .boxed()
                .sorted(order)
                .forEach(entry -> sorted.add(given, entry, given.block(entry)));
        return sorted;
    }

    /** Returns true if a part of an index may hold any of the keys: it begins with a key, and so does the next, if any. */
    boolean mayBeIn(byte[] firstKey, byte[] nextKey) {
        int from = keys.firstFrom(firstKey);
        return from < keys.size() && (nextKey == null || Arrays.compareUnsigned(keys.key(from), nextKey) < 0);
    }

    /**
     * Records the keys that an index holds.
     *
     * @param firstBlock number of the first block of its segment
     * @param oldest earliest valid time
     * @param newest latest valid time
     */
    void find(CacheIndex index, int firstBlock, long oldest, long newest) {
        if (index.size() == 0) {
            return;
        }
        int key = keys.firstFrom(index.key(0));
        int entry = 0;
        while (key < keys.size() && entry < index.size()) {
            int order = keys.compare(key, index, entry);
            if (order > 0) {
                entry++;
            } else {
                if (order == 0) {
                    found(key, firstBlock + index.block(entry), index.time(entry), oldest, newest);
                }
                key++;
            }
        }
    }

    private void found(int key, int block, long time, long oldest, long newest) {
        boolean counts = time >= oldest && time <= newest;
        if (counts && (blocks[key] == NOWHERE || time > times[key])) {
            blocks[key] = block;
            times[key] = time;
        }
    }

    int size() {
        return keys.size();
    }

    int block(int key) {
        return blocks[key];
    }

    /** Returns the number of the text that is sent as a key. */
    int text(int key) {
        return keys.block(key);
    }
}
