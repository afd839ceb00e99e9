package io.github.sparkncbigene.join;

import io.github.sparkncbigene.optimizer.LookupJoinRule;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Makes every equi-join with ncbi-gene on {@code accession}, {@code locus_tag} or {@code gene_id} fetch only the keys
 * of the other side, without a list. Set it in {@code spark.sql.extensions}, or call {@link #enable} in a running
 * session. See docs/joins.md.
 */
public final class NcbiGeneExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    /** Called by Spark. */
    public NcbiGeneExtensions() {}

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        LookupJoinRule.addTo(extensions);
        return BoxedUnit.UNIT;
    }

    /**
     * Enables lookup joins in a session. Does nothing if they are already enabled, or if this version of Spark is not
     * supported.
     *
     * @param session a running session
     */
    public static void enable(SparkSession session) {
        LookupJoinRule.addTo(session);
    }
}
