package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.Response;
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
 * The pages of a batch, in order. A page is requested as soon as the headers of the page before name it, so that its
 * request is under way while that page is read. No more than {@code ahead} pages are requested in advance.
 */
public final class BatchPages {
    /** Requests a page after a delay, and reports the token of the next page as soon as it is known. */
    public interface Requester {
        PendingPage execute(Optional<String> token, RetryBudget budget, Duration wait, Consumer<String> nextPageToken);
    }

    private final Requester requester;
    private final PageBudgets budgets;
    private final int maxPages;
    private final int ahead;
    private final List<Optional<String>> tokens = new ArrayList<>();
    private final Map<Integer, PendingPage> requested = new HashMap<>();
    private int page;
    private Duration wait;

    /**
     * @param budgets the pages' retry budgets
     * @param wait delay before the first page is requested
     * @param maxPages largest number of pages
     * @param ahead largest number of pages requested before the current one is read
     */
    public BatchPages(Requester requester, PageBudgets budgets, Duration wait, int maxPages, int ahead) {
        this.budgets = budgets;
        this.wait = wait;
        this.requester = requester;
        this.ahead = ahead;
        this.maxPages = maxPages;
        tokens.add(Optional.empty());
    }

    /** Requests the current page and, if its token is known, the next one, unless they already were requested. */
    public synchronized void start() {
        for (int p = page; p <= page + ahead && p < tokens.size(); p++) {
            if (!requested.containsKey(p)) {
                int next = p + 1;
                requested.put(
                        p,
                        requester.execute(
                                tokens.get(p), budgets.of(p, tokens.get(p)), wait, token -> learn(next, token)));
                wait = Duration.ZERO;
            }
        }
    }

    /** Returns the current page. */
    synchronized PendingPage current() {
        start();
        return requested.get(page);
    }

    /** Returns the token of the current page; empty for the first. */
    synchronized Optional<String> token() {
        return tokens.get(page);
    }

    /** Returns true if the current page is the first. */
    synchronized boolean isFirst() {
        return page == 0;
    }

    /**
     * Discards the response for the current page, and requests the page again after a delay.
     *
     * @return false if the page has no retry left
     */
    synchronized boolean again(ServiceException failure) {
        // A response has arrived, so the batch is not too large for the service.
        Optional<Duration> delay = budgets.of(page, tokens.get(page)).tryRetry(failure, false);
        delay.ifPresent(after -> {
            requested.remove(page);
            wait = after;
        });
        return delay.isPresent();
    }

    /** Returns the largest number of retries for a page. */
    int maxRetries() {
        return budgets.max();
    }

    /** Returns the last failure in this task, if any. */
    Optional<ServiceException> lastFailure() {
        return budgets.lastFailure();
    }

    /** Ends the reading of the batch, and cancels its requests. */
    public synchronized void abandon() {
        requested.values().forEach(PendingPage::release);
        requested.clear();
    }

    /**
     * Moves to the next page.
     *
     * @param response the response for the current page
     * @param tokenInBody the token in the response's body, if any; the headers' token takes precedence
     * @return false if the current page was the last
     * @throws ServiceException of kind REJECTED if the token already appeared, PERMANENT if there are too many pages
     */
    synchronized boolean permit(Response response, Optional<String> tokenInBody) throws ServiceException {
        Optional<String> token = response.nextPageToken().or(() -> tokenInBody);
        requested.remove(page);
        if (token.isEmpty()) {
            return false;
        }
        if (tokens.subList(0, page + 1).contains(token)) {
            throw new ServiceException(
                    ServiceException.Kind.REJECTED,
                    NcbiGeneException.of(
                            ErrorCode.TOKEN_TROUBLE,
                            "The response to " + response.reference() + " repeats an earlier page token, '"
                                    + token.get() + "'. Try again later."));
        }
        if (page + 1 >= maxPages) {
            throw new ServiceException(
                    ServiceException.Kind.PERMANENT,
                    NcbiGeneException.of(
                            ErrorCode.TOKEN_TROUBLE,
                            "The response to " + response.reference() + " announces more pages than max_pages = "
                                    + maxPages + ". If the result really has that many, raise max_pages."));
        }
        page++;
        forgetUnless(page, token.get());
        learn(page, token.get());
        return true;
    }

    /** A repeated response may name another next page than the discarded one. */
    private void forgetUnless(int ofPage, String token) {
        if (ofPage < tokens.size() && !tokens.get(ofPage).equals(Optional.of(token))) {
            for (int p = ofPage; p < tokens.size(); p++) {
                Optional.ofNullable(requested.remove(p)).ifPresent(PendingPage::release);
            }
            tokens.subList(ofPage, tokens.size()).clear();
        }
    }

    private synchronized void learn(int ofPage, String token) {
        if (ofPage == tokens.size() && ofPage < maxPages && !tokens.contains(Optional.of(token))) {
            tokens.add(Optional.of(token));
            start();
        }
    }
}
