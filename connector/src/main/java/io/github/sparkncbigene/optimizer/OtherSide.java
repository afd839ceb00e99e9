package io.github.sparkncbigene.optimizer;

import io.github.sparkncbigene.scan.PrunableScan;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import scala.Function1;

/**
 * The side of a join that supplies the keys. It may be read twice, once for its keys and once for its rows. If the
 * second read returned other rows, they would find no genes. The side is therefore read twice only if all its sources
 * are known to return the same rows again.
 *
 * @param exchangesReused true if Spark computes equal shuffles once
 */
record OtherSide(LogicalPlan plan, boolean exchangesReused) {
    /** The ways to get the keys. */
    enum Reading {
        /** Read the side once more. */
        AGAIN,
        /** Read the output of its shuffle. */
        SHUFFLED,
        NOT
    }

    /** Operators that turn the same rows, in any order, into the same rows. */
    private static final Set<String> REPEATABLE = Set.of(
            "Project",
            "Filter",
            "Join",
            "Union",
            "Aggregate",
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

    /** Functions whose result does not depend on the order of rows. A sum of fractional numbers does. */
    private static final Set<String> ORDERLESS = Set.of("Count", "Min", "Max");

    /** Returns how the side's keys can be read, if at all. */
    Reading reading() throws ReflectiveOperationException {
        if (plan.isStreaming() || waitsForKeys(plan, false)) {
            return Reading.NOT;
        }
        boolean subqueries = plan.containsPattern(TreePattern.PLAN_EXPRESSION());
        boolean ours = holdsOurs(plan);
        boolean repeatable = isRepeatable(plan);
        if (repeatable && !subqueries && !ours) {
            return Reading.AGAIN;
        }
        // A shuffle that contains a subquery is not always computed once.
        return exchangesReused && (repeatable || !subqueries) ? Reading.SHUFFLED : Reading.NOT;
    }

    /**
     * Returns true if the side, including its subqueries, always returns the same rows, and needs no request of the
     * connector.
     */
    boolean isConstant() throws ReflectiveOperationException {
        return !plan.isStreaming() && isRepeatable(plan) && !holdsOurs(plan);
    }

    private static boolean waitsForKeys(LogicalPlan plan, boolean pruned) {
        if (plan instanceof DataSourceV2ScanRelation relation) {
            return relation.scan() instanceof PrunableScan scan && scan.isUnbounded() && !pruned;
        }
        boolean prunedBelow = plan instanceof Filter filter
                && PrunableColumn.Pruned.by(filter.condition()) == PrunableColumn.Pruned.SURELY;
        return Children.of(plan).stream().anyMatch(child -> waitsForKeys(child, prunedBelow));
    }

    private static boolean holdsOurs(LogicalPlan plan) {
        return plan instanceof DataSourceV2ScanRelation relation
                ? relation.scan() instanceof PrunableScan
                : Children.of(plan).stream().anyMatch(OtherSide::holdsOurs);
    }

    private boolean isRepeatable(LogicalPlan node) throws ReflectiveOperationException {
        if (isReadOnce(node)) {
            return true;
        }
        if (!isKnown(node)) {
            return false;
        }
        for (Object expression : SparkInternals.expressions(node)) {
            if (!isRepeatable((Expression) expression)) {
                return false;
            }
        }
        for (List<?> plans : List.of(Children.of(node), SparkInternals.subqueries(node))) {
            for (Object inner : plans) {
                if (!isRepeatable((LogicalPlan) inner)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns true for the kind of shuffle that is added to sides that must not be read twice. */
    private boolean isReadOnce(LogicalPlan node) {
        return exchangesReused
                && node instanceof RepartitionByExpression shuffle
                && ScalaLists.toJava(shuffle.productElement(0)).isEmpty()
                && !node.containsPattern(TreePattern.PLAN_EXPRESSION());
    }

    private static boolean isKnown(LogicalPlan node) {
        if (node instanceof LogicalRelation relation) {
            // Its files are listed once.
            return relation.relation() instanceof HadoopFsRelation;
        }
        if (node instanceof DataSourceV2ScanRelation relation) {
            return relation.scan() instanceof PrunableScan;
        }
        return REPEATABLE.contains(node.getClass().getSimpleName().replace("$", ""));
    }

    private static boolean isRepeatable(Expression expression) {
        Function1<Expression, Object> ordered = part -> part instanceof AggregateFunction function
                && !ORDERLESS.contains(function.getClass().getSimpleName());
        // The results of user-defined functions are unknown.
        return expression.deterministic()
                && !expression.containsPattern(TreePattern.SCALA_UDF())
                && !expression.containsPattern(TreePattern.PYTHON_UDF())
                && !expression.exists(ordered);
    }
}
