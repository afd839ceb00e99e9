package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.options.Option;

/** The kinds of identifier by which the service is asked for genes. */
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

    /** The option that lists identifiers of this kind; in requests the list has the same name. */
    public Option option() {
        return option;
    }

    /** What users call one. */
    public String words() {
        return words;
    }

    /** The column in which a row shows the identifier that was asked for. */
    public String column() {
        return column;
    }
}
