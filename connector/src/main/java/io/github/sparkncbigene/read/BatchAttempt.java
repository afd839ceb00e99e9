package io.github.sparkncbigene.read;

import io.github.sparkncbigene.plan.IdentifierBatch;

/**
 * A batch to read, and what was made of it so far.
 *
 * @param made the rows that are out already, of an attempt before or of a larger batch that this is a part of
 * @param restarts how often reading it began anew
 */
record BatchAttempt(IdentifierBatch batch, MadeRows made, int restarts) {
    static BatchAttempt first(IdentifierBatch batch) {
        return new BatchAttempt(batch, new MadeRows(), 0);
    }

    /** A part of this batch. */
    BatchAttempt part(IdentifierBatch some) {
        return new BatchAttempt(some, made, restarts);
    }

    BatchAttempt again() {
        return new BatchAttempt(batch, made, restarts + 1);
    }
}
