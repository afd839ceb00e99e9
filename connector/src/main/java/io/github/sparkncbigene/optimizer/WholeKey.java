package io.github.sparkncbigene.optimizer;

import io.github.sparkncbigene.error.ErrorCode;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RaiseError;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.Product;

/**
 * A column as a join compares it: bare, or cast to the type of the other side's key. Spark casts GeneIDs if the other
 * key is a DOUBLE, which pandas uses for a column with a missing value.
 *
 * @param column an {@link AttributeReference}
 * @param as the type that the column is cast to
 */
record WholeKey(AttributeReference column, Optional<DataType> as) {
    /** The functions that Spark applies to join keys that are fractional numbers. */
    private static final Set<String> NORMALIZED = Set.of("KnownFloatingPointNormalized", "NormalizeNaNAndZero");

    /** Returns the column of an expression, if the expression is a bare or cast column. */
    static Optional<WholeKey> of(Expression expression) {
        Expression inner = expression;
        while (NORMALIZED.contains(inner.getClass().getSimpleName())) {
            inner = (Expression) ((Product) inner).productElement(0);
        }
        if (inner instanceof Cast cast) {
            return cast.child() instanceof AttributeReference column
                    ? Optional.of(new WholeKey(column, Optional.of(cast.dataType())))
                    : Optional.empty();
        }
        return inner instanceof AttributeReference column
                ? Optional.of(new WholeKey(column, Optional.empty()))
                : Optional.empty();
    }

    /** Returns the same cast of another column, for which this one is an alias. */
    Optional<WholeKey> from(Expression source) {
        return of(source)
                .filter(key -> as.isEmpty() || key.as.isEmpty())
                .map(key -> new WholeKey(key.column, as.or(() -> key.as)));
    }

    /** Returns true if each value of the other key equals at most one value of the column. */
    boolean isExact() {
        return as.isEmpty()
                || (column.dataType() instanceof IntegralType
                        && (as.get() instanceof DoubleType
                                || as.get() instanceof FloatType
                                || as.get() instanceof DecimalType
                                || KeyTypes.isPlainText(as.get())));
    }

    /** Returns true if casting the other key can fail for values too large for the type. */
    boolean mayFail() {
        return as.filter(FloatType.class::isInstance).isPresent();
    }

    /** Returns the column's value that equals the other key; null if none does. */
    Expression valueOf(Expression other) {
        if (as.isEmpty()) {
            return other;
        }
        DataType type = column.dataType();
        Expression whole = new Cast(other, type, Option.empty(), EvalMode$.MODULE$.TRY());
        Expression back = new Cast(whole, as.get(), Option.empty(), EvalMode$.MODULE$.LEGACY());
        Expression value = new If(new EqualTo(back, other), whole, new Literal(null, type));
        if (!mayFail()) {
            return value;
        }
        String error = "[" + ErrorCode.INVALID_IDENTIFIER.code() + "] A join compares " + column.name()
                + " with a FLOAT, which holds whole numbers exactly only below " + KeyTypes.FLOAT_LIMIT
                + ", and a key is larger. Read the key as BIGINT or DOUBLE from its source.";
        Expression large = new GreaterThanOrEqual(
                new Cast(whole, DataTypes.LongType, Option.empty(), EvalMode$.MODULE$.LEGACY()),
                new Literal(KeyTypes.FLOAT_LIMIT, DataTypes.LongType));
        Expression fails = new Cast(
                new RaiseError(new Literal(UTF8String.fromString(error), DataTypes.StringType)),
                type,
                Option.empty(),
                EvalMode$.MODULE$.LEGACY());
        return new If(large, fails, value);
    }
}
