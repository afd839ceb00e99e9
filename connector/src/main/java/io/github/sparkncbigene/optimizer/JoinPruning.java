package io.github.sparkncbigene.optimizer;

import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.identifier.SymbolOfTaxon;
import io.github.sparkncbigene.optimizer.OtherSide.Reading;
import io.github.sparkncbigene.optimizer.PrunableColumn.Pruned;
import io.github.sparkncbigene.scan.PrunableScan;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.planning.ExtractEquiJoinKeys$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.Product;

/**
 * Puts filters on the keys of a join's other side right above the connector's scans.
 *
 * @param exchangesReused true if Spark computes equal shuffles once
 */
record JoinPruning(boolean exchangesReused) {
    /** Number of rows in one request: reading so few is faster than finding out which of them are needed. */
    private static final long FEW_ROWS = 1000;

    /**
     * One of the connector's scans in a join.
     *
     * @param name the compared column
     * @param side the join's side that contains it
     * @param other the join's other side
     * @param otherKeys all keys of the other side, as one of Scala's lists
     * @param key index of the key that the column is compared with
     * @param taxon the other side's taxon of a symbol, packed with it; empty where a symbol needs none, and for the
     *     rest
     */
    private record Candidate(
            KeyColumn name,
            PrunableColumn column,
            LogicalPlan side,
            LogicalPlan other,
            Object otherKeys,
            int key,
            Optional<Expression> taxon) {}

    /** Bytes that Spark reads in the time in which, at NCBI's rate, one more row is requested: a cautious estimate. */
    private static final long BYTES_PER_ROW = 1000;

    /** Returns the plan with every scan pruned that can be. */
    LogicalPlan prune(LogicalPlan plan) {
        LogicalPlan pruned = plan;
        for (KeyColumn key : KeyColumn.values()) {
            pruned = key.isIdentifier() ? prune(pruned, key) : pruned;
        }
        return pruned;
    }

    private LogicalPlan prune(LogicalPlan plan, KeyColumn name) {
        LogicalPlan children = Children.map(plan, child -> prune(child, name));
        LogicalPlan below = Subqueries.map(children, subquery -> prune(subquery, name));
        if (below instanceof Filter filter) {
            return prune(filter, name);
        }
        return below instanceof Join join
                ? candidates(join, name)
                        // Of two scans of the connector, the unbounded or larger one gets the keys of the other.
                        .max(Comparator.comparing(
                                        (Candidate c) -> c.column().scan().needsKeysOf(name))
                                .thenComparing(c -> c.column().scan().estimatedRows()))
                        .map(candidate -> prune(join, candidate))
                        .orElse(join)
                : below;
    }

    /**
     * Prunes by comparisons with values known before any row is read, such as a subquery's result, after Spark's
     * push-down.
     */
    private LogicalPlan prune(Filter filter, KeyColumn name) {
        Optional<PrunableColumn> pruned = Optional.empty();
        for (KeyConstant constant : KeyConstant.of(filter.condition())) {
            pruned = PrunableColumn.find(filter.child(), constant.key(), name)
                    .filter(column -> column.scan().needsKeysOf(name) && column.pruned() != Pruned.SURELY)
                    .filter(column -> !constant.isPushed(column.key()));
            if (pruned.isPresent()) {
                PrunableColumn column = pruned.get();
                try {
                    LogicalPlan values = constant.plan();
                    if (new OtherSide(values, exchangesReused).isConstant()) {
                        LogicalPlan side =
                                keep(column, values, SparkInternals.output(values), 0, Optional.empty(), false);
                        return Children.replace(filter, filter.child(), side);
                    }
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("This Spark is not known", e);
                }
            }
        }
        return filter;
    }

    /**
     * Returns the column's plan with only the rows that match one of the keys.
     *
     * @param keys all keys of the join on the other side
     * @param key index of the key that the column is compared with
     */
    private static LogicalPlan keep(
            PrunableColumn column,
            LogicalPlan other,
            List<Object> keys,
            int key,
            Optional<Expression> taxon,
            boolean onlyInBroadcast)
            throws ReflectiveOperationException {
        boolean bare = column.key().as().isEmpty() && taxon.isEmpty();
        Expression value = column.key().valueOf((Expression) keys.get(key));
        List<?> values = bare
                ? keys
                : List.of(taxon.isEmpty() ? value : SparkInternals.concatenated(List.of(taxon.get(), value)));
        Expression isAmong =
                SparkInternals.isAmong(column.key().column(), other, values, bare ? key : 0, onlyInBroadcast);
        return column.rebuild().apply(scan -> new Filter(isAmong, scan));
    }

    private static Stream<Candidate> candidates(Join join, KeyColumn name) {
        Option<?> found = ExtractEquiJoinKeys$.MODULE$.unapply(join);
        if (found.isEmpty()) {
            return Stream.empty();
        }
        // The members are: type of join, left keys, right keys, and more.
        Product parts = (Product) found.get();
        Object left = parts.productElement(1);
        Object right = parts.productElement(2);
        return Stream.concat(
                JoinSides.onlyMatchesOfLeft(join.joinType())
                        ? candidate(join.left(), left, join.right(), right, name).stream()
                        : Stream.empty(),
                JoinSides.onlyMatchesOfRight(join.joinType())
                        ? candidate(join.right(), right, join.left(), left, name).stream()
                        : Stream.empty());
    }

    private static Optional<Candidate> candidate(
            LogicalPlan side, Object keys, LogicalPlan other, Object otherKeys, KeyColumn name) {
        List<Object> own = ScalaLists.toJava(keys);
        List<Object> others = ScalaLists.toJava(otherKeys);
        for (int i = 0; i < own.size(); i++) {
            Optional<PrunableColumn> column = PrunableColumn.find(side, own.get(i), name);
            if (column.isPresent() && ((Expression) others.get(i)).deterministic()) {
                PrunableScan scan = column.get().scan();
                Optional<Expression> taxon = name == KeyColumn.SYMBOL && !scan.namesTaxon()
                        ? taxon(scan, side, own, others)
                        : Optional.empty();
                if (name == KeyColumn.SYMBOL && taxon.isEmpty() && !scan.isOfTaxa()) {
                    continue;
                }
                return Optional.of(new Candidate(name, column.get(), side, other, otherKeys, i, taxon));
            }
        }
        return Optional.empty();
    }

    /** The other side's taxon in the form of the first part of a packed symbol, where the join compares taxa too. */
    private static Optional<Expression> taxon(
            PrunableScan scan, LogicalPlan side, List<Object> own, List<Object> others) {
        for (KeyColumn name : List.of(KeyColumn.TAX_ID, KeyColumn.TAX_NAME)) {
            for (int i = 0; i < own.size(); i++) {
                Expression other = (Expression) others.get(i);
                Optional<Expression> value = PrunableColumn.find(side, own.get(i), name)
                        .filter(column -> column.scan() == scan && other.deterministic())
                        .map(column -> column.key().valueOf(other));
                if (value.isPresent()) {
                    return Optional.of(packed(name.column(), value.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Expression packed(String column, Expression taxon) {
        Expression text = new Cast(taxon, DataTypes.StringType, Option.empty(), EvalMode$.MODULE$.LEGACY());
        try {
            return SparkInternals.concatenated(
                    List.of(text(column + SymbolOfTaxon.SEPARATOR), text, text(SymbolOfTaxon.SEPARATOR)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Spark is not known", e);
        }
    }

    private static Expression text(String value) {
        return new Literal(UTF8String.fromString(value), DataTypes.StringType);
    }

    private LogicalPlan prune(Join join, Candidate candidate) {
        PrunableColumn column = candidate.column();
        boolean unbounded = column.scan().needsKeysOf(candidate.name());
        boolean worthwhile = unbounded || isSoonRead(candidate.other(), column.scan());
        boolean done = worthwhile ? column.pruned() == Pruned.SURELY : column.pruned() != Pruned.NOT;
        boolean few = column.scan().estimatedRows() <= FEW_ROWS || column.key().mayFail();
        if (done || (!unbounded && few)) {
            return join;
        }
        try {
            Reading reading = new OtherSide(candidate.other(), exchangesReused).reading();
            // Reading the other side only for its keys may cost more than reading a list to its end.
            if (reading == Reading.NOT || (reading == Reading.SHUFFLED && !unbounded)) {
                return join;
            }
            LogicalPlan other =
                    reading == Reading.AGAIN ? candidate.other() : SparkInternals.shuffled(candidate.other());
            LogicalPlan side = keep(
                    column,
                    other,
                    ScalaLists.toJava(candidate.otherKeys()),
                    candidate.key(),
                    candidate.taxon(),
                    !worthwhile);
            return Children.map(join, child -> child == candidate.side() ? side : other);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Spark is not known", e);
        }
    }

    /**
     * Returns true if reading the other side once more certainly takes less time than requesting all listed
     * identifiers.
     */
    private static boolean isSoonRead(LogicalPlan other, PrunableScan scan) {
        BigInteger cost = BigInteger.valueOf(scan.estimatedRows()).multiply(BigInteger.valueOf(BYTES_PER_ROW));
        return other.stats().sizeInBytes().bigInteger().compareTo(cost) <= 0;
    }
}
