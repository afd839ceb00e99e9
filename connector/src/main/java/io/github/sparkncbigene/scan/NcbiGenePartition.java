package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.plan.IdentifierBatch;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads.
 *
 * @param batches in order
 */
record NcbiGenePartition(List<IdentifierBatch> batches) implements InputPartition {}
