package io.github.sparkncbigene.service;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The origin of a response, and what its headers say.
 *
 * @param address the request's address, for errors; contains no secret
 * @param nextPageToken the token in the headers, if any
 * @param requestId NCBI's ID of the request, if it sent one
 * @param totalCount number of reports on all pages together, if the headers contain it, as those of a first page do
 * @param retrievedAt time when the service sent the response
 */
public record ResponseHead(
        String address,
        Optional<String> nextPageToken,
        Optional<String> requestId,
        OptionalLong totalCount,
        Instant retrievedAt) {

    /** The head of a response that has just arrived, without a count. */
    public ResponseHead(String address, Optional<String> nextPageToken, Optional<String> requestId) {
        this(address, nextPageToken, requestId, OptionalLong.empty(), now());
    }

    /** Returns the current time in milliseconds, the precision that a cache stores. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the request's address and NCBI's ID of it, for errors. */
    String reference() {
        return address + requestId.map(id -> " (request id " + id + ")").orElse("");
    }
}
