package io.github.sparkncbigene.plan;

import java.util.ArrayList;
import java.util.List;

/** Cuts a selector into batches and shares them out over partitions. Pure: equal in, equal out. */
public final class Planner {
    private Planner() {}

    /**
     * Batches in the order of the identifiers, as few as possible.
     *
     * @param batchSize identifiers in one, at most
     */
    public static List<IdentifierBatch> batches(Selector selector, int batchSize) {
        if (selector.kind().isEmpty()) {
            return List.of(new IdentifierBatch(null, List.of(), List.of()));
        }
        IdentifierKind kind = selector.kind().get();
        List<String> identifiers = selector.identifiers();
        List<IdentifierBatch> batches = new ArrayList<>();
        for (int from = 0; from < identifiers.size(); from += batchSize) {
            int to = Math.min(from + batchSize, identifiers.size());
            batches.add(new IdentifierBatch(kind, List.copyOf(identifiers.subList(from, to)), selector.locusTags()));
        }
        return batches;
    }

    /**
     * Runs of batches, one for each partition, in order and as even as can be.
     *
     * @param maxPartitions how many, at most
     */
    public static List<List<IdentifierBatch>> partitions(List<IdentifierBatch> batches, int maxPartitions) {
        int partitions = Math.min(batches.size(), maxPartitions);
        List<List<IdentifierBatch>> shares = new ArrayList<>(partitions);
        for (int i = 0; i < partitions; i++) {
            int from = (int) ((long) i * batches.size() / partitions);
            int to = (int) ((long) (i + 1) * batches.size() / partitions);
            shares.add(List.copyOf(batches.subList(from, to)));
        }
        return shares;
    }
}
