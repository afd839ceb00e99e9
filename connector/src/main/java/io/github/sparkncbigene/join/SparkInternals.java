package io.github.sparkncbigene.join;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.catalyst.expressions.DynamicPruningSubquery;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.None$;

/** What differs between Spark 3.5 and 4, or Scala 2.12 and 2.13, and so is called by reflection. */
final class SparkInternals {
    private SparkInternals() {}

    /**
     * The condition that a column is among the values of another side's key.
     *
     * @param column of the scan to prune
     * @param keys of the other side, all that the join has, as one of Scala's lists
     * @param key which of them is the column's
     * @param onlyInBroadcast whether it is to be dropped unless the other side is broadcast anyway
     */
    static Expression isAmong(Expression column, LogicalPlan other, Object keys, int key, boolean onlyInBroadcast)
            throws ReflectiveOperationException {
        Constructor<?> constructor = DynamicPruningSubquery.class.getConstructors()[0];
        // The index of the key until Spark 3.5, a list of indices from 4.0.
        Object which = constructor.getParameterTypes()[3] == int.class ? key : ScalaLists.toScala(List.of(key));
        List<Object> values = new ArrayList<>(
                List.of(column, other, keys, which, onlyInBroadcast, NamedExpression$.MODULE$.newExprId()));
        // One optional value more until Spark 4.2, two from 4.3; a value of another kind would be an error, and no
        // pruning.
        while (values.size() < constructor.getParameterCount()) {
            values.add(None$.MODULE$);
        }
        return (Expression) constructor.newInstance(values.toArray());
    }

    /** The same rows behind a shuffle of no key, which Spark never takes out and computes once for all equal ones. */
    static LogicalPlan shuffled(LogicalPlan plan) throws ReflectiveOperationException {
        return (LogicalPlan) constructor(RepartitionByExpression.class, 4)
                .newInstance(ScalaLists.toScala(List.of()), plan, None$.MODULE$, None$.MODULE$);
    }

    /** The expressions of a node itself. */
    static List<Object> expressions(LogicalPlan node) throws ReflectiveOperationException {
        return ScalaLists.toJava(LogicalPlan.class.getMethod("expressions").invoke(node));
    }

    /** The plans of subqueries in a node's own expressions. */
    static List<Object> subqueries(LogicalPlan node) throws ReflectiveOperationException {
        return ScalaLists.toJava(LogicalPlan.class.getMethod("subqueries").invoke(node));
    }

    /** Lets a session run a rule after all of Spark's own, unless it has one of that class. */
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
