package io.github.sparkncbigene.optimizer;

import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.optimizer.PrunableColumn.Pruned;
import io.github.sparkncbigene.scan.PrunableScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.planning.ExtractEquiJoinKeys$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import scala.Function1;
import scala.Option;
import scala.Product;

/** Collects the reasons why joins supply no keys to a scan; the scan's error contains them. */
final class MissingKeys {
    private final IdentityHashMap<PrunableScan, List<String>> reasons = new IdentityHashMap<>();

    private MissingKeys() {}

    /**
     * Tells all scans of the connector in a plan.
     *
     * @param plan the plan with all keys that were found
     */
    static void tell(LogicalPlan plan) {
        MissingKeys missing = new MissingKeys();
        missing.open(plan, false);
        OurScans.in(plan).forEach(scan -> scan.keysMissing(missing.reasons.getOrDefault(scan, List.of())));
    }

    /** Returns the scans in a plan that still need keys. */
    private List<PrunableScan> open(LogicalPlan plan, boolean pruned) {
        List<PrunableScan> open = new ArrayList<>();
        if (plan instanceof DataSourceV2ScanRelation relation
                && relation.scan() instanceof PrunableScan scan
                && scan.isUnbounded()
                && !pruned) {
            reasons.put(scan, new ArrayList<>());
            open.add(scan);
        }
        boolean below = plan instanceof Filter filter && Pruned.by(filter.condition()) == Pruned.SURELY;
        for (LogicalPlan child : Children.of(plan)) {
            List<PrunableScan> ofChild = open(child, below);
            if (plan instanceof Join join && !ofChild.isEmpty()) {
                String reason = reason(join, child);
                ofChild.forEach(scan -> reasons.get(scan).add(reason));
            }
            open.addAll(ofChild);
        }
        if (plan instanceof Filter filter && filter.condition().containsPattern(TreePattern.SCALAR_SUBQUERY())) {
            open.forEach(scan -> reasons.get(scan)
                    .add("A subquery that may give another value when it runs again, such as one with LIMIT, names no"
                            + " genes, nor does one that is not compared by = with a key column."));
        }
        Subqueries.map(plan, subquery -> {
            open(subquery, false);
            return subquery;
        });
        return open;
    }

    private static String reason(Join join, LogicalPlan side) {
        boolean left = side == join.left();
        boolean limited =
                left ? JoinSides.onlyMatchesOfLeft(join.joinType()) : JoinSides.onlyMatchesOfRight(join.joinType());
        if (!limited) {
            return "A " + join.joinType().sql() + " join keeps every gene, whatever the keys of the other side are.";
        }
        Function1<Expression, Object> nullSafe = expression -> expression instanceof EqualNullSafe;
        if (join.condition().isDefined() && join.condition().get().exists(nullSafe)) {
            return "The join compares with <=>; compare with =.";
        }
        Option<?> found = ExtractEquiJoinKeys$.MODULE$.unapply(join);
        if (found.isEmpty()) {
            return "The join compares no column of genes by =.";
        }
        Product parts = (Product) found.get();
        List<String> texts = new ArrayList<>();
        for (Object key : ScalaLists.toJava(parts.productElement(left ? 1 : 2))) {
            texts.add(reason((Expression) key, side, left ? join.right() : join.left()));
        }
        return String.join(" ", texts);
    }

    private static String reason(Expression key, LogicalPlan side, LogicalPlan other) {
        Optional<String> collation = KeyTypes.collation(key.dataType());
        if (collation.isPresent()) {
            return "The join compares under the collation " + collation.get()
                    + ", and NCBI knows identifiers only as they are written; compare with COLLATE UTF8_BINARY.";
        }
        Optional<WholeKey> column = WholeKey.of(key);
        if (column.isEmpty()) {
            return "The join compares " + key.sql() + "; compare the column itself.";
        }
        String name = column.get().column().name();
        if (column.get().as().isPresent() && !column.get().isExact()) {
            return "The join compares " + name + " as "
                    + column.get().as().get().sql()
                    + "; cast the other side's key to "
                    + column.get().column().dataType().sql() + " instead.";
        }
        Optional<KeyColumn> compared = KeyColumn.find(name).filter(KeyColumn::isIdentifier);
        if (compared.equals(Optional.of(KeyColumn.SYMBOL))
                && PrunableColumn.find(side, key, KeyColumn.SYMBOL)
                        .filter(found -> !found.scan().isOfTaxa())
                        .isPresent()) {
            return "The join compares symbol, which names genes of one taxon only: add tax_id = 9606, compare tax_id as"
                    + " well, or set the option taxon.";
        }
        boolean traced = Arrays.stream(KeyColumn.values())
                .filter(KeyColumn::isIdentifier)
                .anyMatch(known -> PrunableColumn.find(side, key, known).isPresent());
        if (traced) {
            return other.isStreaming()
                    ? "The other side of the join is a stream."
                    : "The other side of the join needs keys itself, or may give other rows when it is read for them.";
        }
        return compared.isPresent()
                ? "Between genes and the join on " + name + " is an operator that keys must not pass, such as LIMIT."
                : "The join compares " + name + "; keys are sent for " + keys(side) + " only.";
    }

    /** Returns the key columns of a side's scans. */
    private static String keys(LogicalPlan side) {
        List<PrunableScan> scans = OurScans.in(side);
        return String.join(
                ", ",
                KeyColumn.columns(key -> key.isIdentifier() && scans.stream().anyMatch(scan -> scan.hasKey(key))));
    }
}
