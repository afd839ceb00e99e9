package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.segment.Seals;
import io.github.sparkncbigene.segment.UnusableException;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.ServiceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cached responses to batches that name no identifiers, or whose responses do not show which identifiers they are
 * about. Each batch has a file, named for a hash of its first request. The connector ignores a file that is incomplete,
 * too old, or of another request. A failing file system costs requests, but never ends a read.
 */
public final class ResponseCache {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseCache.class);
    private static final String SUFFIX = ".answers";

    private final Path directory;
    private final CacheSettings settings;
    private final String baseUrl;
    private final long maxDecodedBytes;
    private final Clock clock;
    private final FileSystemGuard guard;
    private final CacheHealth health;
    private final Seals seals;

    ResponseCache(CacheSettings settings, String baseUrl, long maxDecodedBytes, Clock clock) {
        this(settings, baseUrl, maxDecodedBytes, clock, new FileSystemGuard(settings.directory()));
    }

    /** @param guard protects reads from failures of the file system */
    ResponseCache(CacheSettings settings, String baseUrl, long maxDecodedBytes, Clock clock, FileSystemGuard guard) {
        this.guard = guard;
        this.settings = settings;
        this.directory = settings.responseDirectory();
        this.health = new CacheHealth(settings.directory(), guard);
        this.seals = settings.seals();
        this.baseUrl = baseUrl;
        this.maxDecodedBytes = maxDecodedBytes;
        this.clock = clock;
    }

    /**
     * Returns the cached responses of the batch that starts with a request; empty if they are unusable.
     *
     * @param first the request for the batch's first page
     */
    public Optional<CachedResponses> find(GeneRequest first) {
        String requestText = text(first);
        Path file = file(requestText);
        try {
            CachedResponses batch = guard.run(
                    () -> CachedResponses.open(fileSystem(), file, requestText, maxDecodedBytes, guard, seals));
            Duration age = Duration.between(batch.cachedAt(), clock.instant());
            if (age.isNegative()) {
                throw new UnusableException("it is dated in the future, " + batch.cachedAt());
            }
            if (age.compareTo(settings.maxAge()) <= 0) {
                return Optional.of(batch);
            }
        } catch (FileNotFoundException e) {
            // Not cached.
        } catch (UnusableException e) {
            LOG.warn(
                    "The cached responses in {} cannot be used: {}. The connector fetches them again.",
                    file,
                    e.getMessage());
        } catch (ArithmeticException e) {
            // A date is too far away for a duration.
            LOG.warn(
                    "The cached responses in {} cannot be used: their dates are implausible. The connector fetches them again.",
                    file);
        } catch (IOException e) {
            health.notRead(e);
        }
        return Optional.empty();
    }

    /**
     * Starts to cache a batch. No read finds it before it is finished.
     *
     * @param first the request for the batch's first page
     */
    public ResponseWriter write(GeneRequest first) {
        return new ResponseWriter(this, text(first));
    }

    /** Caches that the service rejects a batch as a whole, and why. */
    public void write(GeneRequest first, ServiceException failure) {
        try (ResponseWriter writer = write(first)) {
            writer.add(failure);
            writer.finish();
        }
    }

    CacheHealth health() {
        return health;
    }

    Seals seals() {
        return seals;
    }

    boolean isWritable() {
        return health.isWritable();
    }

    FileSystemGuard guard() {
        return guard;
    }

    FileSystem fileSystem() throws IOException {
        return directory.getFileSystem(settings.hadoop().value());
    }

    Instant now() {
        return clock.instant();
    }

    /** Returns the file of the batch that starts with a request. */
    Path file(String requestText) {
        return new Path(directory, Seals.hash(requestText) + SUFFIX);
    }

    /** Returns a temporary file, whose name nobody else uses. */
    Path temporary(Path file) {
        return new Path(directory, "." + file.getName() + "." + UUID.randomUUID() + ".tmp");
    }

    /** Returns the text of a request with everything that the response depends on, but not the API key. */
    private String text(GeneRequest request) {
        return String.join(
                "\n",
                request.isPost() ? "POST" : "GET",
                baseUrl + request.pathAndQuery(),
                request.accept(),
                request.isPost() ? request.body() : "");
    }
}
