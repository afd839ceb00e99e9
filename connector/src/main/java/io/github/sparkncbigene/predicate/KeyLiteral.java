package io.github.sparkncbigene.predicate;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;

/** The literal in a comparison with a key column, and the one column value, as text, that equals it. */
final class KeyLiteral {
    /** From this value on, two whole numbers may be the same DOUBLE. */
    private static final double DOUBLE_LIMIT = 1L << 53;

    /** From this value on, two whole numbers may be the same FLOAT. */
    private static final double FLOAT_LIMIT = 1L << 24;

    private KeyLiteral() {}

    /**
     * Returns true if at most one value of the column equals the literal.
     *
     * @param column the column's type, text or whole numbers
     * @param comparedAs the type that the column is cast to; its own type if it is not cast
     */
    static boolean isExact(DataType column, DataType comparedAs, Literal<?> literal) {
        DataType type = literal.dataType();
        if (isText(comparedAs)) {
            return isText(type);
        }
        if (!(column instanceof IntegralType)) {
            return false;
        }
        if (comparedAs instanceof DoubleType) {
            return type instanceof DoubleType && isBelow(DOUBLE_LIMIT, literal);
        }
        if (comparedAs instanceof FloatType) {
            return type instanceof FloatType && isBelow(FLOAT_LIMIT, literal);
        }
        return comparedAs instanceof DecimalType
                ? type instanceof DecimalType
                : comparedAs.equals(column) && type instanceof IntegralType;
    }

    /**
     * Returns true for text that equals only itself. Since Spark 4, a text type may have a collation, under which other
     * letter cases or trailing blanks are equal. CHAR and VARCHAR may cut or pad. The types are recognised by name,
     * because the connector is compiled without their classes.
     */
    private static boolean isText(DataType type) {
        return type instanceof StringType && type.typeName().equals("string");
    }

    /**
     * Returns true if the literal is below the limit. NaN and infinity count as exact too: they equal no whole number.
     */
    private static boolean isBelow(double limit, Literal<?> literal) {
        return !(literal.value() instanceof Number number)
                || Math.abs(number.doubleValue()) < limit
                || !Double.isFinite(number.doubleValue());
    }

    /** Returns the column's value that equals the literal, as text; empty if none does. */
    static Optional<String> text(DataType column, Literal<?> literal) {
        if (literal.value() == null) {
            return Optional.empty();
        }
        String text = literal.value().toString();
        if (!(column instanceof IntegralType)) {
            return Optional.of(text);
        }
        try {
            // As text, a number equals only the same spelling; as a number, it may have a fraction of zeros.
            return literal.dataType() instanceof StringType
                    ? Optional.of(text)
                            .filter(t -> Long.toString(Long.parseLong(t)).equals(t))
                    : Optional.of(new BigDecimal(text).toBigIntegerExact().toString());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
