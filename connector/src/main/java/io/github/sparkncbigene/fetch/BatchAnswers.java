package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.kept.BatchKeeper;
import io.github.sparkncbigene.kept.KeptAnswers;
import io.github.sparkncbigene.kept.KeptBatch;
import io.github.sparkncbigene.service.Answer;
import io.github.sparkncbigene.service.GeneRequest;
import io.github.sparkncbigene.service.GeneService;
import io.github.sparkncbigene.service.Progress;
import io.github.sparkncbigene.service.RetryBudget;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
import java.util.Optional;
import java.util.function.Function;

/** The answers to one batch: kept ones where there are, else the service's, which are kept when all were read. */
public final class BatchAnswers {
    private final GeneService service;
    private final Function<Optional<String>, GeneRequest> requests;
    private final KeptAnswers kept;
    private final Tally tally;
    private boolean looked;
    private Optional<KeptBatch> found = Optional.empty();
    private BatchKeeper keeper;
    private ServiceException failure;

    /**
     * @param requests the request for the page of a token
     * @param kept where answers are kept; null where they are not
     * @param anew whether the service is asked whatever is kept
     */
    public BatchAnswers(
            GeneService service,
            Function<Optional<String>, GeneRequest> requests,
            KeptAnswers kept,
            boolean anew,
            Tally tally) {
        this.tally = tally;
        this.service = service;
        this.requests = requests;
        this.kept = kept;
        this.looked = anew || kept == null;
    }

    /**
     * The answer to the request for a page.
     *
     * @param token of the page; empty for the first
     * @param budget of the page
     * @param progress told how far the request is, and the token of the next page as soon as it is known
     */
    Answer ask(Optional<String> token, RetryBudget budget, Progress progress)
            throws ServiceException, InterruptedException {
        Optional<Answer> answer = keptAnswer(token);
        if (answer.isPresent()) {
            answer.get().nextPageToken().ifPresent(progress::nextPageToken);
            return answer.get();
        }
        // What is kept ends here, or could not be read: from now on the service has the word.
        drop();
        return service.ask(requests.apply(token), budget, progress);
    }

    /**
     * Takes note of a page that was read to its end.
     *
     * @param last whether that was the batch's end too
     */
    synchronized void read(Optional<String> token, Answer answer, boolean last) {
        if (!isWorthKeeping()) {
            return;
        }
        if (keeper == null) {
            if (token.isPresent()) {
                return;
            }
            keeper = kept.keep(requests.apply(Optional.empty()));
        }
        keeper.add(token, answer);
        if (last) {
            finish();
        }
    }

    /** Keeps what was read so far: who reads the same for the same few rows needs no more. */
    public synchronized void finish() {
        if (keeper != null) {
            keeper.finish();
            keeper = null;
        }
    }

    /** Whether they are kept ones. */
    synchronized boolean areKept() {
        return found.isPresent();
    }

    /** Whether what is read is to be kept, which it needs not be if it was. */
    public synchronized boolean isWorthKeeping() {
        return kept != null && found.isEmpty();
    }

    /** Takes note that the batch cannot be had as a whole, and why. */
    synchronized void failed(ServiceException why) {
        failure = why;
    }

    public synchronized boolean hasFailed() {
        return failure != null;
    }

    /** Keeps why the batch cannot be had as a whole, unless that is where it is known from. */
    public synchronized void keepFailure() {
        if (isWorthKeeping()) {
            kept.keep(requests.apply(Optional.empty()), failure);
        }
    }

    /** Nothing more of the batch will be read. */
    public synchronized void letGo() {
        if (keeper != null) {
            keeper.close();
            keeper = null;
        }
    }

    private synchronized void look() {
        if (!looked) {
            looked = true;
            found = kept.find(requests.apply(Optional.empty()));
            found.ifPresent(batch -> tally.count(Counter.BATCHES_KEPT));
        }
    }

    private synchronized void drop() {
        found = Optional.empty();
    }

    private synchronized Optional<Answer> keptAnswer(Optional<String> token) throws ServiceException {
        look();
        if (found.flatMap(KeptBatch::trouble).isPresent() && token.isEmpty()) {
            throw found.get().trouble().get();
        }
        return found.flatMap(batch -> batch.take(token));
    }
}
