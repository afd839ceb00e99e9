package io.github.sparkncbigene.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Redactor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The service's response to a request, held as it was sent: compressed bytes are a tenth of the decoded size. */
public final class Response {
    private static final int INFLATE_BUFFER = 1 << 16;
    private static final int WEB_PAGE_START = 256;
    /** Largest size in bytes of an empty body after gzip. */
    private static final int LARGEST_NOTHING = 64;

    private final String address;
    private final Optional<String> nextPageToken;
    private final Optional<String> requestId;
    private final OptionalLong totalCount;
    private final boolean gzip;
    private final byte[] bytes;
    private final long maxDecodedBytes;
    private final Redactor redactor;
    private final Instant retrievedAt;

    /**
     * @param address the request's address, for errors; contains no secret
     * @param nextPageToken the token in the headers, if any
     * @param requestId NCBI's ID of the request, if it sent one
     * @param gzip true if the bytes are compressed
     * @param bytes the body as sent
     * @param maxDecodedBytes largest size after decompression
     */
    public Response(
            String address,
            Optional<String> nextPageToken,
            Optional<String> requestId,
            boolean gzip,
            byte[] bytes,
            long maxDecodedBytes) {
        this(address, nextPageToken, requestId, gzip, bytes, maxDecodedBytes, now());
    }

    /**
     * Creates a response that was fetched before.
     *
     * @param retrievedAt time when the service sent it
     */
    public Response(
            String address,
            Optional<String> nextPageToken,
            Optional<String> requestId,
            boolean gzip,
            byte[] bytes,
            long maxDecodedBytes,
            Instant retrievedAt) {
        this(
                address,
                nextPageToken,
                requestId,
                OptionalLong.empty(),
                gzip,
                bytes,
                maxDecodedBytes,
                Redactor.none(),
                retrievedAt);
    }

    /**
     * Creates the response of a page whose headers contain the number of reports.
     *
     * @param totalCount number of reports on all pages together, if the headers contain it
     * @param redactor takes secrets out of errors that quote the body
     * @param retrievedAt time when the service sent it
     */
    public Response(
            String address,
            Optional<String> nextPageToken,
            Optional<String> requestId,
            OptionalLong totalCount,
            boolean gzip,
            byte[] bytes,
            long maxDecodedBytes,
            Redactor redactor,
            Instant retrievedAt) {
        this.redactor = redactor;
        this.retrievedAt = retrievedAt;
        this.maxDecodedBytes = maxDecodedBytes;
        this.address = address;
        this.nextPageToken = nextPageToken;
        this.requestId = requestId;
        this.totalCount = totalCount;
        this.gzip = gzip;
        this.bytes = bytes;
    }

    /** Returns the token of the next page, if the headers contain one. */
    public Optional<String> nextPageToken() {
        return nextPageToken;
    }

    /** Returns the request's address, for errors; contains no secret. */
    public String address() {
        return address;
    }

    /** Returns NCBI's ID of the request, if it sent one. */
    public Optional<String> requestId() {
        return requestId;
    }

    /** Returns the origin of the rows in this response. */
    public Retrieval retrieval() {
        return new Retrieval(requestId.orElse(null), retrievedAt);
    }

    /** Returns the current time in milliseconds, the precision that a cache stores. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the number of reports on all pages together, if the headers contain it, as those of a first page do. */
    public OptionalLong totalCount() {
        return totalCount;
    }

    /** Returns the body compressed, even if it was not sent so. */
    public byte[] gzipped() throws IOException {
        if (gzip) {
            return bytes;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    /** Returns the body, which is inflated while it is read. */
    public InputStream body() throws IOException {
        InputStream raw = new ByteArrayInputStream(bytes);
        return gzip
                ? new BoundedInputStream(
                        new GZIPInputStream(raw, INFLATE_BUFFER), maxDecodedBytes, Option.MAX_DECODED_BYTES.key())
                : raw;
    }

    /** Returns true if the body is empty. */
    public boolean isEmpty() {
        if (bytes.length > LARGEST_NOTHING) {
            return false;
        }
        try (InputStream body = body()) {
            return body.read() < 0;
        } catch (IOException e) {
            // The reader will report the failure.
            return false;
        }
    }

    /** Returns true if the body starts like a web page. */
    public boolean isWebPage() {
        try (InputStream body = body()) {
            String start = new String(body.readNBytes(WEB_PAGE_START), StandardCharsets.UTF_8)
                    .replace("\uFEFF", "")
                    .stripLeading()
                    .toLowerCase(Locale.ROOT);
            return start.startsWith("<!doctype html") || start.startsWith("<html");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns true if the body is held compressed, so that reading it costs time. */
    public boolean isCompressed() {
        return gzip;
    }

    /** Returns the number of bytes held. */
    public int size() {
        return bytes.length;
    }

    /**
     * Returns the failure of an unreadable response. Truncated and malformed responses may be better after a retry.
     *
     * @param why the reader's exception
     */
    public ServiceException unreadable(IOException why) {
        ServiceException failure = quoting(why);
        return new ServiceException(failure.kind(), redactor.hideIn(failure.error()), redactor.hideIn(failure.said()));
    }

    private ServiceException quoting(IOException why) {
        if (why instanceof TooLargeException tooLarge) {
            return new ServiceException(
                    ServiceException.Kind.TOO_LARGE,
                    new NcbiGeneException(
                            ErrorCode.RESPONSE_TOO_LARGE,
                            "The answer to " + reference() + " cannot be read: " + why.getMessage() + ". "
                                    + tooLarge.remedy() + ".",
                            why));
        }
        if (why instanceof WrongResponseException wrongResponse) {
            return new ServiceException(
                    wrongResponse.isOfAllPages() ? ServiceException.Kind.REJECTED : ServiceException.Kind.TRANSIENT,
                    new NcbiGeneException(
                            ErrorCode.BAD_RESPONSE,
                            "The response to " + reference() + " does not answer the request: " + why.getMessage()
                                    + ". Try again later; if it lasts, check that base_url is the gene service."),
                    wrongResponse.said());
        }
        return new ServiceException(
                ServiceException.Kind.TRANSIENT,
                new NcbiGeneException(
                        ErrorCode.BAD_RESPONSE,
                        "The answer to " + reference() + " cannot be read: " + words(why)
                                + ". Check that base_url is the gene service; if it is, try again later.",
                        why));
    }

    /** Returns the exception's message; Jackson's without the lines about the position in the stream. */
    private static String words(IOException why) {
        return why instanceof JsonProcessingException malformed ? malformed.getOriginalMessage() : why.getMessage();
    }

    /** Returns the request's address and NCBI's ID of it, for errors. */
    public String reference() {
        return address + requestId.map(id -> " (request id " + id + ")").orElse("");
    }

    @Override
    public String toString() {
        return "Answer[" + reference() + ", " + bytes.length + " bytes]";
    }
}
