package io.github.sparkncbigene.service;

/** NCBI's gene service, or a stand-in. */
public interface GeneService extends AutoCloseable {
    /**
     * Asks, and returns the whole answer.
     *
     * @param progress told how far the request is
     * @throws ServiceException saying address, status, NCBI's words and request id
     * @throws InterruptedException when the reader is closed meanwhile
     */
    Answer ask(GeneRequest request, Progress progress) throws ServiceException, InterruptedException;

    @Override
    void close();
}
