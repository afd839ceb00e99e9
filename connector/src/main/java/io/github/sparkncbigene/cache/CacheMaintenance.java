package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.files.FileSystemGuard;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.segment.Merge;
import io.github.sparkncbigene.segment.Seals;
import io.github.sparkncbigene.segment.Segment;
import io.github.sparkncbigene.segment.SegmentMerger;
import io.github.sparkncbigene.segment.SegmentStore;
import io.github.sparkncbigene.segment.UnusableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Merges the files of a cache, and removes old responses. Reads and writes of the cache may continue meanwhile.
 */
public final class CacheMaintenance {
    /** Longest time for writing; a file unfinished for longer was left by a writer that died. */
    private static final Duration UNFINISHED = Duration.ofDays(1);

    private final Path path;
    private final Configuration hadoop;
    private final Seals seals;
    private final Clock clock;

    private CacheMaintenance(Path path, Configuration hadoop, Seals seals, Clock clock) {
        this.path = path;
        this.hadoop = hadoop;
        this.seals = seals;
        this.clock = clock;
    }

    /**
     * Returns the maintenance of the cache that options name.
     *
     * @param options of a read
     * @param hadoop the settings of the file system
     */
    public static CacheMaintenance of(Options options, Configuration hadoop) {
        return new CacheMaintenance(
                new Path(options.text(Option.CACHE_PATH)),
                hadoop,
                Seals.of(options.secret(Option.CACHE_SECRET)),
                Clock.systemUTC());
    }

    static CacheMaintenance at(Path path, Configuration hadoop, Clock clock) {
        return new CacheMaintenance(path, hadoop, Seals.of(Optional.empty()), clock);
    }

    /**
     * The contents of a cache.
     *
     * @param files number of files
     * @param responses number of responses in them, each to one identifier
     * @param bytes size of the files
     */
    public record Contents(int files, long responses, long bytes) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d responses in %,d files of %,d bytes", responses, files, bytes);
        }
    }

    /**
     * Merges the files.
     *
     * @return the contents of the cache afterwards
     * @throws IOException if the file system fails
     */
    public Contents compact() throws IOException {
        return tidy(Long.MIN_VALUE);
    }

    /**
     * Removes old responses, and merges the files.
     *
     * @param age age from which on responses are removed
     * @return the contents of the cache afterwards
     * @throws IOException if the file system fails
     */
    public Contents removeOlderThan(Duration age) throws IOException {
        Instant oldest = clock.instant().minus(age);
        removeFiles(CacheSettings.responses(path), ".answers", oldest);
        return tidy(IdentifierCache.micros(oldest));
    }

    private Contents tidy(long oldest) throws IOException {
        int files = 0;
        long responses = 0;
        long bytes = 0;
        for (Path scope : scopes()) {
            removeFiles(scope, SegmentStore.UNFINISHED, clock.instant().minus(UNFINISHED));
            SegmentStore store = new SegmentStore(scope, hadoop, new FileSystemGuard(path.toString()));
            merge(store, oldest);
            for (SegmentStore.Listed file : store.list()) {
                files++;
                bytes += file.length();
                Optional<Segment> segment = open(store, file);
                if (segment.isPresent()) {
                    responses += segment.get().entries();
                }
            }
        }
        return new Contents(files, responses, bytes);
    }

    private void merge(SegmentStore store, long oldest) throws IOException {
        Map<String, List<SegmentStore.Listed>> small = new TreeMap<>();
        for (SegmentStore.Listed file : store.list()) {
            Optional<Segment> segment = open(store, file);
            if (segment.isPresent() && file.length() < SegmentMerger.LARGEST) {
                small.computeIfAbsent(segment.get().scope(), scope -> new ArrayList<>())
                        .add(file);
            } else if (segment.isPresent() && oldest != Long.MIN_VALUE) {
                new Merge(store, List.of(file), segment.get().scope(), seals, oldest).run();
            }
        }
        for (Map.Entry<String, List<SegmentStore.Listed>> same : small.entrySet()) {
            if (same.getValue().size() > 1 || oldest != Long.MIN_VALUE) {
                new Merge(store, same.getValue(), same.getKey(), seals, oldest).run();
            }
        }
    }

    private Optional<Segment> open(SegmentStore store, SegmentStore.Listed file) throws IOException {
        try {
            return Optional.of(store.read(file.name(), in -> Segment.open(in, file.length(), null, seals)));
        } catch (UnusableException | FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private List<Path> scopes() throws IOException {
        List<Path> scopes = new ArrayList<>();
        for (FileStatus file : list(path)) {
            if (file.isDirectory()) {
                scopes.add(file.getPath());
            }
        }
        return scopes;
    }

    private void removeFiles(Path directory, String suffix, Instant before) throws IOException {
        for (FileStatus file : list(directory)) {
            boolean old = file.getModificationTime() < before.toEpochMilli();
            if (file.isFile() && old && file.getPath().getName().endsWith(suffix)) {
                fileSystem().delete(file.getPath(), false);
            }
        }
    }

    private FileStatus[] list(Path directory) throws IOException {
        try {
            return fileSystem().listStatus(directory);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    private FileSystem fileSystem() throws IOException {
        return path.getFileSystem(hadoop);
    }
}
