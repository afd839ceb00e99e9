package io.github.sparkncbigene.reuse;

import io.github.sparkncbigene.cache.CachedBlock;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * The part of the cache that a task reads.
 *
 * @param blocks blocks with the task's identifiers
 * @param files files that the driver has searched
 */
public record CachedPart(List<CachedBlock> blocks, Set<String> files) implements Serializable {
    /** A part without blocks: nothing is cached, or the driver has not searched. */
    public static final CachedPart NONE = new CachedPart(List.of(), Set.of());

    public CachedPart {
        blocks = List.copyOf(blocks);
        files = Set.copyOf(files);
    }

    /** Returns the number of cached identifiers. */
    public long identifiers() {
        return blocks.stream().mapToLong(block -> block.identifiers().size()).sum();
    }
}
