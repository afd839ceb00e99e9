package io.github.sparkncbigene.files;

import io.github.sparkncbigene.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Computes a digest of the start and the end of a text. The digest covers a text of up to 128 KiB completely, and costs
 * no more for a longer one.
 */
final class TextDigest {
    /** Bytes at the start, and as many at the end. */
    static final int WINDOW = 1 << 16;

    /** Bytes of the SHA-256 hash that are used; two texts that differ by accident never share that many. */
    private static final int BYTES_KEPT = 16;

    private static final int BUFFER = 1 << 13;

    private TextDigest() {}

    /**
     * Computes the digest of a stream from its start.
     *
     * @param length length of the text, in bytes
     * @return empty if the stream is shorter
     */
    static Optional<String> of(InputStream text, long length) throws IOException {
        MessageDigest digest = Sha256.digest();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, length));
        long between = length - 2L * WINDOW;
        boolean whole;
        if (between <= 0) {
            whole = update(digest, text, length);
        } else {
            whole = update(digest, text, WINDOW) && skip(text, between) && update(digest, text, WINDOW);
        }
        return whole ? Optional.of(HexFormat.of().formatHex(digest.digest(), 0, BYTES_KEPT)) : Optional.empty();
    }

    private static boolean update(MessageDigest digest, InputStream text, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int read = text.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                return false;
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
        return true;
    }

    /** Skips bytes, by seeking if the file is not compressed: the file may be long and far away. */
    private static boolean skip(InputStream text, long bytes) throws IOException {
        if (text instanceof FSDataInputStream file) {
            file.seek(file.getPos() + bytes);
            return true;
        }
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        while (left > 0) {
            int read = text.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                return false;
            }
            left -= read;
        }
        return true;
    }
}
