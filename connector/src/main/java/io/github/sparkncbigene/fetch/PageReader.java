package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.Answer;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
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

/** Reads the pages of a batch one after another; an answer that cannot be read is asked for again. */
public final class PageReader {
    private static final Logger LOG = LoggerFactory.getLogger(PageReader.class);
    /** In a table or in lines, nothing at all may be the answer, or none: it is believed when it is repeated. */
    private static final int NOTHING_ASKED_AGAIN = 2;

    /** Less is inflated before another thread could begin. */
    private static final int WORTH_A_THREAD = 1 << 14;
    /** How long a killed task may go on waiting. */
    private static final long LOOK_UP = TimeUnit.MILLISECONDS.toNanos(200);

    private final BatchPages pages;
    private final BatchAnswers answers;
    private final Deadline deadline;
    private final Tally tally;
    private final Executor inflating;
    private int nothing;
    private AskedPage page;
    private Answer answer;
    private AheadInputStream ahead;

    /**
     * @param inflating has threads that inflate answers while they are read
     */
    public PageReader(BatchPages pages, BatchAnswers answers, Deadline deadline, Executor inflating, Tally tally) {
        this.tally = tally;
        this.inflating = inflating;
        this.pages = pages;
        this.answers = answers;
        this.deadline = deadline;
    }

    /** Waits for the answer to the page to read now. */
    public void open() throws ServiceException {
        try {
            page = pages.current();
            answer = await();
            while (answer.isEmpty()
                    && answer.totalCount().isEmpty()
                    && !answers.areKept()
                    && nothing < Math.min(pages.maxRetries(), NOTHING_ASKED_AGAIN)) {
                nothing++;
                again(new EOFException("it is empty"));
                page = pages.current();
                answer = await();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceException trouble) {
                if (pages.isFirst()) {
                    answers.failed(trouble);
                }
                throw trouble;
            }
            throw unexpected(e.getCause());
        } catch (TimeoutException e) {
            throw deadline.passed(pages.lastFailure(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The task was ended", e);
        }
    }

    /** The body of the answer, from its start. */
    public InputStream body() throws IOException {
        closeBody();
        InputStream body = answer.body();
        if (answer.isCompressed() && answer.size() >= WORTH_A_THREAD) {
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

    /** Most tasks are killed without being interrupted: those that wait have to look up. */
    private Answer await() throws ExecutionException, TimeoutException, InterruptedException {
        TaskContext task = TaskContext.get();
        while (true) {
            if (task != null && task.isInterrupted()) {
                throw new IllegalStateException("The task was killed");
            }
            long left = deadline.left();
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
                : new NcbiGeneException(
                        ErrorCode.INTERNAL_ERROR,
                        "A request failed in a way that was not foreseen: " + cause
                                + ". Report it to the project, with this stack trace.",
                        cause);
    }

    /** Whether the page to read now is the batch's first. */
    public boolean isFirst() {
        return pages.isFirst();
    }

    /** Where the rows come from that are or were last read. */
    public Retrieval retrieval() {
        return answer == null ? Retrieval.NONE : answer.retrieval();
    }

    /** The answer being read, for errors. */
    public String reference() {
        return answer.reference();
    }

    /** How many reports all pages hold together, where the answer's headers say so. */
    public OptionalLong totalCount() {
        return answer.totalCount();
    }

    /**
     * Whether no page follows the one that was read.
     *
     * @param tokenInBody the token of the answer's body, where it has one; the headers' goes first
     */
    public boolean isLast(Optional<String> tokenInBody) {
        return answer.nextPageToken().or(() -> tokenInBody).isEmpty();
    }

    /** After an answer that cannot be read: asks for it again, from its start, unless that was done too often. */
    public void again(IOException why) throws ServiceException {
        ServiceException failure = answer.unreadable(why);
        if (!pages.again(failure)) {
            throw failure;
        }
        LOG.warn("Retrying: {}", failure.error().getMessage());
        tally.count(Counter.RETRIES);
        closeBody();
        page.letGo();
    }

    /** Lets go of a page that was read to its end, without turning it. */
    public void leave(Optional<String> tokenInBody) {
        closeBody();
        page.letGo();
        tally.count(Counter.PAGES);
        answers.read(pages.token(), answer, isLast(tokenInBody));
    }

    /**
     * Turns the page: whether there is another one.
     *
     * @param tokenInBody the token of the answer's body, where it has one; the headers' goes first
     */
    public boolean turn(Optional<String> tokenInBody) throws ServiceException {
        leave(tokenInBody);
        nothing = 0;
        return pages.turn(answer, tokenInBody);
    }
}
