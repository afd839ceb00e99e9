package io.github.sparkncbigene.service;

/** NCBI's gene service, or a stand-in. */
public interface GeneService extends AutoCloseable {
    /**
     * Sends a request, retries it as long as the retry budget lasts, and returns the whole response.
     *
     * @param budget retry budget of the requested page
     * @param progress receives the request's progress
     * @throws ServiceException with address, status, NCBI's message and request ID
     * @throws InterruptedException if the reader is closed in the meantime
     */
    Response execute(GeneRequest request, RetryBudget budget, Progress progress)
            throws ServiceException, InterruptedException;

    @Override
    void close();
}
