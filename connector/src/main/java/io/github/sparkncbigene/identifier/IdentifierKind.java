package io.github.sparkncbigene.identifier;

import io.github.sparkncbigene.options.Option;

/** The kinds of identifier by which genes can be requested. */
public enum IdentifierKind {
    ACCESSION(Option.ACCESSIONS, "accession", "accession"),
    LOCUS_TAG(Option.LOCUS_TAGS, "locus tag", "locus_tag"),
    GENE_ID(Option.GENE_IDS, "GeneID", "gene_id"),
    SYMBOL(Option.SYMBOLS, "symbol", "symbol");

    private final Option option;
    private final String words;
    private final String column;

    IdentifierKind(Option option, String words, String column) {
        this.option = option;
        this.words = words;
        this.column = column;
    }

    /** Returns the option that lists identifiers of this kind; requests use the same name. */
    public Option option() {
        return option;
    }

    /** Returns the kind's name for users. */
    public String words() {
        return words;
    }

    /** Returns the column in which a row shows the requested identifier. */
    public String column() {
        return column;
    }
}
