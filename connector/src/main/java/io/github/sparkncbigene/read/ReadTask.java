package io.github.sparkncbigene.read;

import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.List;
import java.util.OptionalInt;

/**
 * The work of one task.
 *
 * @param batches identifiers to read; others may come from the cache
 * @param ahead largest number of batches that are requested before they are read
 * @param limit largest number of rows needed; empty for all
 */
public record ReadTask(ReadSpec spec, List<IdentifierBatch> batches, int ahead, OptionalInt limit) {
    public ReadTask {
        batches = List.copyOf(batches);
    }
}
