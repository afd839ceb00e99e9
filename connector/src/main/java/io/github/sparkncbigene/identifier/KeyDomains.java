package io.github.sparkncbigene.identifier;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The values that a query's filters allow in the key columns: a row passes if each filtered column has one of its
 * values. Values are sorted text, so that equal filters are equal however they were written.
 *
 * @param byColumn allowed values by column; a column that is absent is not filtered
 */
public record KeyDomains(NavigableMap<String, Identifiers> byColumn) implements Serializable {
    /** No filter: every row passes. */
    public static final KeyDomains ALL = new KeyDomains(Collections.emptyNavigableMap());

    public KeyDomains {
        byColumn = Collections.unmodifiableNavigableMap(new TreeMap<>(byColumn));
    }

    /** Returns these filters and a filter on the column. */
    public KeyDomains and(String column, Collection<String> values) {
        Identifiers passing = Identifiers.of(values);
        NavigableMap<String, Identifiers> narrowed = new TreeMap<>(byColumn);
        narrowed.put(column, of(column).map(passing::and).orElse(passing));
        return new KeyDomains(narrowed);
    }

    /** Returns both filters combined. */
    public KeyDomains and(KeyDomains other) {
        KeyDomains both = this;
        for (var domain : other.byColumn.entrySet()) {
            both = both.and(domain.getKey(), domain.getValue());
        }
        return both;
    }

    /** Returns the allowed values of a column; empty if it is not filtered. */
    public Optional<Identifiers> of(String column) {
        return Optional.ofNullable(byColumn.get(column));
    }

    /** Returns the allowed values of a column; empty if it is not filtered. */
    public Optional<Identifiers> of(KeyColumn key) {
        return of(key.column());
    }

    /** Returns true if one of the columns is filtered. */
    public boolean hasAnyOf(KeyColumn... keys) {
        return Arrays.stream(keys).anyMatch(key -> of(key).isPresent());
    }

    public boolean isEmpty() {
        return byColumn.isEmpty();
    }

    /** Returns true if no row can pass. */
    public boolean isNothing() {
        return byColumn.values().stream().anyMatch(Identifiers::isEmpty);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        byColumn.forEach((column, values) -> text.append(text.length() == 0 ? "" : " AND ")
                .append(column)
                .append(values.size() == 1 ? " = " + values.get(0) : " IN (" + values.size() + " values)"));
        return text.toString();
    }
}
