package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.KeyDomains;
import java.util.List;

/**
 * The rows of a report that are an identifier's own: those of the transcript or protein that an accession is, and those
 * of the gene whose official symbol a symbol is.
 *
 * @param columns the identifier is in one of these; empty if all rows of a report are an identifier's own
 * @param anyVersion true if an accession without a version is one of each version
 */
public record OwnRows(List<String> columns, boolean anyVersion) {
    /** All rows of a report. */
    public static final OwnRows ALL = new OwnRows(List.of(), false);

    /** The rows of the gene whose official symbol a filter or a join names. */
    public static final OwnRows OF_SYMBOL = new OwnRows(List.of("symbol"), false);

    public OwnRows {
        columns = List.copyOf(columns);
    }

    /**
     * Returns the rows of accessions that filters or a join name, in the first filtered column. They may be in either
     * column if none is filtered: a join named them, and drops the rows of the other column.
     */
    public static OwnRows named(KeyDomains filters) {
        List<String> filtered = AccessionFilter.COLUMNS.stream()
                .filter(column -> filters.of(column).isPresent())
                .limit(1)
                .toList();
        return new OwnRows(filtered.isEmpty() ? AccessionFilter.COLUMNS : filtered, false);
    }

    /** The rows of listed accessions, which are in this column. A list may leave out the version. */
    public static OwnRows listed(String column) {
        return new OwnRows(List.of(column), true);
    }

    boolean isAll() {
        return columns.isEmpty();
    }

    /** Returns true if the value of one of the columns names the identifier; the value may be null. */
    boolean isOwn(Identifier hit, Object value) {
        if (value == null) {
            return false;
        }
        String name = value.toString();
        if (!anyVersion) {
            return name.equals(hit.text());
        }
        String requested = hit.requested();
        return name.equals(requested) || (name.lastIndexOf('.') == requested.length() && name.startsWith(requested));
    }
}
