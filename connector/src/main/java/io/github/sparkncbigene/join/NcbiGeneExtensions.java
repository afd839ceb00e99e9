package io.github.sparkncbigene.join;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Function1;
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
        // Spark creates its rules for every query. Rules registered here would run too early, so none is registered.
        // But Spark passes the session, to which a rule can be added that runs last.
        Function1<SparkSession, Rule<LogicalPlan>> early = session -> {
            enable(session);
            return new NoRule();
        };
        extensions.injectOptimizerRule(early);
        return BoxedUnit.UNIT;
    }

    /**
     * Enables lookup joins in a session. Does nothing if they are already enabled, or if this version of Spark is not
     * supported.
     *
     * @param session a running session
     */
    public static void enable(SparkSession session) {
        try {
            SparkInternals.addLast(session.experimental(), new LookupJoinRule());
        } catch (Exception | LinkageError e) {
            LookupJoinRule.warnOnce(e);
        }
    }

    private static final class NoRule extends Rule<LogicalPlan> {
        @Override
        public LogicalPlan apply(LogicalPlan plan) {
            return plan;
        }
    }
}
