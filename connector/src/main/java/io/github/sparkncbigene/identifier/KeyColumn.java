package io.github.sparkncbigene.identifier;

import io.github.sparkncbigene.options.AccessionRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The columns whose values say which genes are read, by a filter, by a join or by a lookup; listed in
 * docs/push-down.md. A query by several of them prefers the first: only a scan by accession shows the accession in its
 * rows.
 */
public enum KeyColumn {
    ACCESSION(IdentifierKind.ACCESSION),
    GENE_ID(IdentifierKind.GENE_ID),
    LOCUS_TAG(IdentifierKind.LOCUS_TAG),
    /** Names genes together with a taxon only. */
    SYMBOL(IdentifierKind.SYMBOL),
    TRANSCRIPT_ACCESSION("transcript_accession", AccessionRows.TRANSCRIPT),
    PROTEIN_ACCESSION("protein_accession", AccessionRows.PROTEIN),
    /** Names genes together with symbols only. */
    TAX_ID("tax_id"),
    /** Names genes together with symbols only. */
    TAX_NAME("tax_name");

    /** The columns of the product report whose values can be requested as accessions. */
    public static final List<String> OF_TRANSCRIPTS = columns(KeyColumn::isOfTranscript);

    private final String column;
    private final Optional<IdentifierKind> kind;
    private final AccessionRows rows;

    KeyColumn(IdentifierKind kind) {
        this(kind.column(), Optional.of(kind), AccessionRows.GENE);
    }

    KeyColumn(String column, AccessionRows rows) {
        this(column, Optional.of(IdentifierKind.ACCESSION), rows);
    }

    KeyColumn(String column) {
        this(column, Optional.empty(), AccessionRows.GENE);
    }

    KeyColumn(String column, Optional<IdentifierKind> kind, AccessionRows rows) {
        this.column = column;
        this.kind = kind;
        this.rows = rows;
    }

    /** Returns the column's name. */
    public String column() {
        return column;
    }

    /** Returns the kind of identifier that its values are; empty for a taxon. */
    public Optional<IdentifierKind> kind() {
        return kind;
    }

    /** Returns the rows that a value selects. */
    public AccessionRows accessionRows() {
        return rows;
    }

    /** Returns true if its values are identifiers of genes, transcripts or proteins. */
    public boolean isIdentifier() {
        return kind.isPresent();
    }

    /** Returns true if a value selects the rows of a transcript or protein, not all rows of a gene. */
    public boolean isOfTranscript() {
        return rows != AccessionRows.GENE;
    }

    /** Returns true if a value names genes without a value of another column. */
    public boolean namesGenes() {
        return isIdentifier() && this != SYMBOL;
    }

    /** Finds the column of this name. */
    public static Optional<KeyColumn> find(String name) {
        return Arrays.stream(values()).filter(key -> key.column.equals(name)).findFirst();
    }

    /** Returns the names of the columns for which the condition holds. */
    public static List<String> columns(Predicate<KeyColumn> condition) {
        return Arrays.stream(values()).filter(condition).map(KeyColumn::column).toList();
    }
}
