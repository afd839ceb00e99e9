package io.github.sparkncbigene.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Secret;
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

/** The service's answer to a request, held as it was sent: compressed bytes are a tenth of what they decode to. */
public final class Answer {
    private static final int INFLATE_BUFFER = 1 << 16;
    private static final int WEB_PAGE_START = 256;
    /** What nothing may take, compressed. */
    private static final int LARGEST_NOTHING = 64;

    private final String address;
    private final Optional<String> nextPageToken;
    private final Optional<String> requestId;
    private final OptionalLong totalCount;
    private final boolean gzip;
    private final byte[] bytes;
    private final long maxDecodedBytes;
    private final Optional<Secret> key;
    private final Instant retrievedAt;

    /**
     * @param address what was asked, for errors; holds no secret
     * @param nextPageToken the token in the headers, where there is one
     * @param requestId NCBI's id of the request, where it gave one
     * @param gzip whether the bytes are compressed
     * @param bytes the body as sent
     * @param maxDecodedBytes how far it may inflate
     */
    public Answer(
            String address,
            Optional<String> nextPageToken,
            Optional<String> requestId,
            boolean gzip,
            byte[] bytes,
            long maxDecodedBytes) {
        this(address, nextPageToken, requestId, gzip, bytes, maxDecodedBytes, now());
    }

    /**
     * The same, of a response that was fetched before.
     *
     * @param retrievedAt when the service sent it
     */
    public Answer(
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
                Optional.empty(),
                retrievedAt);
    }

    /**
     * The same, of a page whose headers say how many reports there are.
     *
     * @param totalCount reports that all pages hold together, where the headers say so
     * @param key to be taken out of errors that quote the body
     * @param retrievedAt when the service sent it
     */
    Answer(
            String address,
            Optional<String> nextPageToken,
            Optional<String> requestId,
            OptionalLong totalCount,
            boolean gzip,
            byte[] bytes,
            long maxDecodedBytes,
            Optional<Secret> key,
            Instant retrievedAt) {
        this.key = key;
        this.retrievedAt = retrievedAt;
        this.maxDecodedBytes = maxDecodedBytes;
        this.address = address;
        this.nextPageToken = nextPageToken;
        this.requestId = requestId;
        this.totalCount = totalCount;
        this.gzip = gzip;
        this.bytes = bytes;
    }

    /** The token of the next page, where the headers name one. */
    public Optional<String> nextPageToken() {
        return nextPageToken;
    }

    /** What was asked, for errors; holds no secret. */
    public String address() {
        return address;
    }

    /** NCBI's id of the request, where it gave one. */
    public Optional<String> requestId() {
        return requestId;
    }

    /** Where the rows of this response come from. */
    public Retrieval retrieval() {
        return new Retrieval(requestId.orElse(null), retrievedAt);
    }

    /** The time in milliseconds, which is what a cache keeps of it. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** How many reports all pages hold together, where the headers say so, which those of a first page do. */
    public OptionalLong totalCount() {
        return totalCount;
    }

    /** The body compressed, whether or not it was sent so. */
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

    /** The body, inflated while it is read. */
    public InputStream body() throws IOException {
        InputStream raw = new ByteArrayInputStream(bytes);
        return gzip
                ? new BoundedInputStream(
                        new GZIPInputStream(raw, INFLATE_BUFFER), maxDecodedBytes, Option.MAX_DECODED_BYTES.key())
                : raw;
    }

    /** Whether there is no body. */
    public boolean isEmpty() {
        if (bytes.length > LARGEST_NOTHING) {
            return false;
        }
        try (InputStream body = body()) {
            return body.read() < 0;
        } catch (IOException e) {
            // Who reads it will see.
            return false;
        }
    }

    /** True if the body starts like a web page's. */
    boolean isWebPage() {
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

    /** Whether it is held compressed, so that reading its body costs time. */
    public boolean isCompressed() {
        return gzip;
    }

    /** How many bytes are held. */
    public int size() {
        return bytes.length;
    }

    /**
     * The trouble with an answer that cannot be read: cut and malformed ones may be better the next time.
     *
     * @param why the reader's words
     */
    public ServiceException unreadable(IOException why) {
        ServiceException trouble = quoting(why);
        return key.map(secret -> new ServiceException(
                        trouble.kind(), secret.hideIn(trouble.error()), secret.hideIn(trouble.said())))
                .orElse(trouble);
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
        if (why instanceof NoAnswerException noAnswer) {
            return new ServiceException(
                    noAnswer.isOfAllPages() ? ServiceException.Kind.REJECTED : ServiceException.Kind.TRANSIENT,
                    new NcbiGeneException(
                            ErrorCode.BAD_RESPONSE,
                            "The response to " + reference() + " does not answer the request: " + why.getMessage()
                                    + ". Try again later; if it lasts, check that base_url is the gene service."),
                    noAnswer.said());
        }
        return new ServiceException(
                ServiceException.Kind.TRANSIENT,
                new NcbiGeneException(
                        ErrorCode.BAD_RESPONSE,
                        "The answer to " + reference() + " cannot be read: " + words(why)
                                + ". Check that base_url is the gene service; if it is, try again later.",
                        why));
    }

    /** A reader's words; of Jackson's without the lines that say where in which stream. */
    private static String words(IOException why) {
        return why instanceof JsonProcessingException malformed ? malformed.getOriginalMessage() : why.getMessage();
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
