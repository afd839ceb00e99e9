package io.github.sparkncbigene.optimizer;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.DynamicPruningSubquery;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Strategy;
import scala.None$;

/** Calls by reflection what differs between Spark 3.5 and 4, or between Scala 2.12 and 2.13. */
final class SparkInternals {
    private SparkInternals() {}

    /**
     * Returns the condition that a column is among the values of another side's key.
     *
     * @param column column of the scan to prune
     * @param keys all keys of the join on the other side
     * @param key index of the key for the column
     * @param onlyInBroadcast true if Spark drops the condition unless it broadcasts the other side anyway
     */
    static Expression isAmong(Expression column, LogicalPlan other, List<?> keys, int key, boolean onlyInBroadcast)
            throws ReflectiveOperationException {
        Constructor<?> constructor = DynamicPruningSubquery.class.getConstructors()[0];
        // The index of the key up to Spark 3.5, a list of indices from 4.0 on.
        Object which = constructor.getParameterTypes()[3] == int.class ? key : ScalaLists.toScala(List.of(key));
        List<Object> values = new ArrayList<>(List.of(
                column, other, ScalaLists.toScala(keys), which, onlyInBroadcast, NamedExpression$.MODULE$.newExprId()));
        // One more optional value up to Spark 4.2, two from 4.3 on. A value of another type fails, and the scan is not
        // pruned.
        while (values.size() < constructor.getParameterCount()) {
            values.add(None$.MODULE$);
        }
        return (Expression) constructor.newInstance(values.toArray());
    }

    /**
     * Returns the same rows behind a shuffle without a key, which Spark never removes, and computes once for all equal
     * ones.
     */
    static LogicalPlan shuffled(LogicalPlan plan) throws ReflectiveOperationException {
        return (LogicalPlan) constructor(RepartitionByExpression.class, 4)
                .newInstance(ScalaLists.toScala(List.of()), plan, None$.MODULE$, None$.MODULE$);
    }

    /** Returns the expressions of a node itself. */
    static List<Object> expressions(LogicalPlan node) throws ReflectiveOperationException {
        return ScalaLists.toJava(LogicalPlan.class.getMethod("expressions").invoke(node));
    }

    /** Returns the plans of subqueries in a node's own expressions. */
    static List<Object> subqueries(LogicalPlan node) throws ReflectiveOperationException {
        return ScalaLists.toJava(LogicalPlan.class.getMethod("subqueries").invoke(node));
    }

    /**
     * Returns a plan with one row and one column, {@code key}.
     *
     * @param value value of the column; must not refer to columns of another plan
     */
    static LogicalPlan oneRow(Expression value) throws ReflectiveOperationException {
        Object nothing = ScalaLists.toScala(List.of());
        Object alias = constructor(Alias.class, 6)
                .newInstance(value, "key", NamedExpression$.MODULE$.newExprId(), nothing, None$.MODULE$, nothing);
        return (LogicalPlan)
                constructor(Project.class, 2).newInstance(ScalaLists.toScala(List.of(alias)), new OneRowRelation());
    }

    /** Returns the concatenation of the texts. */
    static Expression concatenated(List<Expression> texts) throws ReflectiveOperationException {
        return (Expression) constructor(Concat.class, 1).newInstance(ScalaLists.toScala(texts));
    }

    /** Returns the rows of all plans, whose columns have the same types. */
    static LogicalPlan union(List<LogicalPlan> plans) throws ReflectiveOperationException {
        return plans.size() == 1
                ? plans.get(0)
                : (LogicalPlan) constructor(Union.class, 3).newInstance(ScalaLists.toScala(plans), false, false);
    }

    /** Returns the columns of a plan. */
    static List<Object> output(LogicalPlan plan) throws ReflectiveOperationException {
        return ScalaLists.toJava(LogicalPlan.class.getMethod("output").invoke(plan));
    }

    /** Returns true if Spark itself pushes a comparison with a scalar subquery to a scan: from 4.2 on. */
    static boolean pushesScalarSubqueries() {
        return Arrays.stream(DataSourceV2Strategy.class.getMethods())
                .anyMatch(method -> method.getName().equals("translateScalarSubqueryFilterV2"));
    }

    /** Makes a session run a rule after all of Spark's own, unless it already has a rule of that class. */
    static void addLast(ExperimentalMethods session, Rule<LogicalPlan> rule) throws ReflectiveOperationException {
        List<Object> rules = new ArrayList<>(ScalaLists.toJava(
                ExperimentalMethods.class.getMethod("extraOptimizations").invoke(session)));
        if (rules.stream().noneMatch(rule.getClass()::isInstance)) {
            rules.add(rule);
            for (var method : ExperimentalMethods.class.getMethods()) {
                if (method.getName().equals("extraOptimizations_$eq")) {
                    method.invoke(session, ScalaLists.toScala(rules));
                }
            }
        }
    }

    private static Constructor<?> constructor(Class<?> type, int parameters) throws NoSuchMethodException {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == parameters) {
                return constructor;
            }
        }
        throw new NoSuchMethodException(type.getName() + " has no constructor of " + parameters + " parameters");
    }
}
