package io.github.sparkncbigene.service;

/** NCBI's gene service, or a stand-in. */
public interface GeneService extends AutoCloseable {
    /**
     * Asks, as often as the budget of retries allows, and returns the whole answer.
     *
     * @param budget of the page that is asked for
     * @param progress told how far the request is
     * @throws ServiceException saying address, status, NCBI's words and request id
     * @throws InterruptedException when the reader is closed meanwhile
     */
    Answer ask(GeneRequest request, RetryBudget budget, Progress progress)
            throws ServiceException, InterruptedException;

    @Override
    void close();
}
