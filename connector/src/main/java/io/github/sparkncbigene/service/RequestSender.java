package io.github.sparkncbigene.service;

/** Sends single requests. */
interface RequestSender {
    /**
     * Sends a request once, and returns the whole answer.
     *
     * @param progress told how far the request is
     * @throws ServiceException saying address, status, NCBI's words and request id
     * @throws InterruptedException when the reader is closed meanwhile
     */
    Answer ask(GeneRequest request, Progress progress) throws ServiceException, InterruptedException;

    void close();
}
