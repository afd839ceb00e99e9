package io.github.sparkncbigene.rows;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.table.UnprovenTableException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts in a task the batches whose tables cannot be used. The first one of a query is logged. */
final class TableTrial {
    private static final Logger LOG = LoggerFactory.getLogger(TableTrial.class);

    private final ProjectionCheck projection;
    private final UnaryOperator<String> hidden;
    private final TaskCounters counters;
    private final BooleanSupplier isFirst;

    /**
     * @param projection learns that tables are of no use to this task
     * @param hidden takes the key out of a text
     * @param isFirst returns true the first time that a task of the query calls it
     */
    TableTrial(
            ProjectionCheck projection, UnaryOperator<String> hidden, TaskCounters counters, BooleanSupplier isFirst) {
        this.projection = projection;
        this.hidden = hidden;
        this.counters = counters;
        this.isFirst = isFirst;
    }

    /** A table does not prove itself. */
    void unproven(String reference, UnprovenTableException why) {
        if (why.isOfForm()) {
            projection.decide(false);
        }
        reread("the table in the response to " + reference + " cannot be used: " + why.getMessage() + ".");
    }

    /** The service rejects a request for a table. */
    void refused(ServiceException why) {
        projection.decide(false);
        reread("the service rejects the request for a table. " + why.words());
    }

    private void reread(String why) {
        counters.count(Counter.TABLES_REREAD);
        if (isFirst.getAsBoolean()) {
            LOG.warn(
                    "The connector reads a batch again as JSON: {} It counts such batches in the metric '{}', and logs"
                            + " the first one of a query on each executor.",
                    hidden.apply(why),
                    Counter.TABLES_REREAD.words());
        }
    }
}
