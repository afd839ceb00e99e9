package io.github.sparkncbigene.predicate;

import io.github.sparkncbigene.identifier.KeyDomains;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Reads Spark's predicates: returns the allowed values of a column if the predicate expresses exactly that. */
public final class PredicateReader {
    private final StructType schema;
    private final Set<String> columns;

    /**
     * @param schema schema of the table
     * @param columns columns whose predicates are read; texts and whole numbers
     */
    public PredicateReader(StructType schema, Set<String> columns) {
        this.schema = schema;
        this.columns = columns;
    }

    /** Returns the allowed values; empty if the predicate expresses more or less than allowed values of a column. */
    public Optional<KeyDomains> read(Predicate predicate) {
        return switch (predicate.name()) {
            case "=" -> equality(predicate.children());
            case "<=>" -> withoutNull(predicate.children()) ? equality(predicate.children()) : Optional.empty();
            case "IN" -> membership(predicate.children());
            case "AND" -> both(predicate.children());
            case "OR" -> either(predicate.children());
            default -> Optional.empty();
        };
    }

    /** Returns the column if the predicate only requires that it is not null, which Spark adds to every comparison. */
    public Optional<String> notNull(Predicate predicate) {
        return predicate.name().equals("IS_NOT_NULL") ? column(predicate.children()[0]) : Optional.empty();
    }

    /** Returns true if the predicate compares one of the columns. */
    public boolean isOfColumns(Predicate predicate) {
        return Arrays.stream(predicate.references())
                .anyMatch(reference -> column(reference).isPresent());
    }

    private Optional<KeyDomains> equality(Expression[] sides) {
        Optional<KeyDomains> straight = passes(sides[0], Set.of(sides[1]));
        return straight.isPresent() ? straight : passes(sides[1], Set.of(sides[0]));
    }

    /** This comparison treats null as equal to null, but no domain contains null. */
    private static boolean withoutNull(Expression[] sides) {
        return Arrays.stream(sides).noneMatch(side -> side instanceof Literal<?> literal && literal.value() == null);
    }

    private Optional<KeyDomains> membership(Expression[] children) {
        Set<Expression> values = new HashSet<>();
        for (int i = 1; i < children.length; i++) {
            values.add(children[i]);
        }
        return passes(children[0], values);
    }

    private Optional<KeyDomains> both(Expression[] sides) {
        Optional<KeyDomains> left = side(sides[0]);
        return left.flatMap(l -> side(sides[1]).map(l::and));
    }

    /** Combines two sides on the same column only: values of two columns are not a domain of either. */
    private Optional<KeyDomains> either(Expression[] sides) {
        Optional<KeyDomains> left = side(sides[0]);
        Optional<KeyDomains> right = side(sides[1]);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        Set<String> columnsOfBoth = new HashSet<>(left.get().byColumn().keySet());
        columnsOfBoth.addAll(right.get().byColumn().keySet());
        if (columnsOfBoth.size() != 1) {
            return Optional.empty();
        }
        String column = columnsOfBoth.iterator().next();
        Set<String> values = new HashSet<>(left.get().of(column).orElseThrow());
        values.addAll(right.get().of(column).orElseThrow());
        return Optional.of(KeyDomains.ALL.and(column, values));
    }

    private Optional<KeyDomains> side(Expression expression) {
        return expression instanceof Predicate predicate ? read(predicate) : Optional.empty();
    }

    private Optional<KeyDomains> passes(Expression compared, Collection<Expression> values) {
        Expression inner = compared instanceof Cast cast ? cast.expression() : compared;
        Optional<String> column = column(inner);
        if (column.isEmpty()) {
            return Optional.empty();
        }
        DataType type = schema.apply(column.get()).dataType();
        DataType comparedAs = compared instanceof Cast cast ? cast.dataType() : type;
        Set<String> texts = new HashSet<>();
        for (Expression value : values) {
            if (!(value instanceof Literal<?> literal) || !KeyLiteral.isExact(type, comparedAs, literal)) {
                return Optional.empty();
            }
            KeyLiteral.text(type, literal).ifPresent(texts::add);
        }
        return Optional.of(KeyDomains.ALL.and(column.get(), texts));
    }

    private Optional<String> column(Expression expression) {
        if (expression instanceof NamedReference reference && reference.fieldNames().length == 1) {
            return Optional.of(reference.fieldNames()[0]).filter(columns::contains);
        }
        return Optional.empty();
    }
}
