package io.github.sparkncbigene.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Validates UTF-8. */
public final class Utf8 {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** Returns true if the bytes are UTF-8 and hold only Unicode's well-formed sequences. */
    public static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at] & 0xFF;
            if (lead < 0x80) {
                boolean isAsciiWord = at + Long.BYTES <= to && ((long) WORDS.get(bytes, at) & NOT_ASCII) == 0;
                at += isAsciiWord ? Long.BYTES : 1;
                continue;
            }
            int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            if (lead < 0xC2 || lead > 0xF4 || at + length > to) {
                return false;
            }
            int second = bytes[at + 1] & 0xFF;
            // Rejects overlong forms, surrogates, and everything above U+10FFFF.
            int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            if (second < least || second > most) {
                return false;
            }
            for (int i = 2; i < length; i++) {
                if ((bytes[at + i] & 0xC0) != 0x80) {
                    return false;
                }
            }
            at += length;
        }
        return true;
    }
}
