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
 * The cached responses to batches that name no identifiers, or whose responses do not show which identifiers they
 * answer. Each batch has a file, named for a hash of its first request. The connector ignores a file that is incomplete,
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

    /** @param guard against what the file system does */
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
        String asked = text(first);
        Path file = file(asked);
        try {
            CachedResponses batch =
                    guard.run(() -> CachedResponses.open(fileSystem(), file, asked, maxDecodedBytes, guard, seals));
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
            LOG.warn("Cannot use the cached responses in {}: {}. They are fetched.", file, e.getMessage());
        } catch (ArithmeticException e) {
            // A date is further away than durations reach.
            LOG.warn("Cannot use the cached responses in {}: they are dated far away. They are fetched.", file);
        } catch (IOException e) {
            health.notRead(e);
        }
        return Optional.empty();
    }

    /**
     * Begins to cache a batch; nothing can be found before it is finished.
     *
     * @param first the request for the batch's first page
     */
    public ResponseWriter write(GeneRequest first) {
        return new ResponseWriter(this, text(first));
    }

    /** Caches that the service does not answer a batch as a whole, and why. */
    public void write(GeneRequest first, ServiceException trouble) {
        try (ResponseWriter writer = write(first)) {
            writer.add(trouble);
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

    /** The file of the batch that starts with a request. */
    Path file(String asked) {
        return new Path(directory, Seals.hash(asked) + SUFFIX);
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
}
