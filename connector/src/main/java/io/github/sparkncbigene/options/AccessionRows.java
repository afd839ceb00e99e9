package io.github.sparkncbigene.options;

import java.util.Locale;

/** The rows of the product report that a listed accession gives. */
public enum AccessionRows {
    /** All transcripts of its gene. */
    GENE,
    /** The transcript that it is. */
    TRANSCRIPT,
    /** The transcripts of the protein that it is. */
    PROTEIN;

    /** Returns the option's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
