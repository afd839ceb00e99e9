package io.github.sparkncbigene.optimizer;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.DynamicPruningSubquery;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import scala.runtime.AbstractPartialFunction;

/** The subqueries in the expressions of a plan's node. */
final class Subqueries {
    /** Replaces the plans of subqueries. Subqueries that are join keys stay: they copy what the join itself reads. */
    private static final class Changed extends AbstractPartialFunction<Expression, Expression> {
        private final UnaryOperator<LogicalPlan> change;

        Changed(UnaryOperator<LogicalPlan> change) {
            this.change = change;
        }

        @Override
        public boolean isDefinedAt(Expression expression) {
            return expression instanceof SubqueryExpression && !(expression instanceof DynamicPruningSubquery);
        }

        @Override
        public Expression apply(Expression expression) {
            SubqueryExpression subquery = (SubqueryExpression) expression;
            LogicalPlan changed = change.apply(subquery.plan());
            return changed == subquery.plan() ? subquery : subquery.withNewPlan(changed);
        }
    }

    /** Removes join keys that filter columns of the connector's scans. */
    private static final class WithoutKeys extends AbstractPartialFunction<Expression, Expression> {
        @Override
        public boolean isDefinedAt(Expression expression) {
            return expression instanceof DynamicPruningSubquery;
        }

        @Override
        public Expression apply(Expression expression) {
            return Literal$.MODULE$.TrueLiteral();
        }
    }

    private Subqueries() {}

    static LogicalPlan map(LogicalPlan node, UnaryOperator<LogicalPlan> change) {
        return node.containsPattern(TreePattern.PLAN_EXPRESSION())
                ? node.transformExpressions(new Changed(change))
                : node;
    }

    /** Returns the node without filters by join keys. */
    static LogicalPlan withoutKeys(LogicalPlan node) {
        return node.transformExpressions(new WithoutKeys());
    }
}
