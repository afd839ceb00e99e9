package io.github.sparkncbigene.service;

/** NCBI's gene service, or a stand-in. */
public interface GeneService extends AutoCloseable {
    /**
     * Asks, and returns the whole answer.
     *
     * @throws io.github.sparkncbigene.error.NcbiGeneException saying address, status, NCBI's words and request id
     */
    Answer ask(GeneRequest request);

    @Override
    void close();
}
