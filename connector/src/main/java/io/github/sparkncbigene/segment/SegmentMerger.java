package io.github.sparkncbigene.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the number of segments small: when there are several of about the same size, they become one. Each identifier is
 * copied about once for every factor of eight by which the cache has grown. No lock is needed: of two that merge the
 * same segments, both make a correct one, and the next merge makes one of these.
 */
public final class SegmentMerger {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentMerger.class);

    /** Number of segments of one size that are merged into one; of a task's own segments, twice as many. */
    public static final int FAN_IN = 8;

    private static final long SMALLEST = 1 << 18;
    /** Larger ones stay as they are: to copy them would cost more than to open them. */
    public static final long LARGEST = 1L << 30;

    private final SegmentStore store;
    private final String scope;
    private final Seals seals;
    private final List<SegmentStore.Listed> own = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    /** Segments that are not worth another try: merged already, or unusable. */
    private final Set<String> left = new HashSet<>();

    public SegmentMerger(SegmentStore store, String scope, Seals seals) {
        this.store = store;
        this.scope = scope;
        this.seals = seals;
    }

    /** Takes note of a segment of this task's, and merges some of its segments where that is due. */
    public void wrote(SegmentStore.Listed segment) {
        own.add(segment);
        names.add(segment.name());
        List<SegmentStore.Listed> due = due(own, 2 * FAN_IN);
        while (!due.isEmpty()) {
            own.removeAll(due);
            try {
                merge(due).ifPresent(own::add);
            } catch (IOException e) {
                // Another application has merged some of them.
                LOG.debug("Segments are not merged now: {}", e.toString());
            }
            due = due(own, 2 * FAN_IN);
        }
    }

    /** Merges what all tasks and applications have written. The writer of the last one does it, so that not all do. */
    public void tidy() throws IOException {
        if (names.isEmpty()) {
            return;
        }
        while (true) {
            List<SegmentStore.Listed> usable = store.list().stream()
                    .filter(segment -> !left.contains(segment.name()))
                    .toList();
            List<SegmentStore.Listed> due = due(usable, FAN_IN);
            if (due.isEmpty() || !names.contains(due.get(due.size() - 1).name())) {
                return;
            }
            merge(due);
        }
    }

    private Optional<SegmentStore.Listed> merge(List<SegmentStore.Listed> segments) throws IOException {
        Merge merge = new Merge(store, segments, scope, seals, Long.MIN_VALUE);
        Optional<SegmentStore.Listed> merged = merge.run();
        segments.forEach(segment -> left.add(segment.name()));
        merged.ifPresent(segment -> names.add(segment.name()));
        return merged;
    }

    /** Segments of one size class, in the order of their names; none where no class has enough. */
    private static List<SegmentStore.Listed> due(List<SegmentStore.Listed> segments, int enough) {
        Map<Integer, List<SegmentStore.Listed>> bySize = new TreeMap<>();
        for (SegmentStore.Listed segment : segments) {
            if (segment.length() < LARGEST) {
                bySize.computeIfAbsent(sizeClass(segment.length()), size -> new ArrayList<>())
                        .add(segment);
            }
        }
        return bySize.values().stream()
                .filter(same -> same.size() >= enough)
                .findFirst()
                .orElse(List.of());
    }

    private static int sizeClass(long length) {
        int size = 0;
        for (long bound = SMALLEST; length >= bound; bound *= FAN_IN) {
            size++;
        }
        return size;
    }
}
