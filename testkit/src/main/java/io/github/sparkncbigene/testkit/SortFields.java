package io.github.sparkncbigene.testkit;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** What {@code sort.field} may name. NCBI documents nothing here: members and table fields that hold one value. */
final class SortFields {
    /** Orders numbers by value, other texts by their characters. */
    static final Comparator<String> NUMBERS_FIRST =
            Comparator.comparing(SortFields::number).thenComparing(Comparator.naturalOrder());

    private SortFields() {}

    /** How to get a gene's value of the field. */
    static Function<Gene, String> key(String field, Report report) {
        Optional<TableField> found = TableFields.of(report).scalar(field);
        if (found.isEmpty()) {
            throw InvalidRequest.argument("invalid sort field: \"" + field + "\"");
        }
        String member = found.get().path();
        return gene -> Json.text(gene.descriptor(report), member);
    }

    private static BigInteger number(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? new BigInteger(text)
                : BigInteger.valueOf(-1);
    }
}
