package io.github.sparkncbigene.identifier;

import java.util.Optional;

/**
 * A symbol and the taxon that it is a symbol of, as one text. A join hands over the values of each of its keys by
 * themselves; packed into one text, they stay together.
 *
 * @param column that the taxon is a value of, {@code tax_id} or {@code tax_name}
 */
public record SymbolOfTaxon(String column, String taxon, String symbol) {
    /** Stands between the parts: no symbol and no taxon holds a control character. */
    public static final String SEPARATOR = "\u001f";

    /** Unpacks a text to symbol and taxon; empty for a plain symbol. */
    public static Optional<SymbolOfTaxon> unpack(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        return parts.length == 3 ? Optional.of(new SymbolOfTaxon(parts[0], parts[1], parts[2])) : Optional.empty();
    }
}
