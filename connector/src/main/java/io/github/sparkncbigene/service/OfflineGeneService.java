package io.github.sparkncbigene.service;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;

/** Stands in the place of the service where nothing may be sent. */
public final class OfflineGeneService implements GeneService {
    @Override
    public Response execute(GeneRequest request, RetryBudget budget, Progress progress) throws ServiceException {
        throw new ServiceException(
                ServiceException.Kind.PERMANENT,
                NcbiGeneException.of(
                        ErrorCode.NOT_CACHED,
                        "The response to " + request.path() + " is not cached, and cache_mode is offline. Read it once"
                                + " with cache_mode normal."));
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
