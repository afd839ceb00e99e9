package io.github.sparkncbigene.join;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Function1;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Lets every equi-join with ncbi-gene on {@code accession}, {@code locus_tag} or {@code gene_id} ask for the keys of the
 * other side only, with no list given. For {@code spark.sql.extensions}; in a session that runs already,
 * {@link #enable}. See docs/joins.md.
 */
public final class NcbiGeneExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    /** Called by Spark. */
    public NcbiGeneExtensions() {}

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        // Spark makes its rules anew for every query. Rules given to it here would run too early, so none is; but it
        // tells the session, to which one can be given that runs last.
        Function1<SparkSession, Rule<LogicalPlan>> early = session -> {
            enable(session);
            return new NoRule();
        };
        extensions.injectOptimizerRule(early);
        return BoxedUnit.UNIT;
    }

    /**
     * Switches lookup joins on in a session; does nothing where they are on, or where this Spark is not known.
     *
     * @param session that runs already
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
