package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.plan.IdentifierBatch;
import java.io.Serializable;

/**
 * Where the answers to some identifiers are: what the driver tells a task.
 *
 * @param file in the scope's directory
 * @param identifiers wanted of it
 */
@SuppressWarnings("ArrayRecordComponent")
public record CachedBlock(String file, long offset, int length, int inflated, byte[] seal, IdentifierBatch identifiers)
        implements Serializable {
    Segment.Block block() {
        return new Segment.Block(offset, length, inflated, 0, seal);
    }
}
