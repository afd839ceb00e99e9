package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.identifier.Identifiers;
import java.util.List;
import java.util.Set;

/**
 * The result of a look into the cache.
 *
 * @param blocks where cached identifiers are
 * @param missing the other identifiers
 * @param files that were looked into
 */
public record Found(List<CachedBlock> blocks, Identifiers missing, Set<String> files) {
    public Found {
        blocks = List.copyOf(blocks);
        files = Set.copyOf(files);
    }

    /** Nothing, since nothing was looked into. */
    public static Found nothing(Identifiers identifiers) {
        return new Found(List.of(), identifiers, Set.of());
    }
}
