package io.github.sparkncbigene.plan;

import java.io.Serializable;

/**
 * One identifier asked for.
 *
 * @param text exactly as the user gave it
 */
public record Identifier(IdentifierKind kind, String text) implements Serializable {
    /** As it is asked for: white space around an accession, as files and tables may have, is not sent. */
    public String asked() {
        return asked(kind, text);
    }

    static String asked(IdentifierKind kind, String text) {
        return kind == IdentifierKind.ACCESSION ? text.strip() : text;
    }
}
