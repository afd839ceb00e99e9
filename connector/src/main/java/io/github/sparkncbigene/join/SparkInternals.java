package io.github.sparkncbigene.join;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.catalyst.expressions.Alias;
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

/** What differs between Spark 3.5 and 4, or Scala 2.12 and 2.13, and so is called by reflection. */
final class SparkInternals {
    private SparkInternals() {}

    /**
     * The condition that a column is among the values of another side's key.
     *
     * @param column of the scan to prune
     * @param keys of the other side, all that the join has
     * @param key which of them is the column's
     * @param onlyInBroadcast whether it is to be dropped unless the other side is broadcast anyway
     */
    static Expression isAmong(Expression column, LogicalPlan other, List<?> keys, int key, boolean onlyInBroadcast)
            throws ReflectiveOperationException {
        Constructor<?> constructor = DynamicPruningSubquery.class.getConstructors()[0];
        // The index of the key until Spark 3.5, a list of indices from 4.0.
        Object which = constructor.getParameterTypes()[3] == int.class ? key : ScalaLists.toScala(List.of(key));
        List<Object> values = new ArrayList<>(List.of(
                column, other, ScalaLists.toScala(keys), which, onlyInBroadcast, NamedExpression$.MODULE$.newExprId()));
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

    /**
     * A plan of one row and one column, {@code key}.
     *
     * @param value of the column; refers to no other plan's columns
     */
    static LogicalPlan oneRow(Expression value) throws ReflectiveOperationException {
        Object nothing = ScalaLists.toScala(List.of());
        Object alias = constructor(Alias.class, 6)
                .newInstance(value, "key", NamedExpression$.MODULE$.newExprId(), nothing, None$.MODULE$, nothing);
        return (LogicalPlan)
                constructor(Project.class, 2).newInstance(ScalaLists.toScala(List.of(alias)), new OneRowRelation());
    }

    /** The rows of all these plans; they have columns of the same types. */
    static LogicalPlan union(List<LogicalPlan> plans) throws ReflectiveOperationException {
        return plans.size() == 1
                ? plans.get(0)
                : (LogicalPlan) constructor(Union.class, 3).newInstance(ScalaLists.toScala(plans), false, false);
    }

    /** The columns of a plan. */
    static List<Object> output(LogicalPlan plan) throws ReflectiveOperationException {
        return ScalaLists.toJava(LogicalPlan.class.getMethod("output").invoke(plan));
    }

    /** True if Spark itself pushes a comparison of a column with a scalar subquery to a scan: from 4.2. */
    static boolean pushesScalarSubqueries() {
        return Arrays.stream(DataSourceV2Strategy.class.getMethods())
                .anyMatch(method -> method.getName().equals("translateScalarSubqueryFilterV2"));
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
