package io.github.sparkncbigene.segment;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The block and the age of each identifier's response, packed: a million take about 30 MB. */
public final class CacheIndex {
    /** An identifier is shorter: a symbol has 1000 characters at most. */
    static final int LONGEST_KEY = 0xFFFF;

    private static final int LEAST = 16;

    private byte[] keys = new byte[LEAST * LEAST];
    private int[] starts = new int[LEAST + 1];
    private long[] times = new long[LEAST];
    private int[] blocks = new int[LEAST];
    private int size;

    public void add(byte[] key, long time, int block) {
        add(key, 0, key.length, time, block);
    }

    /** Adds an entry of another index, with a block of its own. */
    public void add(CacheIndex other, int entry, int block) {
        add(other.keys, other.starts[entry], other.starts[entry + 1], other.times[entry], block);
    }

    private void add(byte[] from, int start, int end, long time, int block) {
        int at = starts[size];
        int length = end - start;
        if (at + length > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(keys.length + (keys.length >> 1), at + length));
        }
        if (size == times.length) {
            int larger = size + (size >> 1);
            starts = Arrays.copyOf(starts, larger + 1);
            times = Arrays.copyOf(times, larger);
            blocks = Arrays.copyOf(blocks, larger);
        }
        System.arraycopy(from, start, keys, at, length);
        times[size] = time;
        blocks[size] = block;
        starts[++size] = at + length;
    }

    public int size() {
        return size;
    }

    public long time(int entry) {
        return times[entry];
    }

    public int block(int entry) {
        return blocks[entry];
    }

    void block(int entry, int block) {
        blocks[entry] = block;
    }

    public byte[] key(int entry) {
        return Arrays.copyOfRange(keys, starts[entry], starts[entry + 1]);
    }

    String text(int entry) {
        return new String(keys, starts[entry], starts[entry + 1] - starts[entry], StandardCharsets.UTF_8);
    }

    public int compare(int entry, CacheIndex other, int otherEntry) {
        return Arrays.compareUnsigned(
                keys,
                starts[entry],
                starts[entry + 1],
                other.keys,
                other.starts[otherEntry],
                other.starts[otherEntry + 1]);
    }

    /** The first entry whose key is not less. */
    public int firstFrom(byte[] key) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(keys, starts[middle], starts[middle + 1], key, 0, key.length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The same in the order of keys, each once: of one that is there twice, the newest. */
    CacheIndex sorted() {
        List<CacheIndex> runs = new ArrayList<>();
        for (int from = 0; from < size; ) {
            CacheIndex run = new CacheIndex();
            int entry = from;
            do {
                run.add(this, entry, blocks[entry]);
                entry++;
            } while (entry < size && compare(entry - 1, this, entry) < 0);
            from = entry;
            runs.add(run);
        }
        return merged(runs);
    }

    /** All entries of indexes that are in order: of a key in several, the newest. */
    static CacheIndex merged(List<CacheIndex> sorted) {
        List<CacheIndex> left = sorted;
        while (left.size() > 1) {
            List<CacheIndex> merged = new ArrayList<>();
            for (int i = 0; i < left.size(); i += 2) {
                merged.add(i + 1 < left.size() ? merged(left.get(i), left.get(i + 1)) : left.get(i));
            }
            left = merged;
        }
        return left.isEmpty() ? new CacheIndex() : left.get(0);
    }

    private static CacheIndex merged(CacheIndex one, CacheIndex other) {
        CacheIndex merged = new CacheIndex();
        int i = 0;
        int j = 0;
        while (i < one.size || j < other.size) {
            int order = i == one.size ? 1 : j == other.size ? -1 : one.compare(i, other, j);
            if (order < 0 || (order == 0 && one.times[i] > other.times[j])) {
                merged.add(one, i, one.blocks[i]);
            } else {
                merged.add(other, j, other.blocks[j]);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return merged;
    }

    /** Some entries as bytes. */
    byte[] bytes(int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(to - from);
            for (int entry = from; entry < to; entry++) {
                out.writeShort(starts[entry + 1] - starts[entry]);
                out.write(keys, starts[entry], starts[entry + 1] - starts[entry]);
                out.writeLong(times[entry]);
                out.writeInt(blocks[entry]);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Memory takes what is written to it", e);
        }
        return bytes.toByteArray();
    }

    /** Reads entries; they have to be in order. */
    static CacheIndex read(byte[] bytes, int blockCount) throws UnusableException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CacheIndex index = new CacheIndex();
        try {
            int count = in.getInt();
            for (int i = 0; i < count; i++) {
                int length = Short.toUnsignedInt(in.getShort());
                int start = in.position();
                in.position(start + length);
                long time = in.getLong();
                int block = in.getInt();
                if (block < 0 || block >= blockCount) {
                    throw new UnusableException("its index names a block that is not there");
                }
                index.add(bytes, start, start + length, time, block);
                if (i > 0 && index.compare(i - 1, index, i) >= 0) {
                    throw new UnusableException("its index is not in order");
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new UnusableException("its index ends too early");
        }
        return index;
    }
}
