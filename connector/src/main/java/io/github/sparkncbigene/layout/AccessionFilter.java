package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.identifier.KeyColumn;
import java.util.List;
import java.util.Set;

/**
 * Selects the transcripts whose own accession, or whose protein's accession, is in a list. An accession listed without
 * a version matches every version.
 */
public final class AccessionFilter {
    /** The columns of the product report that the filter reads. */
    static final List<String> COLUMNS = KeyColumn.OF_TRANSCRIPTS;

    private final Set<String> accessions;

    /** @param accessions the accessions to select; an empty list selects all transcripts */
    public AccessionFilter(List<String> accessions) {
        this.accessions = Set.copyOf(accessions);
    }

    boolean keepsAll() {
        return accessions.isEmpty();
    }

    /** Returns true if a transcript is selected; either argument may be null. */
    boolean keeps(Object transcriptAccession, Object proteinAccession) {
        return keepsAll() || has(transcriptAccession) || has(proteinAccession);
    }

    private boolean has(Object accession) {
        if (accession == null) {
            return false;
        }
        String text = accession.toString();
        int dot = text.lastIndexOf('.');
        return accessions.contains(text) || (dot > 0 && accessions.contains(text.substring(0, dot)));
    }
}
