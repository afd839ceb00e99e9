package io.github.sparkncbigene.kept;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.service.Answer;
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
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept of one batch, checked as a whole before any of it is used; holds no page but the first in memory. */
public final class KeptBatch {
    private static final Logger LOG = LoggerFactory.getLogger(KeptBatch.class);
    private static final int BUFFER = 1 << 16;

    private final FileSystem fileSystem;
    private final Path file;
    private final long maxDecodedBytes;
    private final FileSystemGuard guard;
    private final Map<Optional<String>, Place> places = new HashMap<>();
    private Instant keptAt;
    private int head;
    private Answer firstPage;
    private ServiceException trouble;

    /** Where a page is. */
    private record Place(long offset, int number, int length) {}

    /** A page and the token it was asked for by. */
    private record Page(Optional<String> token, Answer answer) {}

    private KeptBatch(FileSystem fileSystem, Path file, long maxDecodedBytes, FileSystemGuard guard) {
        this.guard = guard;
        this.fileSystem = fileSystem;
        this.file = file;
        this.maxDecodedBytes = maxDecodedBytes;
    }

    /**
     * Reads through a file.
     *
     * @param asked the request it must be of
     * @param guard for what is read later
     * @throws Entry.UnusableException where it is not whole, or of another request
     */
    static KeptBatch open(FileSystem fileSystem, Path file, String asked, long maxDecodedBytes, FileSystemGuard guard)
            throws IOException {
        FileStatus status = fileSystem.getFileStatus(file);
        if (status.isDirectory()) {
            throw new Entry.UnusableException("it is a directory");
        }
        if (status.getLen() == 0) {
            // Nor is it a pipe, whose open would never return.
            throw new Entry.UnusableException("it is empty");
        }
        KeptBatch batch = new KeptBatch(fileSystem, file, maxDecodedBytes, guard);
        try (InputStream in = new BufferedInputStream(fileSystem.open(file), BUFFER)) {
            batch.read(new Entry.Reader(in), asked, status.getLen());
        }
        return batch;
    }

    /** When it was kept. */
    public Instant keptAt() {
        return keptAt;
    }

    /** Why the service does not answer the batch as a whole, where that is what is kept. */
    public Optional<ServiceException> trouble() {
        return Optional.ofNullable(trouble);
    }

    /**
     * A page of it, each only once: who asks again could not read it.
     *
     * @param token it was asked for by; empty for the first page
     */
    public synchronized Optional<Answer> take(Optional<String> token) {
        Place place = places.remove(token);
        if (place == null) {
            return Optional.empty();
        }
        if (token.isEmpty()) {
            Answer first = firstPage;
            firstPage = null;
            return Optional.of(first);
        }
        try {
            return Optional.of(guard.run(() -> read(place)));
        } catch (IOException e) {
            // It was whole a moment ago: somebody has written or deleted it meanwhile.
            LOG.warn("A page kept in {} is gone, and is asked for anew: {}", file, e.toString());
            places.clear();
            return Optional.empty();
        }
    }

    private Answer read(Place place) throws IOException {
        try (FSDataInputStream in = fileSystem.open(file)) {
            in.seek(place.offset());
            Entry.Reader reader =
                    Entry.Reader.at(new BufferedInputStream(in, BUFFER), place.offset(), place.number(), head);
            return page(reader.part(place.length())).answer();
        }
    }

    private void read(Entry.Reader reader, String asked, long length) throws IOException {
        readHead(reader, asked);
        while (true) {
            long offset = reader.offset();
            int number = reader.place();
            byte[] content = reader.part(length - offset);
            Place place = new Place(offset, number, content.length);
            switch (reader.kind()) {
                case Entry.PAGE -> {
                    Page page = page(content);
                    places.put(page.token(), place);
                    if (page.token().isEmpty()) {
                        firstPage = page.answer();
                    }
                }
                case Entry.TROUBLE -> trouble = trouble(content);
                case Entry.END -> {
                    if (!reader.atEnd()) {
                        throw new Entry.UnusableException("there is something after its end");
                    }
                    if (trouble == null && firstPage == null) {
                        throw new Entry.UnusableException("it has no first page");
                    }
                    return;
                }
                default -> throw new Entry.UnusableException("it has a part of an unknown kind");
            }
        }
    }

    private void readHead(Entry.Reader reader, String asked) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(reader.part(Entry.headLength(asked))));
        if (reader.kind() != Entry.HEAD || in.readInt() != Entry.VERSION) {
            throw new Entry.UnusableException("it is of another version");
        }
        head = reader.head();
        keptAt = Instant.ofEpochMilli(in.readLong());
        if (!Entry.readText(in).equals(asked)) {
            throw new Entry.UnusableException("it is of another request");
        }
    }

    private Page page(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        Optional<String> token = Entry.readOptionalText(in);
        Optional<String> next = Entry.readOptionalText(in);
        Optional<String> requestId = Entry.readOptionalText(in);
        String address = Entry.readText(in);
        Instant retrievedAt = Instant.ofEpochMilli(in.readLong());
        return new Page(
                token, new Answer(address, next, requestId, true, in.readAllBytes(), maxDecodedBytes, retrievedAt));
    }

    private static ServiceException trouble(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        ServiceException.Kind kind = ServiceException.Kind.valueOf(Entry.readText(in));
        ErrorCode code = ErrorCode.valueOf(Entry.readText(in));
        String prefix = "[" + code.code() + "] ";
        String message = Entry.readText(in);
        return new ServiceException(
                kind,
                new NcbiGeneException(code, message.startsWith(prefix) ? message.substring(prefix.length()) : message),
                Entry.readText(in));
    }
}
