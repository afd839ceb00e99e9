package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.service.Response;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A page that was requested. */
public interface PendingPage {
    /**
     * Waits for the response. The page is requested now, even if the memory budget is used up.
     *
     * @param nanos longest time to wait
     */
    Response await(long nanos) throws ExecutionException, TimeoutException, InterruptedException;

    /** Releases the response, which was read or is not wanted. A request that was not sent yet is cancelled. */
    void release();
}
