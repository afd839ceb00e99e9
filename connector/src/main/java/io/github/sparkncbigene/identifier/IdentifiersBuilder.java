package io.github.sparkncbigene.identifier;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds a list of identifiers from texts in any order, with any duplicates. */
public final class IdentifiersBuilder {
    /** Virtual machines reserve a part of an array for themselves. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - Long.BYTES;

    /**
     * Number of bytes by which texts are sorted at once, and number of values of each, including the end of the text.
     */
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
     * @param mostBytes largest size of all texts together
     * @param bytes expected size of all texts together
     * @param texts expected number of texts
     */
    IdentifiersBuilder(int mostBytes, int bytes, int texts) {
        this.mostBytes = mostBytes;
        this.bytes = new byte[bytes];
        this.starts = new int[texts + 1];
    }

    /**
     * Adds a text.
     *
     * @throws NcbiGeneException with {@link ErrorCode#INVALID_IDENTIFIER} if a list cannot hold more
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
            throw NcbiGeneException.of(
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

    /** Returns a length one and a half times as large. */
    private static int larger(int length, int least) {
        return Math.min(Math.max(length + (length >> 1), least), LONGEST_ARRAY);
    }

    /** Returns the list of all added texts. */
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
     * Sorts a range of the order by a few bytes of each text and, if these are equal, by the next few. The bytes are
     * compared as numbers, which is much faster than comparing texts scattered over memory.
     *
     * @param order numbers of texts in the low bits, sort keys above
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

    /** Returns some bytes of a text as a number; positions after its end sort before all bytes. */
    private int part(int text, int depth) {
        int part = 0;
        int from = starts[text] + depth;
        for (int i = from; i < from + PART; i++) {
            part = part * BASE + (i < starts[text + 1] ? Byte.toUnsignedInt(bytes[i]) + 1 : 0);
        }
        return part;
    }
}
