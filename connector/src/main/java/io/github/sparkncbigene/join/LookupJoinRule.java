package io.github.sparkncbigene.join;

import io.github.sparkncbigene.scan.PrunableScan;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Subquery;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.internal.SQLConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes the keys of a join to a scan wherever this leaves the result unchanged. Spark's optimizer does so only if it
 * expects a gain, which is too rarely for an unbounded table. The rule runs after Spark's own rules: by then, filters
 * are pushed down and subqueries are joins.
 */
final class LookupJoinRule extends Rule<LogicalPlan> {
    private static final Logger LOG = LoggerFactory.getLogger(LookupJoinRule.class);
    private static final String PRUNING = "spark.sql.optimizer.dynamicPartitionPruning.enabled";
    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        // Spark first optimizes a subquery by itself. It comes again, in the plan that contains it.
        if (plan instanceof Subquery) {
            return plan;
        }
        try {
            List<PrunableScan> ours = OurScans.in(plan);
            if (!ours.isEmpty() && !isOn(PRUNING)) {
                ours.forEach(scan -> scan.keysMissing(List.of("Keys are not sent while " + PRUNING + " is false.")));
            }
            return ours.isEmpty() || !isOn(PRUNING) ? plan : prune(plan);
        } catch (Exception | LinkageError | StackOverflowError e) {
            warnOnce(e);
            return plan;
        }
    }

    private static LogicalPlan prune(LogicalPlan plan) {
        LogicalPlan replaced = CteReferences.replaced(plan);
        LogicalPlan pruned = new JoinPruning(isOn("spark.sql.exchange.reuse")).prune(replaced);
        MissingKeys.tell(pruned);
        return pruned;
    }

    /** Returns true unless the setting is off: both relevant settings of Spark are on by default. */
    private static boolean isOn(String setting) {
        return Boolean.parseBoolean(SQLConf.get().getConfString(setting, "true"));
    }

    static void warnOnce(Throwable e) {
        if (LOGGED.compareAndSet(false, true)) {
            LOG.warn(
                    "Keys of joins are not passed on to ncbi-gene, because this Spark differs from those known. Give the"
                            + " keys as a list, or use NcbiGeneLookup.",
                    e);
        }
    }
}
