package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.cache.CachedResponses;
import io.github.sparkncbigene.cache.ResponseCache;
import io.github.sparkncbigene.cache.ResponseWriter;
import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.GeneService;
import io.github.sparkncbigene.service.Progress;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.RetryBudget;
import io.github.sparkncbigene.service.ServiceException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The responses to one batch: from the cache if they are there, otherwise from the service. The service's responses are
 * cached once all were read.
 */
public final class BatchResponses {
    private final GeneService service;
    private final Function<Optional<String>, GeneRequest> requests;
    private final ResponseCache cache;
    private final TaskCounters counters;
    private boolean looked;
    private Optional<CachedResponses> found = Optional.empty();
    private ResponseWriter writer;
    private ServiceException failure;

    /**
     * @param requests returns the request for the page of a token
     * @param cache of responses; null if there is none, or if it works by identifier
     * @param refresh true if the cache is not read
     */
    public BatchResponses(
            GeneService service,
            Function<Optional<String>, GeneRequest> requests,
            ResponseCache cache,
            boolean refresh,
            TaskCounters counters) {
        this.counters = counters;
        this.service = service;
        this.requests = requests;
        this.cache = cache;
        this.looked = refresh || cache == null;
    }

    /**
     * Returns the response for a page.
     *
     * @param token the page's token; empty for the first page
     * @param budget the page's retry budget
     * @param progress receives the request's progress, and the token of the next page as soon as it is known
     */
    Response execute(Optional<String> token, RetryBudget budget, Progress progress)
            throws ServiceException, InterruptedException {
        Optional<Response> response = cachedResponse(token);
        if (response.isPresent()) {
            response.get().nextPageToken().ifPresent(progress::nextPageToken);
            return response.get();
        }
        // The cached responses end here or are unreadable: from now on, requests go to the service.
        drop();
        return service.execute(requests.apply(token), budget, progress);
    }

    /**
     * Records that a page was read to its end.
     *
     * @param last true if it was the batch's last page
     */
    synchronized void read(Optional<String> token, Response response, boolean last) {
        if (!isWorthCaching()) {
            return;
        }
        if (writer == null) {
            if (token.isPresent()) {
                return;
            }
            writer = cache.write(requests.apply(Optional.empty()));
        }
        writer.add(token, response);
        if (last) {
            finish();
        }
    }

    /** Caches the responses read so far. They are enough for a later query that needs the same few rows. */
    public synchronized void finish() {
        if (writer != null) {
            writer.finish();
            writer = null;
        }
    }

    /** Returns true if the responses come from the cache. */
    synchronized boolean areCached() {
        return found.isPresent();
    }

    /** Returns true if the responses should be cached: false if they came from the cache. */
    public synchronized boolean isWorthCaching() {
        return cache != null && found.isEmpty();
    }

    /** Records that the batch cannot be fetched as a whole, and why. */
    synchronized void failed(ServiceException why) {
        failure = why;
    }

    public synchronized boolean hasFailed() {
        return failure != null;
    }

    /** Caches the reason why the batch cannot be fetched as a whole, unless the reason came from the cache. */
    public synchronized void cacheFailure() {
        if (isWorthCaching()) {
            cache.write(requests.apply(Optional.empty()), failure);
        }
    }

    /** Ends the reading of the batch. */
    public synchronized void release() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private synchronized void look() {
        if (!looked) {
            looked = true;
            found = cache.find(requests.apply(Optional.empty()));
            found.ifPresent(batch -> counters.count(Counter.RESPONSES_CACHED));
        }
    }

    private synchronized void drop() {
        found = Optional.empty();
    }

    private synchronized Optional<Response> cachedResponse(Optional<String> token) throws ServiceException {
        look();
        if (found.flatMap(CachedResponses::failure).isPresent() && token.isEmpty()) {
            throw found.get().failure().get();
        }
        return found.flatMap(batch -> batch.take(token));
    }
}
