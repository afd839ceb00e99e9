package io.github.sparkncbigene.read;

import io.github.sparkncbigene.plan.Identifier;
import java.io.IOException;
import java.util.List;

/** The rows of one batch, page after page. */
interface BatchRows {
    /** Returns the next row in Spark's internal values, or null after the last. */
    Object[] next();

    /** What must be read besides to have all rows of the batch; known after the last row. */
    List<BatchAttempt> leftovers();

    /** The identifiers that the response lacks, though whole reports may have them; known after the last row. */
    default List<Identifier> toLookUp() {
        return List.of();
    }

    /** Reads the page that is open to its end, for whoever keeps its answer; gives no rows any more. */
    void readOut() throws IOException;
}
