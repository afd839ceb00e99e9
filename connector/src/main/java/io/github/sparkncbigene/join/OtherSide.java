package io.github.sparkncbigene.join;

import io.github.sparkncbigene.scan.PrunableScan;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import scala.Enumeration;
import scala.Function1;

/**
 * The side of a join that names the keys. It may be read twice, once for its keys and once for its rows; if the second
 * reading gave other rows, they would find no genes. So what may differ is found here, by what is known to be the same.
 */
final class OtherSide {
    /** Operators that make the same rows of the same rows, in whatever order these come. */
    private static final Set<String> REPEATABLE = Set.of(
            "Project",
            "Filter",
            "Join",
            "Union",
            "Expand",
            "Generate",
            "Sort",
            "Repartition",
            "RepartitionByExpression",
            "RebalancePartitions",
            "ResolvedHint",
            "InMemoryRelation",
            "LocalRelation",
            "EmptyRelation",
            "OneRowRelation",
            "Range");

    /** Functions whose value does not depend on the order of rows; a sum of fractions does. */
    private static final Set<String> ORDERLESS = Set.of("Count", "Min", "Max");

    private OtherSide() {}

    /** Whether it can name keys at all: it ends, and does not wait for keys itself. */
    static boolean canNameKeys(LogicalPlan plan) {
        return !plan.isStreaming() && !waitsForKeys(plan, false);
    }

    /** Whether reading it again surely gives the same rows. */
    static boolean isRepeatable(LogicalPlan plan) {
        return plan.deterministic()
                && !contains(plan, TreePattern.PLAN_EXPRESSION())
                && !contains(plan, TreePattern.SCALA_UDF())
                && !contains(plan, TreePattern.PYTHON_UDF())
                && isKnown(plan);
    }

    private static boolean waitsForKeys(LogicalPlan plan, boolean pruned) {
        if (plan instanceof DataSourceV2ScanRelation relation) {
            return relation.scan() instanceof PrunableScan scan && scan.isUnbounded() && !pruned;
        }
        boolean prunedBelow = plan instanceof Filter filter
                && PrunableColumn.Pruned.by(filter.condition()) == PrunableColumn.Pruned.SURELY;
        return Children.of(plan).stream().anyMatch(child -> waitsForKeys(child, prunedBelow));
    }

    private static boolean isKnown(LogicalPlan plan) {
        boolean known = plan instanceof LogicalRelation relation
                // Its files are listed once.
                ? relation.relation() instanceof HadoopFsRelation
                : plan instanceof Aggregate aggregate
                        ? isOrderless(aggregate)
                        : REPEATABLE.contains(plan.getClass().getSimpleName().replace("$", ""));
        return known && Children.of(plan).stream().allMatch(OtherSide::isKnown);
    }

    private static boolean isOrderless(Aggregate aggregate) {
        Function1<Expression, Object> ordered = expression -> expression instanceof AggregateFunction function
                && !ORDERLESS.contains(function.getClass().getSimpleName());
        // The second of its members is what it computes.
        return ScalaLists.toJava(aggregate.productElement(1)).stream()
                .map(Expression.class::cast)
                .noneMatch(computed -> computed.exists(ordered));
    }

    private static boolean contains(LogicalPlan plan, Enumeration.Value pattern) {
        return plan.containsPattern(pattern);
    }
}
