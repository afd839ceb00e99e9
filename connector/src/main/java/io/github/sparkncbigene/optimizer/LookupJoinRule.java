package io.github.sparkncbigene.optimizer;

import io.github.sparkncbigene.scan.PrunableScan;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Subquery;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.internal.SQLConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;

/**
 * Pushes the keys of a join to a scan wherever this leaves the result unchanged. Spark's optimizer does so only if it
 * expects a gain, which is too rarely for an unbounded table. The rule runs after Spark's own rules: by then, filters
 * are pushed down and subqueries are joins.
 */
public final class LookupJoinRule extends Rule<LogicalPlan> {
    private static final Logger LOG = LoggerFactory.getLogger(LookupJoinRule.class);
    private static final String PRUNING = "spark.sql.optimizer.dynamicPartitionPruning.enabled";
    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    private LookupJoinRule() {}

    /**
     * Makes a session run this rule, unless it does already. Logs a warning if this version of Spark is not supported.
     *
     * @param session a running session
     */
    public static void addTo(SparkSession session) {
        try {
            SparkInternals.addLast(session.experimental(), new LookupJoinRule());
        } catch (Exception | LinkageError e) {
            warnOnce(e);
        }
    }

    /**
     * Makes all sessions with these extensions run this rule.
     *
     * @param extensions the extensions that Spark is collecting
     */
    public static void addTo(SparkSessionExtensions extensions) {
        // Spark creates its rules for every query. Rules registered here would run too early, so none is registered.
        // But Spark passes the session, to which a rule can be added that runs last.
        Function1<SparkSession, Rule<LogicalPlan>> early = session -> {
            addTo(session);
            return new NoRule();
        };
        extensions.injectOptimizerRule(early);
    }

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

    private static void warnOnce(Throwable e) {
        if (LOGGED.compareAndSet(false, true)) {
            LOG.warn(
                    "Join keys are not pushed down to ncbi-gene: this Spark version is not supported. Give the keys as"
                            + " a list, or use NcbiGeneLookup.",
                    e);
        }
    }

    private static final class NoRule extends Rule<LogicalPlan> {
        @Override
        public LogicalPlan apply(LogicalPlan plan) {
            return plan;
        }
    }
}
