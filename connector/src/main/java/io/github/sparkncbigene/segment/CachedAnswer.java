package io.github.sparkncbigene.segment;

import io.github.sparkncbigene.service.Retrieval;
import java.util.List;

/**
 * Everything that NCBI answered to one identifier.
 *
 * @param identifier as it was sent
 * @param time of the oldest of it, in microseconds since 1970
 * @param from the response that the row comes from where it has no genes
 * @param hits its genes; none where NCBI has none
 * @param remarks what NCBI says where it has no gene, in the reader's form
 */
@SuppressWarnings("ArrayRecordComponent")
public record CachedAnswer(String identifier, long time, Retrieval from, List<Hit> hits, byte[] remarks) {
    /**
     * A gene that the identifier names.
     *
     * @param warnings on the identifier's row of it, in the reader's form
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Hit(CachedReport report, byte[] warnings) {}
}
