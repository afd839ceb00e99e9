package io.github.sparkncbigene.join;

import io.github.sparkncbigene.scan.PrunableScan;
import org.apache.spark.sql.catalyst.optimizer.ReplaceCTERefWithRepartition$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;

/**
 * References to common table expressions that Spark computes once, such as those with a random column. Right after the
 * rules of users Spark puts a copy of the expression in the place of each reference, and gives the copies' columns other
 * names; in a filter by the keys of a join it renames only a part of them, so that the plan is invalid. Therefore the
 * references are replaced first, with Spark's own rule, and the joins pruned then.
 */
final class CteReferences {
    private CteReferences() {}

    /** The plan without references, and without Spark's own filters by keys on our scans if there were any. */
    static LogicalPlan replaced(LogicalPlan plan) {
        return plan.containsPattern(TreePattern.CTE())
                ? ReplaceCTERefWithRepartition$.MODULE$.apply(withoutKeys(plan))
                : plan;
    }

    private static LogicalPlan withoutKeys(LogicalPlan plan) {
        LogicalPlan below = Children.map(plan, CteReferences::withoutKeys);
        LogicalPlan inside = Subqueries.map(below, CteReferences::withoutKeys);
        return inside instanceof Filter filter && isAboveOurs(filter.child()) ? Subqueries.withoutKeys(filter) : inside;
    }

    private static boolean isAboveOurs(LogicalPlan plan) {
        return plan instanceof DataSourceV2ScanRelation relation
                ? relation.scan() instanceof PrunableScan
                : plan instanceof Filter filter && isAboveOurs(filter.child());
    }
}
