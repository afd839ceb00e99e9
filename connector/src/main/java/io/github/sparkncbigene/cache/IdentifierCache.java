package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.identifier.IdentifiersBuilder;
import io.github.sparkncbigene.segment.CacheIndex;
import io.github.sparkncbigene.segment.CachedIdentifier;
import io.github.sparkncbigene.segment.OpenSegment;
import io.github.sparkncbigene.segment.Seals;
import io.github.sparkncbigene.segment.Segment;
import io.github.sparkncbigene.segment.SegmentMerger;
import io.github.sparkncbigene.segment.SegmentStore;
import io.github.sparkncbigene.segment.SegmentWriter;
import io.github.sparkncbigene.segment.UnusableException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cached identifiers of one scope. Unusable files count as missing. A failing file system costs requests, but never
 * ends a read.
 */
public final class IdentifierCache implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(IdentifierCache.class);
    private static final Duration NOT_EVER = Duration.ofDays(200 * 365L);

    private final String scope;
    private final Path directory;
    private final Duration maxAge;
    private final Clock clock;
    private final Seals seals;
    private final CacheHealth health;
    private final SegmentStore store;
    private final SegmentMerger merger;
    private final OpenSegment reader;

    IdentifierCache(CacheSettings settings, CacheScope scope, Clock clock) {
        this(settings, scope, clock, new FileSystemGuard(settings.directory()));
    }

    /** @param guard protects reads from failures of the file system */
    IdentifierCache(CacheSettings settings, CacheScope scope, Clock clock, FileSystemGuard guard) {
        this.scope = scope.text();
        this.maxAge = settings.maxAge();
        this.clock = clock;
        this.directory = new Path(settings.directory(), scope.name());
        this.seals = settings.seals();
        this.health = new CacheHealth(settings.directory(), guard);
        this.store = new SegmentStore(directory, settings.hadoop().value(), guard);
        this.reader = store.reader();
        this.merger = new SegmentMerger(store, scope.text(), seals);
    }

    /** Returns the time in microseconds, as the cache stores it. */
    public static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(time.getNano());
    }

    /**
     * Looks identifiers up, in the index only.
     *
     * @param like a batch of the same kind: the batches of cached identifiers have its taxon
     * @param but files that were searched already
     */
    public Found find(IdentifierBatch like, Identifiers identifiers, Set<String> but) {
        if (identifiers.isEmpty()) {
            return Found.nothing(identifiers);
        }
        List<SegmentStore.Listed> files;
        try {
            files = store.list();
        } catch (IOException e) {
            health.notRead(e);
            return Found.nothing(identifiers);
        }
        Set<String> seen = new HashSet<>(but);
        List<SegmentStore.Listed> others =
                files.stream().filter(file -> !but.contains(file.name())).toList();
        if (others.isEmpty()) {
            return new Found(List.of(), identifiers, seen);
        }
        List<Place> places = new ArrayList<>();
        LookupKeys keys = new LookupKeys(like.kind().orElseThrow(), identifiers);
        int blocks = 0;
        for (SegmentStore.Listed file : others) {
            seen.add(file.name());
            Optional<Segment> segment = lookInto(file, keys, blocks);
            if (segment.isPresent()) {
                places.add(new Place(file.name(), blocks, segment.get()));
                blocks += segment.get().blocks().size();
            }
        }
        return found(like, identifiers, keys, places, seen);
    }

    /** A segment, and the number of its first block among the blocks of all segments. */
    private record Place(String file, int firstBlock, Segment segment) {}

    private Optional<Segment> lookInto(SegmentStore.Listed file, LookupKeys keys, int firstBlock) {
        try {
            Instant now = clock.instant();
            long newest = micros(now);
            long oldest = maxAge.compareTo(NOT_EVER) > 0 ? Long.MIN_VALUE : micros(now.minus(maxAge));
            return Optional.of(store.read(file.name(), in -> {
                Segment segment = Segment.open(in, file.length(), scope, seals);
                List<CacheIndex> parts = new ArrayList<>();
                for (int i = 0; i < segment.chunks().size(); i++) {
                    byte[] next = i + 1 < segment.chunks().size()
                            ? segment.chunks().get(i + 1).firstKey()
                            : null;
                    if (keys.mayBeIn(segment.chunks().get(i).firstKey(), next)) {
                        parts.add(segment.index(in, segment.chunks().get(i), seals));
                    }
                }
                // Adds keys only after the whole index was read: a segment is used completely or not at all.
                parts.forEach(part -> keys.find(part, firstBlock, oldest, newest));
                return segment;
            }));
        } catch (UnusableException e) {
            LOG.warn(
                    "The cached responses in {} cannot be used: {}. The connector fetches them again.",
                    path(file.name()),
                    e.getMessage());
        } catch (FileNotFoundException e) {
            // The segment was merged into another one a moment ago.
        } catch (IOException e) {
            health.notRead(e);
        }
        return Optional.empty();
    }

    private static Found found(
            IdentifierBatch like, Identifiers identifiers, LookupKeys keys, List<Place> places, Set<String> seen) {
        long[] byBlock = new long[keys.size()];
        int found = 0;
        boolean[] isFound = new boolean[keys.size()];
        for (int key = 0; key < keys.size(); key++) {
            if (keys.block(key) != LookupKeys.NOWHERE) {
                byBlock[found++] = (long) keys.block(key) << Integer.SIZE | keys.text(key);
                isFound[keys.text(key)] = true;
            }
        }
        if (found == 0) {
            return new Found(List.of(), identifiers, seen);
        }
        Arrays.sort(byBlock, 0, found);
        List<CachedBlock> blocks = new ArrayList<>();
        int place = 0;
        for (int from = 0; from < found; ) {
            int block = (int) (byBlock[from] >>> Integer.SIZE);
            IdentifiersBuilder texts = new IdentifiersBuilder();
            int to = from;
            while (to < found && (int) (byBlock[to] >>> Integer.SIZE) == block) {
                texts.add(identifiers.get((int) byBlock[to]));
                to++;
            }
            while (place + 1 < places.size() && places.get(place + 1).firstBlock() <= block) {
                place++;
            }
            Place in = places.get(place);
            Segment.Block one = in.segment().blocks().get(block - in.firstBlock());
            blocks.add(new CachedBlock(
                    in.file(), one.offset(), one.length(), one.inflated(), one.seal(), like.with(texts.build())));
            from = to;
        }
        IdentifiersBuilder missing = new IdentifiersBuilder();
        for (int i = 0; i < isFound.length; i++) {
            if (!isFound[i]) {
                missing.add(identifiers.get(i));
            }
        }
        return new Found(blocks, missing.build(), seen);
    }

    /** Reads the cached identifiers of a block, by their text, including others'; empty if it can no longer be read. */
    public Optional<Map<String, CachedIdentifier>> read(CachedBlock block) {
        try {
            return Optional.of(reader.read(block.file(), in -> Segment.read(in, block.block(), seals)));
        } catch (UnusableException e) {
            LOG.warn(
                    "The cached responses in {} cannot be used: {}. The connector fetches them again.",
                    path(block.file()),
                    e.getMessage());
        } catch (FileNotFoundException e) {
            // The segment was merged into another one a moment ago.
        } catch (IOException e) {
            health.notRead(e);
        }
        return Optional.empty();
    }

    private Path path(String file) {
        return new Path(directory, file);
    }

    /** Receives the identifiers of a batch. No read finds one before the batch is finished. */
    public final class Batch {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final SegmentWriter writer = new SegmentWriter(bytes, scope, seals);

        public void add(CachedIdentifier identifier) throws IOException {
            writer.add(identifier);
        }

        /** Finishes the segment: from now on reads find its identifiers. */
        public void finish() {
            if (writer.size() == 0 || !health.isWritable()) {
                return;
            }
            try {
                writer.finish();
                merger.wrote(store.write(micros(clock.instant()), bytes::writeTo));
                health.written();
            } catch (IOException e) {
                health.notWritten(e);
            }
        }
    }

    /** Returns true if identifiers should be added; false after writing has failed several times. */
    public boolean isWritable() {
        return health.isWritable();
    }

    public Batch batch() {
        return new Batch();
    }

    /** Closes the file that was read last. It is opened again if it is needed. */
    @Override
    public void close() {
        reader.close();
    }

    /** Merges small files, after the last batch of a task. */
    public void tidy() {
        try {
            merger.tidy();
        } catch (IOException e) {
            LOG.debug("The cache's files in {} are not merged now: {}", directory, e.toString());
        }
    }
}
