package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.service.Answer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A page that is asked for. */
public interface AskedPage {
    /**
     * The answer when it is there. Whatever the bounds, it is asked for now.
     *
     * @param nanos how long to wait
     */
    Answer await(long nanos) throws ExecutionException, TimeoutException, InterruptedException;

    /** The answer is read or not wanted: it is held no longer, and asked for no longer if it was not sent yet. */
    void letGo();
}
