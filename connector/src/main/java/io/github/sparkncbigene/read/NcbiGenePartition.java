package io.github.sparkncbigene.read;

import io.github.sparkncbigene.plan.IdentifierBatch;
import io.github.sparkncbigene.plan.TableChoice;
import io.github.sparkncbigene.rate.RateControl;
import io.github.sparkncbigene.rate.RateShare;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads.
 *
 * @param batches to request, in order
 * @param share of the scan's rate, for where that is divided
 * @param control where requests get their turns
 * @param siblings how many partitions there are, this one included
 * @param identifiers in all of them
 * @param table the form of the responses; Spark makes the reader factory before a join says what is read
 * @param ownRowsOnly as {@link ReadSpec#ownRowsOnly}, for the same reason not the factory's
 * @param cached what comes from the cache
 */
public record NcbiGenePartition(
        List<IdentifierBatch> batches,
        RateShare share,
        RateControl control,
        int siblings,
        long identifiers,
        CachedPart cached,
        TableChoice table,
        boolean ownRowsOnly)
        implements InputPartition {}
