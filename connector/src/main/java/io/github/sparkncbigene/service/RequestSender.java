package io.github.sparkncbigene.service;

/** Sends single requests. */
public interface RequestSender {
    /**
     * Sends a request once, and returns the whole response.
     *
     * @param progress receives the request's progress
     * @throws ServiceException with address, status, NCBI's message and request ID
     * @throws InterruptedException if the reader is closed in the meantime
     */
    Response execute(GeneRequest request, Progress progress) throws ServiceException, InterruptedException;

    void close();
}
