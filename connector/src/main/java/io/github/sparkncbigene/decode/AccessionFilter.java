package io.github.sparkncbigene.decode;

import java.util.List;
import java.util.Set;

/**
 * Keeps the transcripts that have one of a list of accessions, of their own or of their protein; an accession listed
 * without its version keeps every version.
 */
public final class AccessionFilter {
    /** The product report's columns that it looks at. */
    static final List<String> COLUMNS = List.of("transcript_accession", "protein_accession");

    private final Set<String> accessions;

    /** @param accessions to keep; none keeps all */
    public AccessionFilter(List<String> accessions) {
        this.accessions = Set.copyOf(accessions);
    }

    boolean keepsAll() {
        return accessions.isEmpty();
    }

    /** Whether a transcript is kept; either may be null. */
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
