package io.github.sparkncbigene.testkit;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** The fields that {@code sort.field} may name. NCBI documents none: members and table fields with one value. */
final class SortFields {
    /** Orders numbers by value, other texts by their characters. */
    static final Comparator<String> NUMBERS_FIRST =
            Comparator.comparing(SortFields::number).thenComparing(Comparator.naturalOrder());

    private SortFields() {}

    /** Returns a function that reads the field from a gene. */
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
