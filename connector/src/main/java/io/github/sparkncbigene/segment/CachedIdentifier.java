package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.service.Retrieval;
import java.util.List;

/**
 * An identifier with everything that NCBI returned for it.
 *
 * @param identifier its text, as sent
 * @param time when its oldest response was sent, in microseconds since 1970
 * @param from the response that lacks its gene, for an identifier without hits
 * @param hits its genes; empty if NCBI has none
 * @param remarks NCBI's messages about an identifier without a gene, in the reader's form
 */
@SuppressWarnings("ArrayRecordComponent")
public record CachedIdentifier(String identifier, long time, Retrieval from, List<Hit> hits, byte[] remarks) {
    /**
     * A gene that the identifier names.
     *
     * @param warnings on the identifier's row of it, in the reader's form
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Hit(CachedReport report, byte[] warnings) {}
}
