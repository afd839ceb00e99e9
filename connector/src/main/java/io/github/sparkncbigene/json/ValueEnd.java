package io.github.sparkncbigene.json;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the end of an unwanted JSON object or array by its brackets and strings, 64 bytes at a time. Unbalanced
 * brackets and invalid characters in strings are errors; nothing else is validated.
 */
final class ValueEnd {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = Long.SIZE;
    private static final long ONES = 0x0101010101010101L;
    private static final long SEVEN_BITS = 0x7F * ONES;
    private static final long HIGH_BITS = ONES << 7;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;
    /**
     * With these bits set, a bracket has seven bits set. Few other characters have, and those occur in strings only.
     */
    private static final long BRACKETS = 0x26 * ONES;
    /** Gathers the lowest bits of eight bytes in the highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    private static final int NOT_HERE = -1;
    private static final int LOOK_CLOSER = -2;

    /**
     * Characters of an escape still to come: the hexadecimal digits. One more than these stands for the character after
     * a {@code \}.
     */
    private static final int HEX_DIGITS = 4;

    private static final int KIND_OF_ESCAPE = HEX_DIGITS + 1;

    /** The open values, one bit each, set for an object; the innermost is the lowest bit. */
    private long objects;
    /** The open values further out, 64 to an element. */
    private long[] outer = new long[1];

    private int depth;
    private boolean inString;
    private int escape;

    /** Starts after the bracket that opens the value. */
    void begin(boolean isObject) {
        depth = 0;
        inString = false;
        escape = 0;
        open(isObject);
    }

    /**
     * Returns the position after the value's last bracket; below 0 if the value continues in the next bytes.
     *
     * @throws IOException if the text is not JSON
     */
    int find(byte[] in, int from, int to) throws IOException {
        int end = NOT_HERE;
        for (int at = from; at < to && end < 0; at += BLOCK) {
            end = to - at >= BLOCK && escape == 0 ? findInBlock(in, at) : LOOK_CLOSER;
            if (end == LOOK_CLOSER) {
                end = findOneByOne(in, at, Math.min(to, at + BLOCK));
            }
        }
        return end;
    }

    private int findInBlock(byte[] in, int at) throws IOException {
        long quotes = 0;
        long brackets = 0;
        long rare = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            long word = (long) WORDS.get(in, at + i);
            long backslash = word ^ BACKSLASHES;
            // Tells whether a match exists, not its position.
            rare |= ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word);
            quotes |= zeroes(word ^ QUOTES) << i;
            brackets |= zeroes((word | BRACKETS) ^ SEVEN_BITS) << i;
        }
        if ((rare & HIGH_BITS) != 0) {
            return LOOK_CLOSER;
        }
        long strings = betweenOddAndEven(quotes) ^ (inString ? -1L : 0);
        inString = strings < 0;
        for (long left = brackets & ~strings; left != 0; left &= left - 1) {
            int position = at + Long.numberOfTrailingZeros(left);
            if (ends(in[position])) {
                return position + 1;
            }
        }
        return NOT_HERE;
    }

    private int findOneByOne(byte[] in, int from, int to) throws IOException {
        for (int at = from; at < to; at++) {
            byte b = in[at];
            if (escape > 0) {
                escape = escapeAfter(b);
            } else if (b == '"') {
                inString = !inString;
            } else if (b >= 0 && b < ' ' && (inString || (b != '\n' && b != '\r' && b != '\t'))) {
                throw new IOException("unexpected control character " + b);
            } else if (b == '\\') {
                if (!inString) {
                    throw new IOException("a '\\' outside a string");
                }
                escape = KIND_OF_ESCAPE;
            } else if (!inString && ends(b)) {
                return at + 1;
            }
        }
        return NOT_HERE;
    }

    private int escapeAfter(byte b) throws IOException {
        boolean exists;
        if (escape == KIND_OF_ESCAPE) {
            if (b == 'u') {
                return HEX_DIGITS;
            }
            exists = "\"\\/bfnrt".indexOf(b) >= 0;
            escape = 1;
        } else {
            exists = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
        }
        if (!exists) {
            throw new IOException("a string contains an invalid escape");
        }
        return escape - 1;
    }

    /** Returns true if the value ends with this byte, which is outside strings. */
    private boolean ends(byte b) throws IOException {
        switch (b) {
            case '{', '[' -> open(b == '{');
            case '}', ']' -> close(b == '}');
            default -> {
                // not a bracket
            }
        }
        return depth == 0;
    }

    private void open(boolean isObject) {
        if (depth > 0 && depth % Long.SIZE == 0) {
            int full = depth / Long.SIZE;
            if (full > outer.length) {
                outer = Arrays.copyOf(outer, 2 * full);
            }
            outer[full - 1] = objects;
        }
        objects = (objects << 1) | (isObject ? 1 : 0);
        depth++;
    }

    private void close(boolean isObject) throws IOException {
        if (isObject != ((objects & 1) != 0)) {
            throw new IOException(isObject ? "an array ends with '}'" : "an object ends with ']'");
        }
        depth--;
        objects = depth > 0 && depth % Long.SIZE == 0 ? outer[depth / Long.SIZE - 1] : objects >>> 1;
    }

    /** Returns a bit for each of eight bytes, set if the byte is zero. */
    private static long zeroes(long word) {
        long zero = ~(((word & SEVEN_BITS) + SEVEN_BITS) | word | SEVEN_BITS);
        return ((zero >>> 7) * GATHER) >>> (Long.SIZE - Long.BYTES);
    }

    /** Sets the bits from each set bit at an odd place (first, third, …) up to the one before the next set bit. */
    private static long betweenOddAndEven(long bits) {
        long between = bits;
        for (int shift = 1; shift < Long.SIZE; shift *= 2) {
            between ^= between << shift;
        }
        return between;
    }
}
