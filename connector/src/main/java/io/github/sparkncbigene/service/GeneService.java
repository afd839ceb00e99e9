package io.github.sparkncbigene.service;

import java.util.function.Consumer;

/** NCBI's gene service, or a stand-in. */
public interface GeneService extends AutoCloseable {
    /**
     * Asks, and returns the whole answer.
     *
     * @param nextPageToken told the token of the next page as soon as the headers say it, before the body is there
     * @throws ServiceTrouble saying address, status, NCBI's words and request id
     * @throws InterruptedException when the reader is closed meanwhile
     */
    Answer ask(GeneRequest request, Consumer<String> nextPageToken) throws ServiceTrouble, InterruptedException;

    @Override
    void close();
}
