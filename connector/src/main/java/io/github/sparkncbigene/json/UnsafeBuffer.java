package io.github.sparkncbigene.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Builds one value in the binary form in which Spark holds it inside a row, byte for byte as Spark itself writes it,
 * because Spark compares and hashes these bytes. Offsets are relative to the value they are in, so that a value can be
 * moved as a whole.
 */
public final class UnsafeBuffer {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final long BYTE_ARRAY_OFFSET =
            UTF8String.fromBytes(new byte[Long.BYTES]).getBaseOffset();
    private static final int MOST = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[1 << 13];
    private int end;
    private long value;
    private long[] elements = new long[1 << 8];
    private boolean[] present = new boolean[1 << 8];
    private int pushed;

    /** Removes the previous value. */
    public void clear() {
        end = 0;
        pushed = 0;
    }

    /** Returns the position of the next bytes, which is always the start of a word. */
    public int end() {
        return end;
    }

    /** Stores a value of fixed size, or the size in bytes of what was appended. */
    public void value(long fixedOrSize) {
        value = fixedOrSize;
    }

    /** Returns the value of fixed size that was read last, or the size in bytes of what was appended last. */
    public long value() {
        return value;
    }

    /** Appends bytes, and zeroes up to the end of the word. */
    void append(byte[] from, int offset, int length) {
        int rounded = rounded(length);
        ensure(rounded);
        if (rounded > length) {
            LONGS.set(bytes, end + rounded - Long.BYTES, 0L);
        }
        System.arraycopy(from, offset, bytes, end, length);
        end += rounded;
    }

    /** Appends a struct whose fields are all null; returns its position. */
    public int openStruct(int fields) {
        int start = end;
        reserve(bitSet(fields) + fields * Long.BYTES);
        for (int at = start, left = fields; left > 0; at += Long.BYTES, left -= Long.SIZE) {
            putLong(at, left >= Long.SIZE ? -1L : (1L << left) - 1);
        }
        return start;
    }

    /** Sets a field of a struct to the value that was read last. */
    public void setFixed(int struct, int fields, int field, int size) {
        setNull(struct, field, false);
        putFixed(struct + bitSet(fields) + field * Long.BYTES, size, value);
    }

    /** Sets a field of a struct to the bytes appended since the position {@code from}. */
    public void setVariable(int struct, int fields, int field, int from) {
        setNull(struct, field, false);
        putLong(struct + bitSet(fields) + field * Long.BYTES, reference(from - struct, value));
    }

    public void setNull(int struct, int fields, int field) {
        setNull(struct, field, true);
        putLong(struct + bitSet(fields) + field * Long.BYTES, 0);
    }

    /** Puts the variable-length parts of the struct at the buffer's end into the order of the fields. */
    public void reorder(int struct, int fields, boolean[] variable) {
        int header = bitSet(fields) + fields * Long.BYTES;
        byte[] body = Arrays.copyOfRange(bytes, struct, end);
        end = struct + header;
        for (int field = 0; field < fields; field++) {
            int slot = struct + bitSet(fields) + field * Long.BYTES;
            if (variable[field] && !isNull(struct, field)) {
                long reference = (long) LONGS.get(bytes, slot);
                int from = end;
                int size = (int) reference;
                append(body, (int) (reference >>> Integer.SIZE), size);
                putLong(slot, reference(from - struct, size));
            }
        }
    }

    /** Returns the number of elements whose arrays are not yet closed. */
    public int pushed() {
        return pushed;
    }

    /** Adds the value that was read last as an element of fixed size. */
    public void pushFixed() {
        push(value, true);
    }

    /** Adds the bytes appended since the position {@code from}, after the array's start, as an element. */
    public void pushVariable(int array, int from) {
        push(reference(from - array, value), true);
    }

    public void pushNull() {
        push(0, false);
    }

    /**
     * Closes an array: its elements are those added since {@code waited} were open. Their variable-length parts lie
     * between the array's start and the buffer's end.
     *
     * @param size size of an element in bytes; 0 if elements refer to variable-length parts
     */
    public void closeArray(int array, int waited, int size) {
        int count = pushed - waited;
        int slots = Long.BYTES + bitSet(count);
        int slotSize = size == 0 ? Long.BYTES : size;
        int header = slots + rounded(count * slotSize);
        int body = end - array;
        ensure(header);
        System.arraycopy(bytes, array, bytes, array + header, body);
        Arrays.fill(bytes, array, array + header, (byte) 0);
        end += header;
        putLong(array, count);
        for (int i = 0; i < count; i++) {
            if (!present[waited + i]) {
                setNull(array + Long.BYTES, i, true);
            } else if (size == 0) {
                putLong(array + slots + i * Long.BYTES, elements[waited + i] + ((long) header << Integer.SIZE));
            } else {
                putFixed(array + slots + i * size, size, elements[waited + i]);
            }
        }
        pushed = waited;
    }

    /** Returns the appended text. */
    public UTF8String text() {
        return UTF8String.fromBytes(Arrays.copyOf(bytes, (int) value));
    }

    /** Returns the appended struct. */
    public UnsafeRow struct(int fields) {
        UnsafeRow row = new UnsafeRow(fields);
        row.pointTo(Arrays.copyOf(bytes, end), BYTE_ARRAY_OFFSET, end);
        return row;
    }

    /** Returns the appended array. */
    public UnsafeArrayData array() {
        UnsafeArrayData array = new UnsafeArrayData();
        array.pointTo(Arrays.copyOf(bytes, end), BYTE_ARRAY_OFFSET, end);
        return array;
    }

    private void push(long element, boolean isPresent) {
        if (pushed == elements.length) {
            elements = Arrays.copyOf(elements, 2 * pushed);
            present = Arrays.copyOf(present, 2 * pushed);
        }
        elements[pushed] = element;
        present[pushed] = isPresent;
        pushed++;
    }

    private void reserve(int more) {
        ensure(more);
        Arrays.fill(bytes, end, end + more, (byte) 0);
        end += more;
    }

    private void ensure(int more) {
        if (bytes.length - end < more) {
            int least = Math.addExact(end, more);
            bytes = Arrays.copyOf(bytes, Math.max(least, (int) Math.min(2L * bytes.length, MOST)));
        }
    }

    private void setNull(int bits, int index, boolean isNull) {
        int at = bits + (index >> 6) * Long.BYTES;
        long mask = 1L << (index & 63);
        long word = (long) LONGS.get(bytes, at);
        putLong(at, isNull ? word | mask : word & ~mask);
    }

    private boolean isNull(int bits, int index) {
        long word = (long) LONGS.get(bytes, bits + (index >> 6) * Long.BYTES);
        return (word & (1L << (index & 63))) != 0;
    }

    private void putFixed(int at, int size, long fixed) {
        if (size == Integer.BYTES) {
            INTS.set(bytes, at, (int) fixed);
        } else {
            putLong(at, fixed);
        }
    }

    private void putLong(int at, long word) {
        LONGS.set(bytes, at, word);
    }

    private static long reference(int offset, long size) {
        return ((long) offset << Integer.SIZE) | size;
    }

    /** Returns the size of the null bits, in bytes. */
    private static int bitSet(int count) {
        return (count + 63) / 64 * Long.BYTES;
    }

    private static int rounded(int length) {
        return (length + 7) & ~7;
    }
}
