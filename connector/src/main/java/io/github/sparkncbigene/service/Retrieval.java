package io.github.sparkncbigene.service;

import java.time.Instant;

/**
 * The origin of a row: a response of the service, fetched now or read from the cache.
 *
 * @param requestId NCBI's ID of the request; null if NCBI sent none
 * @param at the time when the service sent the response; null if there is no response
 */
public record Retrieval(String requestId, Instant at) {
    /** No response: the request was rejected, or never sent. */
    public static final Retrieval NONE = new Retrieval(null, null);
}
