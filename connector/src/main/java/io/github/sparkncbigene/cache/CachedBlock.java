package io.github.sparkncbigene.cache;

import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.segment.Segment;
import java.io.Serializable;

/**
 * The place of the responses for some identifiers, which the driver sends to a task.
 *
 * @param file its file in the scope's directory
 * @param identifiers the needed identifiers
 */
@SuppressWarnings("ArrayRecordComponent")
public record CachedBlock(String file, long offset, int length, int inflated, byte[] seal, IdentifierBatch identifiers)
        implements Serializable {
    Segment.Block block() {
        return new Segment.Block(offset, length, inflated, 0, seal);
    }
}
