package io.github.sparkncbigene.segment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Texts in a file of the cache: a length in bytes (4), then UTF-8. */
public final class TextFields {
    private TextFields() {}

    public static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(length, 0));
        if (bytes.length != length) {
            throw new UnusableException("a text has an impossible length");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
