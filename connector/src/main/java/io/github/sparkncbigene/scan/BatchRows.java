package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.plan.IdentifierBatch;
import java.util.List;

/** The rows of one batch, page after page. */
interface BatchRows {
    /** The next row in Spark's internal values, or null after the last. */
    Object[] next();

    /** Batches that must be asked for in addition, known after the last row. */
    List<IdentifierBatch> leftovers();
}
