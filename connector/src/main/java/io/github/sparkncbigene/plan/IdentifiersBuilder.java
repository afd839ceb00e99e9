package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects texts, in any order and however often each, to a list of identifiers. */
public final class IdentifiersBuilder {
    /** Virtual machines keep some of an array for themselves. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - Long.BYTES;

    /** How many bytes of a text are sorted by at once, and how many values each may have, its end included. */
    private static final int PART = 3;

    private static final int BASE = 257;

    private final int mostBytes;
    private byte[] bytes;
    private int[] starts;
    private int size;
    private boolean ordered = true;

    public IdentifiersBuilder() {
        this(LONGEST_ARRAY, 256, 16);
    }

    /**
     * @param mostBytes of all texts together
     * @param bytes of all texts together, as expected
     * @param texts as expected
     */
    IdentifiersBuilder(int mostBytes, int bytes, int texts) {
        this.mostBytes = mostBytes;
        this.bytes = new byte[bytes];
        this.starts = new int[texts + 1];
    }

    /**
     * Adds a text.
     *
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_IDENTIFIER} if that is more than a list can hold
     */
    public void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        add(utf8, 0, utf8.length);
    }

    private void add(byte[] text, int from, int to) {
        int end = starts[size];
        if (size > 0) {
            int compared = Arrays.compareUnsigned(bytes, starts[size - 1], end, text, from, to);
            if (compared == 0) {
                return;
            }
            ordered &= compared < 0;
        }
        int length = to - from;
        if (length > mostBytes - end) {
            throw new NcbiGeneException(
                    ErrorCode.INVALID_IDENTIFIER,
                    "The list of identifiers is longer than " + mostBytes + " bytes, after " + size
                            + " identifiers. Read it in parts, or as a stream.");
        }
        if (end + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, larger(bytes.length, end + length));
        }
        if (size + 1 == starts.length) {
            starts = Arrays.copyOf(starts, larger(starts.length, size + 2));
        }
        System.arraycopy(text, from, bytes, end, length);
        starts[++size] = end + length;
    }

    /** Half as much again. */
    private static int larger(int length, int least) {
        return Math.min(Math.max(length + (length >> 1), least), LONGEST_ARRAY);
    }

    /** The list of all that was added so far. */
    public Identifiers build() {
        if (!ordered) {
            return sorted().build();
        }
        boolean full = starts[size] == bytes.length && size + 1 == starts.length;
        return full
                ? new Identifiers(bytes, starts)
                : new Identifiers(Arrays.copyOf(bytes, starts[size]), Arrays.copyOf(starts, size + 1));
    }

    private IdentifiersBuilder sorted() {
        long[] order = new long[size];
        Arrays.setAll(order, text -> text);
        sort(order, 0, size, 0);
        IdentifiersBuilder sorted = new IdentifiersBuilder(mostBytes, starts[size], size);
        for (long key : order) {
            sorted.add(bytes, starts[(int) key], starts[(int) key + 1]);
        }
        return sorted;
    }

    /**
     * Sorts a range of the order by a few bytes of each text and, where these are the same, by the next few: as numbers,
     * which takes a fraction of the time that it takes to compare texts all over memory.
     *
     * @param order numbers of texts, below what they are sorted by
     */
    private void sort(long[] order, int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            int text = (int) order[i];
            order[i] = (long) part(text, depth) << Integer.SIZE | text;
        }
        Arrays.sort(order, from, to);
        int first = from;
        for (int i = from + 1; i <= to; i++) {
            int part = (int) (order[first] >>> Integer.SIZE);
            if (i == to || part != (int) (order[i] >>> Integer.SIZE)) {
                boolean ended = part % BASE == 0;
                if (i - first > 1 && !ended) {
                    sort(order, first, i, depth + PART);
                }
                first = i;
            }
        }
    }

    /** Some bytes of a text as a number; those after its end are less than all others. */
    private int part(int text, int depth) {
        int part = 0;
        int from = starts[text] + depth;
        for (int i = from; i < from + PART; i++) {
            part = part * BASE + (i < starts[text + 1] ? Byte.toUnsignedInt(bytes[i]) + 1 : 0);
        }
        return part;
    }
}
