package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.Answer;
import io.github.sparkncbigene.service.RetryBudget;
import io.github.sparkncbigene.service.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The pages of a batch, in order. The next page is asked for as soon as the headers of the one before name it, so that
 * it is under way while that one is read; a page ahead, not more.
 */
public final class BatchPages {
    /** Asks for a page after a while, and tells the token of the next one as soon as it is known. */
    public interface Asking {
        AskedPage ask(Optional<String> token, RetryBudget budget, Duration wait, Consumer<String> nextPageToken);
    }

    private final Asking asking;
    private final PageBudgets budgets;
    private final int maxPages;
    private final int ahead;
    private final List<Optional<String>> tokens = new ArrayList<>();
    private final Map<Integer, AskedPage> asked = new HashMap<>();
    private int page;
    private Duration wait;

    /**
     * @param budgets of the pages
     * @param wait before the first page is asked for
     * @param maxPages how many there may be, at most
     * @param ahead how many are asked for before the one that is read, at most
     */
    public BatchPages(Asking asking, PageBudgets budgets, Duration wait, int maxPages, int ahead) {
        this.budgets = budgets;
        this.wait = wait;
        this.asking = asking;
        this.ahead = ahead;
        this.maxPages = maxPages;
        tokens.add(Optional.empty());
    }

    /** Asks for the page to read now and, if its token is known, the next one, unless that was done before. */
    public synchronized void start() {
        for (int p = page; p <= page + ahead && p < tokens.size(); p++) {
            if (!asked.containsKey(p)) {
                int next = p + 1;
                asked.put(p, asking.ask(tokens.get(p), budgets.of(p), wait, token -> learn(next, token)));
                wait = Duration.ZERO;
            }
        }
    }

    /** The page to read now. */
    synchronized AskedPage current() {
        start();
        return asked.get(page);
    }

    /** The token of the page to read now; empty for the first. */
    synchronized Optional<String> token() {
        return tokens.get(page);
    }

    /** Whether the page to read now is the first. */
    synchronized boolean isFirst() {
        return page == 0;
    }

    /**
     * Forgets the answer to the page that is read now: it is asked for again, after a while.
     *
     * @return false if the page has no retry left
     */
    synchronized boolean again(ServiceException failure) {
        // The answer has come, so that the batch is not too large for the service.
        Optional<Duration> delay = budgets.of(page).tryRetry(failure, false);
        delay.ifPresent(after -> {
            asked.remove(page);
            wait = after;
        });
        return delay.isPresent();
    }

    /** How many retries a page has at most. */
    int maxRetries() {
        return budgets.max();
    }

    /** What failed last in this task, if anything. */
    Optional<ServiceException> lastFailure() {
        return budgets.lastFailure();
    }

    /** Nothing more of the batch is read, whether or not it was asked for. */
    public synchronized void abandon() {
        asked.values().forEach(AskedPage::letGo);
        asked.clear();
    }

    /**
     * Turns the page: whether there is another one.
     *
     * @param answer to the page that was read now
     * @param tokenInBody the token of the answer's body, where it has one; the headers' goes first
     * @throws ServiceException of kind REJECTED where the token was named before, PERMANENT where there are too many pages
     */
    synchronized boolean turn(Answer answer, Optional<String> tokenInBody) throws ServiceException {
        Optional<String> token = answer.nextPageToken().or(() -> tokenInBody);
        asked.remove(page);
        if (token.isEmpty()) {
            return false;
        }
        if (tokens.subList(0, page + 1).contains(token)) {
            throw new ServiceException(
                    ServiceException.Kind.REJECTED,
                    new NcbiGeneException(
                            ErrorCode.TOKEN_TROUBLE,
                            "The answer to " + answer.reference() + " names the next page by a token it has named"
                                    + " before, '" + token.get() + "'. Try again later."));
        }
        if (page + 1 >= maxPages) {
            throw new ServiceException(
                    ServiceException.Kind.PERMANENT,
                    new NcbiGeneException(
                            ErrorCode.TOKEN_TROUBLE,
                            "The answer to " + answer.reference() + " names one more page than max_pages = " + maxPages
                                    + " allows. If there are so many, raise max_pages."));
        }
        page++;
        forgetUnless(page, token.get());
        learn(page, token.get());
        return true;
    }

    /** An answer that was requested again may name another next page than the one that was not believed. */
    private void forgetUnless(int ofPage, String token) {
        if (ofPage < tokens.size() && !tokens.get(ofPage).equals(Optional.of(token))) {
            for (int p = ofPage; p < tokens.size(); p++) {
                Optional.ofNullable(asked.remove(p)).ifPresent(AskedPage::letGo);
            }
            tokens.subList(ofPage, tokens.size()).clear();
        }
    }

    private synchronized void learn(int ofPage, String token) {
        if (ofPage == tokens.size() && !tokens.contains(Optional.of(token))) {
            tokens.add(Optional.of(token));
            start();
        }
    }
}
