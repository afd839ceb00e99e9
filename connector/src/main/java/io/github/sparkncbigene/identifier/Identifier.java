package io.github.sparkncbigene.identifier;

import io.github.sparkncbigene.text.Blanks;
import java.io.Serializable;

/**
 * One identifier from a list, a file, a filter or a join.
 *
 * @param text exactly as the user wrote it
 */
public record Identifier(IdentifierKind kind, String text) implements Serializable {
    /** Returns the identifier as it is sent: without white space around it, which a column of accessions may have. */
    public String requested() {
        return requested(kind, text);
    }

    public static String requested(IdentifierKind kind, String text) {
        return kind == IdentifierKind.ACCESSION ? Blanks.strip(text) : text;
    }

    /** Returns the identifier in NCBI's spelling: a well-formed GeneID loses its decimal point. */
    public String normalized() {
        return kind == IdentifierKind.GENE_ID ? IdentifierForm.geneId(text).orElse(text) : text;
    }

    public boolean isAccession() {
        return kind == IdentifierKind.ACCESSION;
    }

    /** Returns true if the text can be an identifier of its kind; others are never sent. */
    public boolean isWellFormed() {
        return IdentifierForm.isWellFormed(kind, requested());
    }
}
