package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.error.DocPage;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.identifier.KeyColumn;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.plan.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/**
 * The reasons why a query names no genes.
 *
 * @param filters filters that were pushed
 * @param unselective filters on key columns that Spark applies itself
 * @param keysMissing the session extension's reasons about joins; empty if the session does not have the extension
 */
record MissingSelector(KeyDomains filters, List<Predicate> unselective, Optional<List<String>> keysMissing) {
    private static final String EXTENSION = "spark.sql.extensions=io.github.sparkncbigene.join.NcbiGeneExtensions";
    private static final String TYPED = "string collate ";

    NcbiGeneException error() {
        List<String> reasons = new ArrayList<>(keysMissing.orElse(List.of()));
        if (filters.hasAnyOf(KeyColumn.SYMBOL)) {
            reasons.add(
                    "A filter on symbol names genes of one taxon only: add tax_id = 9606, or set the option taxon.");
        } else if (filters.hasAnyOf(KeyColumn.TAX_ID, KeyColumn.TAX_NAME)) {
            reasons.add("A filter on tax_id or tax_name alone names no genes: for a whole taxon set the option taxon.");
        }
        unselective.stream().filter(filter -> !isNotNull(filter)).forEach(filter -> reasons.add(reason(filter)));
        // Spark adds this filter to comparisons that it does not push.
        if (reasons.isEmpty()) {
            unselective.stream()
                    .map(filter -> filter.references()[0].describe())
                    .distinct()
                    .forEach(column -> reasons.add("Spark compares " + column + " itself, as in a join, with LIKE or a"
                            + " function; only = and IN with values of the column's own type name genes."));
        }
        return Selector.missing(
                String.join(" ", reasons) + (reasons.isEmpty() ? "" : " "),
                keysMissing.isPresent() || unselective.isEmpty()
                        ? "or join, see " + DocPage.of("joins") + "."
                        : "or join, with NcbiGeneLookup or in a session with " + EXTENSION + ", see "
                                + DocPage.of("joins") + ".");
    }

    private static boolean isNotNull(Predicate filter) {
        return filter.name().equals("IS_NOT_NULL");
    }

    private static String reason(Predicate filter) {
        Optional<String> collation = types(filter)
                .filter(StringType.class::isInstance)
                .map(DataType::typeName)
                .filter(name -> name.startsWith(TYPED))
                .findFirst();
        String text = "The filter " + Quoted.of(filter.toString()) + " names no genes: ";
        return collation
                .map(name -> text + "it compares under the collation " + name.substring(TYPED.length())
                        + ", and NCBI knows identifiers only as they are written.")
                .orElse(text + "only = and IN with values of the column's own type do.");
    }

    private static Stream<DataType> types(Expression expression) {
        Stream<DataType> own = expression instanceof Literal<?> literal
                ? Stream.of(literal.dataType())
                : expression instanceof Cast cast ? Stream.of(cast.dataType()) : Stream.empty();
        return Stream.concat(own, Arrays.stream(expression.children()).flatMap(MissingSelector::types));
    }
}
