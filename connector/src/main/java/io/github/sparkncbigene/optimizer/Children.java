package io.github.sparkncbigene.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;

/** Accesses the children of a plan's node without Scala's lists. */
final class Children {
    private Children() {}

    static List<LogicalPlan> of(LogicalPlan node) {
        List<LogicalPlan> children = new ArrayList<>();
        map(node, child -> {
            children.add(child);
            return child;
        });
        return children;
    }

    static LogicalPlan map(LogicalPlan node, UnaryOperator<LogicalPlan> change) {
        Function1<LogicalPlan, LogicalPlan> function = change::apply;
        return node.mapChildren(function);
    }

    /** Returns the node with one child replaced. */
    static LogicalPlan replace(LogicalPlan node, LogicalPlan child, LogicalPlan other) {
        return map(node, each -> each == child ? other : each);
    }
}
