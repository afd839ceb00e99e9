package io.github.sparkncbigene.service;

/** Is told how far a request is. */
@FunctionalInterface
public interface Progress {
    /** It waits for its turn no longer, so that another one may; told once for every time it is sent. */
    default void hasItsTurn() {}

    /** The token of the next page, as soon as the headers say it, before the body is there. */
    void nextPageToken(String token);
}
