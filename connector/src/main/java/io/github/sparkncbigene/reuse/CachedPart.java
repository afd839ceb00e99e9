package io.github.sparkncbigene.reuse;

import io.github.sparkncbigene.cache.CachedBlock;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * The part of the cache that a task reads.
 *
 * @param blocks with identifiers that are the task's to read
 * @param files that the driver has looked into
 */
public record CachedPart(List<CachedBlock> blocks, Set<String> files) implements Serializable {
    /** Nothing is cached, or nobody has looked. */
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
