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
 * Spark's optimizer passes the keys of a join on only where it expects to gain by it, which for a table without end is
 * too rarely. This rule passes them on wherever that leaves the result as it is. It runs after Spark's own rules: filters
 * are pushed down by then, and subqueries are joins.
 */
final class LookupJoinRule extends Rule<LogicalPlan> {
    private static final Logger LOG = LoggerFactory.getLogger(LookupJoinRule.class);
    private static final String PRUNING = "spark.sql.optimizer.dynamicPartitionPruning.enabled";
    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        // Spark optimizes a subquery by itself first; it comes again, in the plan that it is part of.
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

    /** Both of Spark's settings that matter here are on by default. */
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
