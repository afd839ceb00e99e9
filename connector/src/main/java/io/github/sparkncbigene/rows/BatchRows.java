package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.recovery.BatchAttempt;
import java.io.IOException;
import java.util.List;

/** The rows of one batch, page after page. */
public interface BatchRows {
    /** Returns the next row in Spark's internal values, or null after the last. */
    Object[] next();

    /** Returns the further attempts that complete the rows of the batch; known after the last row. */
    List<BatchAttempt> leftovers();

    /** The identifiers that the response lacks, though whole reports may have them; known after the last row. */
    default List<Identifier> toLookUp() {
        return List.of();
    }

    /** Reads the open page to its end so that its response can be cached; returns no more rows. */
    void drain() throws IOException;
}
