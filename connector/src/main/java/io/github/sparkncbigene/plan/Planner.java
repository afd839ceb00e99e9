package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Splits a selector into batches, and divides the batches among partitions. Pure: equal arguments give equal results.
 */
public final class Planner {
    private static final int GROWTH = 4;

    private Planner() {}

    /**
     * Returns as few batches as possible, in the order of the identifiers. Malformed identifiers stay in the batches of
     * their neighbours, and do not count towards the size.
     *
     * @param batchSize largest number of well-formed identifiers in a batch
     */
    public static List<IdentifierBatch> batches(Selector selector, int batchSize) {
        return batches(selector, batchSize, batchSize);
    }

    /**
     * Returns batches of growing size: a query for few rows may find them in the first one.
     *
     * @param firstSize largest number of identifiers in the first batch
     */
    public static List<IdentifierBatch> batches(Selector selector, int firstSize, int batchSize) {
        if (selector.isEmpty()) {
            return List.of();
        }
        if (selector.kind().isEmpty()) {
            return List.of(IdentifierBatch.wholeTaxon());
        }
        if (selector.symbolsByTaxon().isEmpty()) {
            return batches(selector, selector.identifiers(), UnaryOperator.identity(), firstSize, batchSize);
        }
        List<IdentifierBatch> batches = new ArrayList<>();
        selector.symbolsByTaxon()
                .forEach((taxon, symbols) -> batches.addAll(
                        batches(selector, symbols, batch -> batch.inTaxon(taxon), firstSize, batchSize)));
        return batches;
    }

    private static List<IdentifierBatch> batches(
            Selector selector,
            Identifiers identifiers,
            UnaryOperator<IdentifierBatch> ofTaxon,
            int firstSize,
            int batchSize) {
        IdentifierKind kind = selector.kind().orElseThrow();
        List<IdentifierBatch> batches = new ArrayList<>();
        int size = Math.min(firstSize, batchSize);
        int from = 0;
        do {
            Map<String, String> places = new HashMap<>();
            int to = end(identifiers, selector.places(), kind, from, size, places);
            batches.add(ofTaxon.apply(
                    new IdentifierBatch(kind, identifiers.subList(from, to), selector.locusTags(), places)));
            from = to;
            size = Math.min(size * GROWTH, batchSize);
        } while (from < identifiers.size());
        return batches;
    }

    /**
     * Returns the end of a batch.
     *
     * @param known places of malformed identifiers
     * @param size largest number of well-formed identifiers in the batch
     * @param places receives the places of the malformed identifiers
     */
    private static int end(
            Identifiers identifiers,
            Map<String, String> known,
            IdentifierKind kind,
            int from,
            int size,
            Map<String, String> places) {
        int wellFormed = 0;
        for (int i = from; i < identifiers.size(); i++) {
            String text = identifiers.get(i);
            if (!new Identifier(kind, text).isWellFormed()) {
                String place = known.get(text);
                if (place != null) {
                    places.put(text, place);
                }
            } else if (wellFormed++ == size) {
                return i;
            }
        }
        return identifiers.size();
    }

    /**
     * Divides batches into consecutive runs, one for each weight, with lengths in proportion to the weights.
     *
     * @param weights one weight above 0 for each partition; no more weights than batches
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
            // Every partition gets at least one batch.
            int to = Math.min(Math.max(fair, from + 1), batches.size() - left);
            runs.add(List.copyOf(batches.subList(from, to)));
            from = to;
        }
        return runs;
    }

    /** Exact, even if unlimited weights would overflow. */
    private static int share(long part, long whole, int size) {
        return BigInteger.valueOf(part)
                .multiply(BigInteger.valueOf(size))
                .divide(BigInteger.valueOf(whole))
                .intValueExact();
    }
}
