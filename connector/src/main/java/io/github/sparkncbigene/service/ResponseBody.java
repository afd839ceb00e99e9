package io.github.sparkncbigene.service;

import io.github.sparkncbigene.options.Option;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The bytes of a response, held as they were sent: compressed, they are a tenth of the decoded size. */
public final class ResponseBody {
    private static final int INFLATE_BUFFER = 1 << 16;
    private static final int WEB_PAGE_START = 256;
    /** Largest size in bytes of an empty body after gzip. */
    private static final int LARGEST_NOTHING = 64;

    private final byte[] bytes;
    private final boolean gzip;
    private final long maxDecodedBytes;

    /**
     * @param bytes the body as sent
     * @param gzip true if the bytes are compressed
     * @param maxDecodedBytes largest size after decompression
     */
    public ResponseBody(byte[] bytes, boolean gzip, long maxDecodedBytes) {
        this.bytes = bytes;
        this.gzip = gzip;
        this.maxDecodedBytes = maxDecodedBytes;
    }

    /** Opens the body, which is inflated while it is read. */
    InputStream open() throws IOException {
        InputStream raw = new ByteArrayInputStream(bytes);
        return gzip
                ? new BoundedInputStream(
                        new GZIPInputStream(raw, INFLATE_BUFFER), maxDecodedBytes, Option.MAX_DECODED_BYTES.key())
                : raw;
    }

    byte[] gzipped() throws IOException {
        if (gzip) {
            return bytes;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    boolean isEmpty() {
        if (bytes.length > LARGEST_NOTHING) {
            return false;
        }
        try (InputStream body = open()) {
            return body.read() < 0;
        } catch (IOException e) {
            // The reader will report the failure.
            return false;
        }
    }

    boolean isWebPage() {
        try (InputStream body = open()) {
            String start = new String(body.readNBytes(WEB_PAGE_START), StandardCharsets.UTF_8)
                    .replace("\uFEFF", "")
                    .stripLeading()
                    .toLowerCase(Locale.ROOT);
            return start.startsWith("<!doctype html") || start.startsWith("<html");
        } catch (IOException e) {
            return false;
        }
    }

    boolean isCompressed() {
        return gzip;
    }

    int size() {
        return bytes.length;
    }
}
