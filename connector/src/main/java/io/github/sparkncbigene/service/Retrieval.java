package io.github.sparkncbigene.service;

import java.time.Instant;

/**
 * Where a row comes from: a response of the service, be it fetched now or read from the cache.
 *
 * @param requestId NCBI's id of the request; null where NCBI gave none
 * @param at when the service sent the response; null where there is no response
 */
public record Retrieval(String requestId, Instant at) {
    /** There is no response: the request was refused, or never sent. */
    public static final Retrieval NONE = new Retrieval(null, null);
}
