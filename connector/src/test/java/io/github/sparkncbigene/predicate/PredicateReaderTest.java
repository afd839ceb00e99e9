package io.github.sparkncbigene.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateReaderTest {
    private final PredicateReader reader =
            new PredicateReader(ReportSchema.of(Report.GENE), Set.of("accession", "gene_id", "symbol", "tax_id"));

    private static Expression column(String name) {
        return Expressions.column(name);
    }

    private static Expression text(String text) {
        return new LiteralValue<>(text == null ? null : UTF8String.fromString(text), DataTypes.StringType);
    }

    private static Expression number(Object number, DataType type) {
        return new LiteralValue<>(number, type);
    }

    private static Predicate predicate(String name, Expression... children) {
        return new Predicate(name, children);
    }

    private Optional<KeyDomains> read(String name, Expression... children) {
        return reader.read(predicate(name, children));
    }

    @Test
    void equalityEitherWayRound() {
        Optional<KeyDomains> expected = Optional.of(KeyDomains.ALL.and("accession", List.of("a")));

        assertThat(read("=", column("accession"), text("a"))).isEqualTo(expected);
        assertThat(read("=", text("a"), column("accession"))).isEqualTo(expected);
        assertThat(read("<=>", column("accession"), text("a"))).isEqualTo(expected);
    }

    @Test
    void membershipWhateverTheOrder() {
        Optional<KeyDomains> expected = Optional.of(KeyDomains.ALL.and("symbol", List.of("a", "b", "c")));

        assertThat(read("IN", column("symbol"), text("c"), text("a"), text("b")))
                .isEqualTo(expected);
        assertThat(read("IN", column("symbol"), text("b"), text("c"), text("a"), text("a")))
                .isEqualTo(expected);
    }

    @Test
    void nothingEqualsNull() {
        assertThat(read("=", column("accession"), text(null)).orElseThrow().isNothing())
                .isTrue();
        assertThat(read("IN", column("accession"), text("a"), text(null)))
                .contains(KeyDomains.ALL.and("accession", List.of("a")));
        assertThat(read("IN", column("accession")).orElseThrow().isNothing()).isTrue();
    }

    @Test
    void nullSafeEqualityWithNullIsNoValueThatPasses() {
        assertThat(read("<=>", column("accession"), text(null))).isEmpty();
    }

    @Test
    void numbersOfAnyWidth() {
        Optional<KeyDomains> expected = Optional.of(KeyDomains.ALL.and("gene_id", List.of("7")));

        assertThat(read("=", column("gene_id"), number(7L, DataTypes.LongType))).isEqualTo(expected);
        assertThat(read("=", column("gene_id"), number(7, DataTypes.IntegerType)))
                .isEqualTo(expected);
        assertThat(read("=", column("gene_id"), number((short) 7, DataTypes.ShortType)))
                .isEqualTo(expected);
        assertThat(read("=", column("gene_id"), number(-7L, DataTypes.LongType)))
                .contains(KeyDomains.ALL.and("gene_id", List.of("-7")));
    }

    @Test
    void aNumberAsTextPassesAsItIsWritten() {
        Expression cast = new Cast(column("gene_id"), DataTypes.StringType);

        assertThat(read("=", cast, text("7"))).contains(KeyDomains.ALL.and("gene_id", List.of("7")));
        assertThat(read("IN", cast, text("7"), text("007"), text("+8"), text("-0"), text("x"), text(" 9")))
                .contains(KeyDomains.ALL.and("gene_id", List.of("7")));
        assertThat(read("=", column("gene_id"), text("7")))
                .as("a comparison of different types is Spark's")
                .isEmpty();
    }

    @Test
    void aTextAsNumberIsSparks() {
        assertThat(read("=", new Cast(column("symbol"), DataTypes.LongType), number(7L, DataTypes.LongType)))
                .isEmpty();
        assertThat(read("=", new Cast(column("gene_id"), DataTypes.IntegerType), number(7, DataTypes.IntegerType)))
                .isEmpty();
        assertThat(read("=", column("gene_id"), number(7.0, DataTypes.DoubleType)))
                .as("types that differ without a cast")
                .isEmpty();
        assertThat(read("=", column("symbol"), number(7L, DataTypes.LongType))).isEmpty();
    }

    private Optional<KeyDomains> readAs(DataType type, Object... values) {
        List<Expression> children = new ArrayList<>(List.of(new Cast(column("gene_id"), type)));
        for (Object value : values) {
            children.add(number(value, type));
        }
        return reader.read(new Predicate("IN", children.toArray(Expression[]::new)));
    }

    @Test
    void aFractionalNumberPassesIfItIsWhole() {
        Optional<KeyDomains> seven = Optional.of(KeyDomains.ALL.and("gene_id", List.of("7")));

        assertThat(readAs(DataTypes.DoubleType, 7.0, 7.5, Double.NaN, Double.NEGATIVE_INFINITY, null))
                .isEqualTo(seven);
        assertThat(readAs(DataTypes.FloatType, 7.0f, 7.5f, Float.NaN)).isEqualTo(seven);
        assertThat(readAs(DataTypes.createDecimalType(21, 1), Decimal.apply("7.0"), Decimal.apply("7.5")))
                .isEqualTo(seven);
        assertThat(readAs(DataTypes.DoubleType, -0.0)).contains(KeyDomains.ALL.and("gene_id", List.of("0")));
        assertThat(readAs(DataTypes.DoubleType, 1.23456789E8))
                .contains(KeyDomains.ALL.and("gene_id", List.of("123456789")));
    }

    @Test
    void aNumberThatSeveralWholeNumbersRoundToIsSparks() {
        assertThat(readAs(DataTypes.FloatType, 16777215f)).contains(KeyDomains.ALL.and("gene_id", List.of("16777215")));
        assertThat(readAs(DataTypes.FloatType, 16777216f)).isEmpty();
        assertThat(readAs(DataTypes.DoubleType, 9.007199254740992E15)).isEmpty();
    }

    /** A text type that the connector is compiled without, such as {@code STRING COLLATE UTF8_LCASE}. */
    private static DataType otherText(String name) {
        return new StringType() {
            @Override
            public String typeName() {
                return name;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"string collate UTF8_LCASE", "string collate UTF8_BINARY_RTRIM", "varchar(3)", "char(9)"})
    void textThatEqualsOtherTextIsSparks(String name) {
        DataType type = otherText(name);
        Expression literal = new LiteralValue<>(UTF8String.fromString("a"), type);

        assertThat(read("=", column("symbol"), literal)).isEmpty();
        assertThat(read("=", new Cast(column("symbol"), type), literal)).isEmpty();
        assertThat(read("=", new Cast(column("symbol"), type), text("a"))).isEmpty();
        assertThat(read("=", new Cast(column("gene_id"), type), text("7"))).isEmpty();
        assertThat(read("<=>", literal, column("symbol"))).isEmpty();
        assertThat(read("IN", column("symbol"), text("a"), literal)).isEmpty();
        assertThat(read("OR", predicate("=", column("symbol"), text("a")), predicate("=", column("symbol"), literal)))
                .isEmpty();
    }

    @Test
    void andMeets() {
        Predicate left = predicate("IN", column("symbol"), text("a"), text("b"));
        Predicate right = predicate("IN", column("symbol"), text("b"), text("c"));

        assertThat(read("AND", left, right)).contains(KeyDomains.ALL.and("symbol", List.of("b")));
        assertThat(read("AND", left, predicate("=", column("gene_id"), number(7L, DataTypes.LongType))))
                .contains(KeyDomains.ALL.and("symbol", List.of("a", "b")).and("gene_id", List.of("7")));
        assertThat(read("AND", left, predicate(">", column("gene_id"), number(7L, DataTypes.LongType))))
                .isEmpty();
    }

    @Test
    void orJoinsWithinOneColumnOnly() {
        Predicate a = predicate("=", column("symbol"), text("a"));
        Predicate b = predicate("=", column("symbol"), text("b"));
        Predicate id = predicate("=", column("gene_id"), number(7L, DataTypes.LongType));

        assertThat(read("OR", a, b)).contains(KeyDomains.ALL.and("symbol", List.of("a", "b")));
        assertThat(read("OR", predicate("OR", a, b), predicate("=", column("symbol"), text("c"))))
                .contains(KeyDomains.ALL.and("symbol", List.of("a", "b", "c")));
        assertThat(read("OR", a, id)).isEmpty();
        assertThat(read("OR", predicate("AND", a, id), a)).isEmpty();
        assertThat(read("OR", a, predicate("NOT", b))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>", "<", "<=", ">", ">=", "STARTS_WITH", "CONTAINS", "IS_NULL", "NOT", "ALWAYS_TRUE"})
    void whatSaysMoreThanWhichValuesPassIsSparks(String name) {
        assertThat(read(name, column("symbol"), text("a"))).isEmpty();
    }

    @Test
    void columnsThatAreNotKeysAreSparks() {
        assertThat(read("=", column("description"), text("a"))).isEmpty();
        assertThat(read("=", column("nothing"), text("a"))).isEmpty();
        assertThat(read("=", Expressions.column("gene_ontology.assigned_by"), text("a")))
                .isEmpty();
        assertThat(read("=", column("symbol"), column("accession"))).isEmpty();
    }

    @Test
    void notNullNamesItsColumn() {
        assertThat(reader.notNull(predicate("IS_NOT_NULL", column("symbol")))).contains("symbol");
        assertThat(reader.notNull(predicate("IS_NOT_NULL", column("description"))))
                .isEmpty();
        assertThat(reader.notNull(predicate("IS_NULL", column("symbol")))).isEmpty();
    }
}
