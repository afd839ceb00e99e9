package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.options.Blanks;
import java.io.Serializable;

/**
 * One identifier of a list, a file, a filter or a join.
 *
 * @param text exactly as the user gave it
 */
public record Identifier(IdentifierKind kind, String text) implements Serializable {
    /** As it is sent: without the white space that a column of accessions may have around it. */
    public String asked() {
        return asked(kind, text);
    }

    static String asked(IdentifierKind kind, String text) {
        return kind == IdentifierKind.ACCESSION ? Blanks.strip(text) : text;
    }

    /** Tells whether it can be what its kind says; what cannot is never sent. */
    public boolean isWellFormed() {
        return IdentifierForm.isWellFormed(kind, asked());
    }
}
