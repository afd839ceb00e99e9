package io.github.sparkncbigene.kept;

import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.ServiceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers to batches that were read to their end, each batch in a file of its own that is named for a hash of its
 * first request. What cannot be used (not whole, of another request, too old) is as if it were not there, and a file
 * system that fails costs requests, never the read.
 */
public final class KeptAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(KeptAnswers.class);
    private static final String SUFFIX = ".answers";
    /** After so many writes that failed in a row, a file system is not tried any more. */
    private static final int FAILURES_BEFORE_GIVING_UP = 3;

    private final Path directory;
    private final Keeping keeping;
    private final String baseUrl;
    private final long maxDecodedBytes;
    private final Clock clock;
    private final FileSystemGuard guard;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicBoolean writeFailureTold = new AtomicBoolean();
    private final AtomicBoolean readFailureTold = new AtomicBoolean();

    KeptAnswers(Keeping keeping, String baseUrl, long maxDecodedBytes, Clock clock) {
        this(keeping, baseUrl, maxDecodedBytes, clock, new FileSystemGuard(keeping.directory()));
    }

    /** @param guard against what the file system does */
    KeptAnswers(Keeping keeping, String baseUrl, long maxDecodedBytes, Clock clock, FileSystemGuard guard) {
        this.guard = guard;
        this.keeping = keeping;
        this.directory = new Path(keeping.directory());
        this.baseUrl = baseUrl;
        this.maxDecodedBytes = maxDecodedBytes;
        this.clock = clock;
    }

    /**
     * What is kept of the batch that starts with a request; empty where that cannot be used.
     *
     * @param first the request for the batch's first page
     */
    public Optional<KeptBatch> find(GeneRequest first) {
        String asked = text(first);
        Path file = file(asked);
        try {
            KeptBatch batch = guard.run(() -> KeptBatch.open(fileSystem(), file, asked, maxDecodedBytes, guard));
            Duration age = Duration.between(batch.keptAt(), clock.instant());
            if (age.isNegative()) {
                throw new Entry.UnusableException("it is dated in the future, " + batch.keptAt());
            }
            if (age.compareTo(keeping.maxAge()) <= 0) {
                return Optional.of(batch);
            }
        } catch (FileNotFoundException e) {
            // Not kept.
        } catch (Entry.UnusableException e) {
            LOG.warn("What is kept in {} cannot be used, and is asked for anew: {}", file, e.getMessage());
        } catch (IOException | ArithmeticException e) {
            // A date may be further away than durations reach.
            if (!Thread.currentThread().isInterrupted() && !readFailureTold.getAndSet(true)) {
                LOG.warn("Kept answers cannot be read from {}, and are asked for anew: {}", directory, e.toString());
            }
        }
        return Optional.empty();
    }

    /**
     * Begins to keep a batch; nothing can be found before it is finished.
     *
     * @param first the request for the batch's first page
     */
    public BatchKeeper keep(GeneRequest first) {
        return new BatchKeeper(this, text(first));
    }

    /** Keeps that the service does not answer a batch as a whole, and why. */
    public void keep(GeneRequest first, ServiceException trouble) {
        try (BatchKeeper keeper = keep(first)) {
            keeper.add(trouble);
            keeper.finish();
        }
    }

    /** Whether writing is worth trying. */
    boolean isWritable() {
        return failuresInARow.get() < FAILURES_BEFORE_GIVING_UP && !guard.isHung();
    }

    void written() {
        failuresInARow.set(0);
    }

    /** Takes note of a failing write, and logs the first. */
    void notWritten(Exception why) {
        failuresInARow.incrementAndGet();
        if (!Thread.currentThread().isInterrupted() && !writeFailureTold.getAndSet(true)) {
            LOG.warn(
                    "Answers cannot be kept in {}: {}. The read goes on without; if it is run again, what is not kept"
                            + " is asked for again.",
                    directory,
                    why.toString());
        }
    }

    FileSystemGuard guard() {
        return guard;
    }

    FileSystem fileSystem() throws IOException {
        return directory.getFileSystem(keeping.hadoop().value());
    }

    Instant now() {
        return clock.instant();
    }

    /** The file of the batch that starts with a request. */
    Path file(String asked) {
        return new Path(directory, hash(asked) + SUFFIX);
    }

    /** A file of nobody else's to write that into. */
    Path temporary(Path file) {
        return new Path(directory, "." + file.getName() + "." + UUID.randomUUID() + ".tmp");
    }

    /** All that decides what the service answers; the key is not among it. */
    private String text(GeneRequest request) {
        return String.join(
                "\n",
                request.isPost() ? "POST" : "GET",
                baseUrl + request.pathAndQuery(),
                request.accept(),
                request.isPost() ? request.body() : "");
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
