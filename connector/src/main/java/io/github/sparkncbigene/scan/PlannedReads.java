package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.cache.CachedBlock;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.plan.Planner;
import io.github.sparkncbigene.reuse.CachedPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The work of all tasks of a scan together.
 *
 * @param requests batches to request, in order
 * @param cached blocks of the cache, in order
 * @param files files of the cache that the driver searched
 */
record PlannedReads(List<IdentifierBatch> requests, List<CachedBlock> cached, Set<String> files) {
    /** Blocks of large reports hold few identifiers: reading one is too little work for a task. */
    private static final int BLOCKS_OF_A_TASK = 4;

    static final PlannedReads NOTHING = new PlannedReads(List.of(), List.of(), Set.of());

    /** Returns the largest number of parts that each have enough work. */
    int parts() {
        return requests.size() + (cached.size() + BLOCKS_OF_A_TASK - 1) / BLOCKS_OF_A_TASK;
    }

    long identifiers() {
        return requests.stream().mapToLong(IdentifierBatch::size).sum() + cachedIdentifiers();
    }

    long cachedIdentifiers() {
        return cached.stream().mapToLong(block -> block.identifiers().size()).sum();
    }

    /** Returns the number of batches that are requested; malformed identifiers are not. */
    long requestsToSend() {
        return requests.stream().filter(IdentifierBatch::isSent).count();
    }

    /** Returns the batches of each part; the last parts have none if there are fewer batches than parts. */
    List<List<IdentifierBatch>> requests(List<Integer> weights) {
        int busy = Math.min(weights.size(), requests.size());
        List<List<IdentifierBatch>> runs =
                new ArrayList<>(busy == 0 ? List.of() : Planner.partitions(requests, weights.subList(0, busy)));
        while (runs.size() < weights.size()) {
            runs.add(List.of());
        }
        return runs;
    }

    /** Returns the cached identifiers of each part. */
    List<CachedPart> cached(int parts) {
        return IntStream.range(0, parts)
                .mapToObj(part -> new CachedPart(cached.subList(bound(part, parts), bound(part + 1, parts)), files))
                .toList();
    }

    private int bound(int part, int parts) {
        return (int) ((long) part * cached.size() / parts);
    }
}
