package io.github.sparkncbigene.read;

import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.plan.TableChoice;
import io.github.sparkncbigene.rate.RateControl;
import io.github.sparkncbigene.rate.RateShare;
import io.github.sparkncbigene.reuse.CachedPart;
import io.github.sparkncbigene.spec.ReadSpec;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * The work of one task.
 *
 * @param batches to request, in order
 * @param share of the scan's rate, in case the rate is divided
 * @param control the place that grants permits
 * @param siblings number of partitions of the scan, this one included
 * @param identifiers number of identifiers in all partitions
 * @param cached what comes from the cache
 * @param table the form of the responses; here and not in the factory, because Spark makes the factory before a join
 *     says what is read
 * @param ownRowsOnly as {@link ReadSpec#ownRowsOnly}, here for the same reason
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
