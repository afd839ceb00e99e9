package io.github.sparkncbigene.read;

import io.github.sparkncbigene.decode.EmittedRows;
import io.github.sparkncbigene.plan.IdentifierBatch;

/**
 * A batch to read, and what was made of it so far.
 *
 * @param made the rows that are out already, of an attempt before or of a larger batch that this is a part of
 * @param restarts how often reading it began anew
 */
record Work(IdentifierBatch batch, EmittedRows made, int restarts) {
    static Work first(IdentifierBatch batch) {
        return new Work(batch, new EmittedRows(), 0);
    }

    /** A part of this batch. */
    Work part(IdentifierBatch some) {
        return new Work(some, made, restarts);
    }

    Work again() {
        return new Work(batch, made, restarts + 1);
    }
}
