package io.github.sparkncbigene.optimizer;

import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.scan.PrunableScan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.DynamicPruningSubquery;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import scala.Function1;
import scala.Product;

/**
 * A column of a scan that a plan passes on. Leaving out rows of the scan by this column's value leaves out the plan's
 * rows with that value, and nothing else.
 *
 * @param key the scan's own column, as it is compared
 * @param pruned whether the scan is already pruned
 * @param rebuild returns the plan with another node in place of the scan
 */
record PrunableColumn(
        PrunableScan scan, WholeKey key, Pruned pruned, Function<UnaryOperator<LogicalPlan>, LogicalPlan> rebuild) {

    /** The certainty that join keys prune a scan. */
    enum Pruned {
        NOT,
        /** Pruned if Spark broadcasts the other side. */
        MAYBE,
        SURELY;

        /**
         * Returns what the condition of a filter above a scan implies. Spark does not push filters on cast columns to a
         * scan.
         */
        static Pruned by(Expression condition) {
            Function1<Expression, Object> maybe = expression -> expression instanceof DynamicPruningSubquery pruning
                    && pruning.pruningKey() instanceof AttributeReference;
            Function1<Expression, Object> surely = expression -> expression instanceof DynamicPruningSubquery pruning
                    && pruning.pruningKey() instanceof AttributeReference
                    && !pruning.onlyInBroadcast();
            return condition.exists(surely) ? SURELY : condition.exists(maybe) ? MAYBE : NOT;
        }

        private Pruned or(Pruned other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** Operators with one input that treat each row, or set of rows, independently of its position. */
    private static final Set<String> TRANSPARENT = Set.of(
            "Sort",
            "Repartition",
            "RepartitionByExpression",
            "RebalancePartitions",
            "ResolvedHint",
            "BatchEvalPython",
            "ArrowEvalPython");

    /**
     * Returns the scan's column of this name if an expression on a plan's output is that column.
     *
     * @param key the expression that a join above the plan compares
     * @param name the scan's column
     */
    static Optional<PrunableColumn> find(LogicalPlan plan, Object key, KeyColumn name) {
        return WholeKey.of((Expression) key).flatMap(column -> find(plan, column, name));
    }

    private static Optional<PrunableColumn> find(LogicalPlan plan, WholeKey key, KeyColumn name) {
        if (plan instanceof DataSourceV2ScanRelation relation) {
            return ofScan(relation, key, name);
        }
        if (plan instanceof Join join) {
            return throughJoin(join, key, name);
        }
        List<LogicalPlan> children = Children.of(plan);
        if (children.size() != 1 || !keepsRowsApart(plan)) {
            return Optional.empty();
        }
        LogicalPlan child = children.get(0);
        return comesFrom(plan, key.column(), child)
                .flatMap(key::from)
                .flatMap(source -> find(child, source, name))
                .map(found -> found.under(plan, child));
    }

    private static Optional<PrunableColumn> ofScan(DataSourceV2ScanRelation relation, WholeKey key, KeyColumn name) {
        if (!(relation.scan() instanceof PrunableScan scan
                && relation.scan() instanceof SupportsRuntimeV2Filtering filtered)) {
            return Optional.empty();
        }
        boolean prunable = Arrays.stream(filtered.filterAttributes())
                .map(reference -> String.join(".", reference.fieldNames()))
                .anyMatch(name.column()::equals);
        // The third member is the output.
        return ScalaLists.toJava(relation.productElement(2)).stream()
                .map(AttributeReference.class::cast)
                .filter(own -> prunable
                        && own.exprId().equals(key.column().exprId())
                        && own.name().equals(name.column()))
                .map(own -> new WholeKey(own, key.as()))
                .filter(WholeKey::isExact)
                .map(own -> new PrunableColumn(scan, own, Pruned.NOT, change -> change.apply(relation)))
                .findFirst();
    }

    private static Optional<PrunableColumn> throughJoin(Join join, WholeKey key, KeyColumn name) {
        boolean left = join.left().outputSet().contains(key.column());
        LogicalPlan side = left ? join.left() : join.right();
        boolean kept = left ? JoinSides.keepsLeft(join.joinType()) : JoinSides.keepsRight(join.joinType());
        return kept && join.deterministic()
                ? find(side, key, name).map(found -> found.under(join, side))
                : Optional.empty();
    }

    private static boolean keepsRowsApart(LogicalPlan node) {
        boolean known = node instanceof Project
                || node instanceof Filter
                || node instanceof Aggregate
                || node instanceof Generate
                || TRANSPARENT.contains(node.getClass().getSimpleName());
        return known && node.deterministic();
    }

    /** Returns the input expression of an operator's output attribute, if the operator passes it on unchanged. */
    private static Optional<Expression> comesFrom(LogicalPlan node, AttributeReference attribute, LogicalPlan child) {
        if (node instanceof Project) {
            return named(((Product) node).productElement(0), attribute);
        }
        if (node instanceof Aggregate) {
            List<Object> groups = ScalaLists.toJava(((Product) node).productElement(0));
            return named(((Product) node).productElement(1), attribute)
                    .filter(source -> groups.stream().anyMatch(group -> source.semanticEquals((Expression) group)));
        }
        return child.outputSet().contains(attribute) ? Optional.of(attribute) : Optional.empty();
    }

    private static Optional<Expression> named(Object expressions, AttributeReference attribute) {
        for (Object expression : ScalaLists.toJava(expressions)) {
            if (expression instanceof Alias alias && alias.exprId().equals(attribute.exprId())) {
                return Optional.of(alias.child());
            }
            if (expression instanceof AttributeReference same && same.exprId().equals(attribute.exprId())) {
                return Optional.of(same);
            }
        }
        return Optional.empty();
    }

    private PrunableColumn under(LogicalPlan node, LogicalPlan child) {
        Pruned known = node instanceof Filter filter ? pruned.or(Pruned.by(filter.condition())) : pruned;
        return new PrunableColumn(scan, key, known, change -> Children.replace(node, child, rebuild.apply(change)));
    }
}
