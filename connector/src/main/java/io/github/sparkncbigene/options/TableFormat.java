package io.github.sparkncbigene.options;

import java.util.Locale;

/** A named set of table fields. */
public enum TableFormat {
    SUMMARY,
    /** Of the gene report only. */
    GENE_ONTOLOGY;

    /** Returns the option's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
