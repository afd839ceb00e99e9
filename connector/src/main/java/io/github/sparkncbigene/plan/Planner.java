package io.github.sparkncbigene.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts a selector into batches and shares them out over partitions. Pure: equal in, equal out. */
public final class Planner {
    private static final int GROWTH = 4;

    private Planner() {}

    /**
     * Batches in the order of the identifiers, as few as possible. Malformed identifiers are in the batches of their
     * neighbours, which they make no smaller.
     *
     * @param batchSize well-formed identifiers in one, at most
     */
    public static List<IdentifierBatch> batches(Selector selector, int batchSize) {
        return batches(selector, batchSize, batchSize);
    }

    /**
     * Batches of growing size: whoever wants few rows may find them in the first one.
     *
     * @param firstSize identifiers in the first batch, at most
     */
    public static List<IdentifierBatch> batches(Selector selector, int firstSize, int batchSize) {
        if (selector.isEmpty()) {
            return List.of();
        }
        if (selector.kind().isEmpty()) {
            return List.of(new IdentifierBatch(null, List.of(), List.of()));
        }
        IdentifierKind kind = selector.kind().get();
        Identifiers identifiers = selector.identifiers();
        List<IdentifierBatch> batches = new ArrayList<>();
        int size = Math.min(firstSize, batchSize);
        int from = 0;
        do {
            Map<String, String> places = new HashMap<>();
            int to = end(selector, kind, from, size, places);
            batches.add(new IdentifierBatch(kind, identifiers.subList(from, to), selector.locusTags(), places));
            from = to;
            size = Math.min(size * GROWTH, batchSize);
        } while (from < identifiers.size());
        return batches;
    }

    /**
     * Where a batch ends.
     *
     * @param size well-formed identifiers in it, at most
     * @param places takes those of the malformed ones
     */
    private static int end(Selector selector, IdentifierKind kind, int from, int size, Map<String, String> places) {
        int wellFormed = 0;
        for (int i = from; i < selector.identifiers().size(); i++) {
            String text = selector.identifiers().get(i);
            if (!IdentifierForm.isWellFormed(kind, Identifier.asked(kind, text))) {
                String place = selector.places().get(text);
                if (place != null) {
                    places.put(text, place);
                }
            } else if (wellFormed++ == size) {
                return i;
            }
        }
        return selector.identifiers().size();
    }

    /**
     * Runs of batches, one for each weight, in order: as long as the weights say, which sum up to whatever they do.
     *
     * @param weights one for each partition, above 0; no more than there are batches
     */
    public static List<List<IdentifierBatch>> partitions(List<IdentifierBatch> batches, List<Integer> weights) {
        long total = weights.stream().mapToLong(Integer::longValue).sum();
        List<List<IdentifierBatch>> runs = new ArrayList<>(weights.size());
        long before = 0;
        int from = 0;
        for (int i = 0; i < weights.size(); i++) {
            before += weights.get(i);
            int left = weights.size() - i - 1;
            int fair = share(before, total, batches.size());
            // Every partition gets a batch at least.
            int to = Math.min(Math.max(fair, from + 1), batches.size() - left);
            runs.add(List.copyOf(batches.subList(from, to)));
            from = to;
        }
        return runs;
    }

    /** Exact, also where weights without a limit would overflow. */
    private static int share(long part, long whole, int size) {
        return BigInteger.valueOf(part)
                .multiply(BigInteger.valueOf(size))
                .divide(BigInteger.valueOf(whole))
                .intValueExact();
    }
}
