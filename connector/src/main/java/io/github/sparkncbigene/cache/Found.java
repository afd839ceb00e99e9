package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.identifier.Identifiers;
import java.util.List;
import java.util.Set;

/**
 * The result of a look into the cache.
 *
 * @param blocks blocks with cached identifiers
 * @param missing the other identifiers
 * @param files files that were searched
 */
public record Found(List<CachedBlock> blocks, Identifiers missing, Set<String> files) {
    public Found {
        blocks = List.copyOf(blocks);
        files = Set.copyOf(files);
    }

    /** Returns a result without cached identifiers, for a cache that is not searched. */
    public static Found nothing(Identifiers identifiers) {
        return new Found(List.of(), identifiers, Set.of());
    }
}
