package io.github.sparkncbigene.optimizer;

import io.github.sparkncbigene.scan.PrunableScan;
import org.apache.spark.sql.catalyst.optimizer.ReplaceCTERefWithRepartition$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;

/**
 * Replaces references to common table expressions that Spark computes once, such as those with a random column. Right
 * after the users' rules, Spark replaces each reference with a copy of the expression, and renames the copies' columns.
 * In a filter by join keys it renames only some of them, which makes the plan invalid. Therefore this class first
 * replaces the references, with Spark's own rule, and the joins are pruned afterwards.
 */
final class CteReferences {
    private CteReferences() {}

    /** Returns the plan without references, and without Spark's own key filters on the connector's scans. */
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
