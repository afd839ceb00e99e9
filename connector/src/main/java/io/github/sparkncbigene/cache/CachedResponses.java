package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.segment.Seals;
import io.github.sparkncbigene.segment.TextFields;
import io.github.sparkncbigene.segment.UnusableException;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ResponseBody;
import io.github.sparkncbigene.service.ResponseHead;
import io.github.sparkncbigene.service.ServiceException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cached responses to one batch. All of them are checked before any is used; only the first is held in memory. */
public final class CachedResponses {
    private static final Logger LOG = LoggerFactory.getLogger(CachedResponses.class);
    private static final int BUFFER = 1 << 16;

    private final FileSystem fileSystem;
    private final Path file;
    private final long maxDecodedBytes;
    private final FileSystemGuard guard;
    private final Map<Optional<String>, Place> places = new HashMap<>();
    private Instant cachedAt;
    private int head;
    private Response firstPage;
    private ServiceException failure;

    /** The place of a page in the file. */
    private record Place(long offset, int number, int length) {}

    /** A page and the token of its request. */
    private record Page(Optional<String> token, Response response) {}

    private CachedResponses(FileSystem fileSystem, Path file, long maxDecodedBytes, FileSystemGuard guard) {
        this.guard = guard;
        this.fileSystem = fileSystem;
        this.file = file;
        this.maxDecodedBytes = maxDecodedBytes;
    }

    /**
     * Reads through a file.
     *
     * @param requestText the request that the file must belong to
     * @param guard protects later reads
     * @throws UnusableException if the file is incomplete, or belongs to another request
     */
    static CachedResponses open(
            FileSystem fileSystem,
            Path file,
            String requestText,
            long maxDecodedBytes,
            FileSystemGuard guard,
            Seals seals)
            throws IOException {
        FileStatus status = fileSystem.getFileStatus(file);
        if (status.isDirectory()) {
            throw new UnusableException("it is a directory");
        }
        if (status.getLen() == 0) {
            // Opening a pipe would never return.
            throw new UnusableException("it is empty");
        }
        CachedResponses batch = new CachedResponses(fileSystem, file, maxDecodedBytes, guard);
        try (InputStream in = new BufferedInputStream(fileSystem.open(file), BUFFER)) {
            batch.read(new CacheFileFormat.Reader(in), requestText, status.getLen(), seals);
        }
        return batch;
    }

    /** Returns the time at which the batch was cached. */
    public Instant cachedAt() {
        return cachedAt;
    }

    /** Returns the cached failure of the batch as a whole, if the service rejected it. */
    public Optional<ServiceException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Returns a page, only once: a caller that requests it again could not read it.
     *
     * @param token the token of its request; empty for the first page
     */
    public synchronized Optional<Response> take(Optional<String> token) {
        Place place = places.remove(token);
        if (place == null) {
            return Optional.empty();
        }
        if (token.isEmpty()) {
            Response first = firstPage;
            firstPage = null;
            return Optional.of(first);
        }
        try {
            return Optional.of(guard.run(() -> read(place)));
        } catch (IOException e) {
            // The file was complete when it was opened. It was overwritten or deleted since.
            LOG.warn("A page cached in {} is gone: {}. The connector fetches it again.", file, e.toString());
            places.clear();
            return Optional.empty();
        }
    }

    private Response read(Place place) throws IOException {
        try (FSDataInputStream in = fileSystem.open(file)) {
            in.seek(place.offset());
            CacheFileFormat.Reader reader = CacheFileFormat.Reader.at(
                    new BufferedInputStream(in, BUFFER), place.offset(), place.number(), head);
            return page(reader.part(place.length())).response();
        }
    }

    private void read(CacheFileFormat.Reader reader, String requestText, long length, Seals seals) throws IOException {
        readHead(reader, requestText);
        while (true) {
            long offset = reader.offset();
            int number = reader.place();
            byte[] content = reader.part(length - offset);
            Place place = new Place(offset, number, content.length);
            switch (reader.kind()) {
                case CacheFileFormat.PAGE -> {
                    Page page = page(content);
                    places.put(page.token(), place);
                    if (page.token().isEmpty()) {
                        firstPage = page.response();
                    }
                }
                case CacheFileFormat.FAILURE -> failure = failure(content);
                case CacheFileFormat.END -> {
                    reader.checkSeal(seals, content);
                    if (!reader.atEnd()) {
                        throw new UnusableException("there is something after its end");
                    }
                    if (failure == null && firstPage == null) {
                        throw new UnusableException("it has no first page");
                    }
                    return;
                }
                default -> throw new UnusableException("it has a part of an unknown kind");
            }
        }
    }

    private void readHead(CacheFileFormat.Reader reader, String requestText) throws IOException {
        DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(reader.part(CacheFileFormat.headLength(requestText))));
        if (reader.kind() != CacheFileFormat.HEAD || in.readInt() != CacheFileFormat.VERSION) {
            throw new UnusableException("it is of another version");
        }
        head = reader.head();
        cachedAt = Instant.ofEpochMilli(in.readLong());
        if (!TextFields.read(in).equals(requestText)) {
            throw new UnusableException("it is of another request");
        }
    }

    private Page page(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        Optional<String> token = CacheFileFormat.readOptionalText(in);
        Optional<String> next = CacheFileFormat.readOptionalText(in);
        Optional<String> requestId = CacheFileFormat.readOptionalText(in);
        String address = TextFields.read(in);
        Instant retrievedAt = Instant.ofEpochMilli(in.readLong());
        return new Page(
                token,
                new Response(
                        new ResponseHead(address, next, requestId, OptionalLong.empty(), retrievedAt),
                        new ResponseBody(in.readAllBytes(), true, maxDecodedBytes)));
    }

    private static ServiceException failure(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        ServiceException.Kind kind = ServiceException.Kind.valueOf(TextFields.read(in));
        ErrorCode code = ErrorCode.valueOf(TextFields.read(in));
        String prefix = "[" + code.code() + "] ";
        String message = TextFields.read(in);
        return new ServiceException(
                kind,
                NcbiGeneException.of(code, message.startsWith(prefix) ? message.substring(prefix.length()) : message),
                TextFields.read(in));
    }
}
