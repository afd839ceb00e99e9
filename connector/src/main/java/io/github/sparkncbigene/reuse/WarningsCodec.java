package io.github.sparkncbigene.reuse;

import io.github.sparkncbigene.decode.NcbiWarning;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Warnings as bytes, for the cache. */
public final class WarningsCodec {
    private static final byte[] NONE = new byte[0];

    private WarningsCodec() {}

    static byte[] bytes(List<NcbiWarning> warnings) {
        if (warnings.isEmpty()) {
            return NONE;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (NcbiWarning warning : warnings) {
                write(out, warning.code());
                write(out, warning.reason());
                write(out, warning.message());
                write(out, warning.requested());
                write(out, warning.returned());
                write(out, warning.unrecognizedIdentifier());
                List<String> invalid = warning.invalidIdentifiers();
                out.writeInt(invalid == null ? -1 : invalid.size());
                for (String identifier : invalid == null ? List.<String>of() : invalid) {
                    write(out, identifier);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory never fails", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads warnings back.
     *
     * @throws IOException if the bytes are not warnings
     */
    public static List<NcbiWarning> warnings(byte[] bytes) throws IOException {
        List<NcbiWarning> warnings = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        while (in.available() > 0) {
            warnings.add(new NcbiWarning(read(in), read(in), read(in), read(in), read(in), read(in), list(in)));
        }
        return warnings;
    }

    private static List<String> list(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(read(in));
        }
        return texts;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text == null ? NONE : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text == null ? -1 : bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        if (length > in.available()) {
            throw new IOException("a warning ends too early");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
