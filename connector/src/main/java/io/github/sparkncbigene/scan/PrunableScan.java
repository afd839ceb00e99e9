package io.github.sparkncbigene.scan;

import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;

/** A scan that reads less when it is told, at run time, which keys the other side of a join holds. */
public interface PrunableScan extends SupportsRuntimeV2Filtering {
    /** Whether nothing selects genes, so that the scan is an error unless keys arrive at run time. */
    boolean isUnbounded();

    /** How many rows the scan gives, roughly, if no keys arrive. */
    long estimatedRows();
}
