package io.github.sparkncbigene.plan;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the filters of a query leave of the columns by which genes can be asked for: a row passes if each of the columns
 * has one of its values. Values are text, sorted, so that equal filters are equal however they were written.
 *
 * @param byColumn the values that pass, by column; a column that is not there is not filtered
 */
public record KeyDomains(NavigableMap<String, Identifiers> byColumn) implements Serializable {
    /** Everything passes. */
    public static final KeyDomains ALL = new KeyDomains(Collections.emptyNavigableMap());

    public KeyDomains {
        byColumn = Collections.unmodifiableNavigableMap(new TreeMap<>(byColumn));
    }

    /** What passes these and has one of the values in the column as well. */
    public KeyDomains and(String column, Collection<String> values) {
        Identifiers passing = Identifiers.of(values);
        NavigableMap<String, Identifiers> narrowed = new TreeMap<>(byColumn);
        narrowed.put(column, of(column).map(passing::and).orElse(passing));
        return new KeyDomains(narrowed);
    }

    /** What passes both. */
    public KeyDomains and(KeyDomains other) {
        KeyDomains both = this;
        for (var domain : other.byColumn.entrySet()) {
            both = both.and(domain.getKey(), domain.getValue());
        }
        return both;
    }

    /** The values that pass in a column; empty where it is not filtered. */
    public Optional<Identifiers> of(String column) {
        return Optional.ofNullable(byColumn.get(column));
    }

    public boolean isEmpty() {
        return byColumn.isEmpty();
    }

    /** Whether no row can pass. */
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
