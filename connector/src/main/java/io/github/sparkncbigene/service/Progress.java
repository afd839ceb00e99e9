package io.github.sparkncbigene.service;

/** Receives the progress of a request. */
@FunctionalInterface
public interface Progress {
    /** Called each time the request is sent: it no longer waits for a permit, so that the next request may. */
    default void permitted() {}

    /** Called with the token of the next page as soon as the headers contain it, before the body arrives. */
    void nextPageToken(String token);
}
