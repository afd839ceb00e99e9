package io.github.sparkncbigene.service;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The service's answer to a request, held as it was sent: compressed bytes are a tenth of what they decode to. */
public final class Answer {
    private static final int INFLATE_BUFFER = 1 << 16;

    private final String address;
    private final Optional<String> nextPageToken;
    private final Optional<String> requestId;
    private final boolean gzip;
    private final byte[] bytes;

    /**
     * @param address what was asked, for errors; holds no secret
     * @param nextPageToken the token in the headers, where there is one
     * @param requestId NCBI's id of the request, where it gave one
     * @param gzip whether the bytes are compressed
     * @param bytes the body as sent
     */
    public Answer(
            String address, Optional<String> nextPageToken, Optional<String> requestId, boolean gzip, byte[] bytes) {
        this.address = address;
        this.nextPageToken = nextPageToken;
        this.requestId = requestId;
        this.gzip = gzip;
        this.bytes = bytes;
    }

    /** The token of the next page, where the headers name one. */
    public Optional<String> nextPageToken() {
        return nextPageToken;
    }

    /** The body, inflated while it is read. */
    public InputStream body() throws IOException {
        InputStream raw = new ByteArrayInputStream(bytes);
        return gzip ? new GZIPInputStream(raw, INFLATE_BUFFER) : raw;
    }

    /** What was asked and NCBI's id of it, for errors. */
    public String reference() {
        return address + requestId.map(id -> " (request id " + id + ")").orElse("");
    }

    @Override
    public String toString() {
        return "Answer[" + reference() + ", " + bytes.length + " bytes]";
    }
}
