package io.github.sparkncbigene.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Product;

/**
 * A comparison of a column with values that do not depend on any row.
 *
 * @param key the column, or an expression of it
 * @param values literals, subqueries, and expressions of these
 */
record KeyConstant(Expression key, List<Expression> values) {
    /** Returns the comparisons that every row passing the condition must pass. */
    static List<KeyConstant> of(Expression condition) {
        List<KeyConstant> found = new ArrayList<>();
        collect(condition, found);
        return found;
    }

    private static void collect(Expression condition, List<KeyConstant> found) {
        if (condition instanceof And and) {
            collect(and.left(), found);
            collect(and.right(), found);
        } else if (condition instanceof EqualTo equal) {
            if (isConstant(equal.right())) {
                found.add(new KeyConstant(equal.left(), List.of(equal.right())));
            } else if (isConstant(equal.left())) {
                found.add(new KeyConstant(equal.right(), List.of(equal.left())));
            }
        } else if (condition instanceof In in) {
            List<Expression> values = ScalaLists.toJava(((Product) in).productElement(1)).stream()
                    .map(Expression.class::cast)
                    .toList();
            if (values.stream().allMatch(KeyConstant::isConstant)) {
                found.add(new KeyConstant(in.value(), values));
            }
        }
    }

    private static boolean isConstant(Expression value) {
        return value.references().isEmpty() && value.deterministic();
    }

    /** Returns true if Spark itself pushes the comparison to the scan. */
    boolean isPushed(WholeKey column) {
        return column.as().isEmpty()
                && values.size() == 1
                && values.get(0) instanceof ScalarSubquery
                && SparkInternals.pushesScalarSubqueries();
    }

    /** Returns the values as the rows of a plan with one column. */
    LogicalPlan plan() throws ReflectiveOperationException {
        List<LogicalPlan> rows = new ArrayList<>();
        for (Expression value : values) {
            rows.add(SparkInternals.oneRow(value));
        }
        return SparkInternals.union(rows);
    }
}
