package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.service.ServiceException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the pages of a batch one after another, and requests a page again if its response cannot be read. */
public final class PageReader {
    private static final Logger LOG = LoggerFactory.getLogger(PageReader.class);
    /**
     * In tables and JSON lines, an empty response can be valid or a failure. It is accepted once it was repeated this
     * often.
     */
    private static final int MOST_REPEATS_OF_NOTHING = 2;

    /** Below this size in bytes, a second thread costs more than it saves. */
    private static final int WORTH_A_THREAD = 1 << 14;
    /** Longest time in nanoseconds until a waiting task notices that it was killed. */
    private static final long LOOK_UP = TimeUnit.MILLISECONDS.toNanos(200);

    private final BatchPages pages;
    private final BatchResponses responses;
    private final Deadline deadline;
    private final TaskCounters counters;
    private final Executor inflating;
    private int nothing;
    private PendingPage page;
    private Response response;
    private AheadInputStream ahead;

    /** @param inflating has threads that inflate responses while they are read */
    public PageReader(
            BatchPages pages, BatchResponses responses, Deadline deadline, Executor inflating, TaskCounters counters) {
        this.counters = counters;
        this.inflating = inflating;
        this.pages = pages;
        this.responses = responses;
        this.deadline = deadline;
    }

    /** Waits for the response for the current page. */
    public void open() throws ServiceException {
        try {
            page = pages.current();
            response = await();
            while (response.isEmpty()
                    && response.totalCount().isEmpty()
                    && !responses.areCached()
                    && nothing < Math.min(pages.maxRetries(), MOST_REPEATS_OF_NOTHING)) {
                nothing++;
                again(new EOFException("it is empty"));
                page = pages.current();
                response = await();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceException failure) {
                if (pages.isFirst()) {
                    responses.failed(failure);
                }
                throw failure;
            }
            throw unexpected(e.getCause());
        } catch (TimeoutException e) {
            throw deadline.passed(pages.lastFailure(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The task was ended", e);
        }
    }

    /** Returns the body of the response, from its start. */
    public InputStream body() throws IOException {
        closeBody();
        InputStream body = response.body();
        if (response.isCompressed() && response.size() >= WORTH_A_THREAD) {
            ahead = new AheadInputStream(body, inflating);
            body = ahead;
        }
        return body;
    }

    private void closeBody() {
        if (ahead != null) {
            ahead.close();
            ahead = null;
        }
    }

    /** Waits in short steps: most tasks are killed without an interrupt, and have to check for it. */
    private Response await() throws ExecutionException, TimeoutException, InterruptedException {
        TaskContext task = TaskContext.get();
        while (true) {
            if (task != null && task.isInterrupted()) {
                throw new IllegalStateException("The task was killed");
            }
            long left = deadline.left();
            if (left <= 0) {
                throw new TimeoutException("query_timeout has passed");
            }
            try {
                return page.await(Math.min(left, LOOK_UP));
            } catch (TimeoutException e) {
                if (left <= LOOK_UP) {
                    throw e;
                }
            }
        }
    }

    private static NcbiGeneException unexpected(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof NcbiGeneException error
                ? error
                : NcbiGeneException.of(
                        ErrorCode.INTERNAL_ERROR,
                        "A request failed unexpectedly: " + cause
                                + ". Report it to the project, with this stack trace.",
                        cause);
    }

    /** Returns true if the current page is the batch's first. */
    public boolean isFirst() {
        return pages.isFirst();
    }

    /** Returns the origin of the rows that are being read, or were read last. */
    public Retrieval retrieval() {
        return response == null ? Retrieval.NONE : response.retrieval();
    }

    /** Returns the current response. */
    public Response response() {
        return response;
    }

    /** Returns the reference of the current response, for errors. */
    public String reference() {
        return response.reference();
    }

    /** Returns the number of reports on all pages together, if the response's headers contain it. */
    public OptionalLong totalCount() {
        return response.totalCount();
    }

    /**
     * Returns true if no page follows the one that was read.
     *
     * @param tokenInBody the token in the response's body, if any; the headers' token takes precedence
     */
    public boolean isLast(Optional<String> tokenInBody) {
        return response.nextPageToken().or(() -> tokenInBody).isEmpty();
    }

    /**
     * Requests the current page again, from its start, after its response turned out to be unreadable; fails if it has
     * no retry left.
     */
    public void again(IOException why) throws ServiceException {
        closeBody();
        ServiceException failure = response.unreadable(why);
        if (!pages.again(failure)) {
            throw failure;
        }
        LOG.warn("Retrying: {}", failure.error().getMessage());
        counters.count(Counter.RETRIES);
        page.release();
    }

    /** Releases a page that was read to its end, without moving to the next one. */
    public void leave(Optional<String> tokenInBody) {
        closeBody();
        page.release();
        counters.count(Counter.PAGES);
        responses.read(pages.token(), response, isLast(tokenInBody));
    }

    /**
     * Moves to the next page; returns false if there is none.
     *
     * @param tokenInBody the token in the response's body, if any; the headers' token takes precedence
     */
    public boolean permit(Optional<String> tokenInBody) throws ServiceException {
        leave(tokenInBody);
        nothing = 0;
        return pages.permit(response, tokenInBody);
    }
}
