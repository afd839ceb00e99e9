package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.service.Retries;
import io.github.sparkncbigene.service.RetryBudget;
import io.github.sparkncbigene.service.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The retry budgets of a batch's pages, by position. They carry over when the batch is read again from its start. A page
 * whose token was at another position before keeps its budget, because its request is the same.
 */
public final class PageBudgets {
    private final Retries retries;
    private final List<RetryBudget> budgets = new ArrayList<>();
    private final Map<Optional<String>, RetryBudget> byToken = new HashMap<>();

    public PageBudgets(Retries retries) {
        this.retries = retries;
    }

    /** Returns unspent budgets for another batch of the same task. */
    public PageBudgets unspent() {
        return new PageBudgets(retries);
    }

    /**
     * @param page position of the page, from 0
     * @param token the token that requests the page; empty for the first
     */
    synchronized RetryBudget of(int page, Optional<String> token) {
        return byToken.computeIfAbsent(token, none -> of(page));
    }

    /** @param page position of the page, from 0 */
    synchronized RetryBudget of(int page) {
        while (budgets.size() <= page) {
            budgets.add(retries.budget());
        }
        return budgets.get(page);
    }

    /** Returns the largest number of retries for a page. */
    int max() {
        return retries.max();
    }

    /** Returns the last failure in this task, if any. */
    Optional<ServiceException> lastFailure() {
        return retries.lastFailure();
    }

    /**
     * Takes one retry from every page that was requested, because all are requested again.
     *
     * @param failure the reason for reading the batch again
     * @return the delay before the restart; empty if one of the pages has no retry left
     */
    public synchronized Optional<Duration> tryRestart(ServiceException failure) {
        // The first page is requested in any case.
        of(0);
        if (!budgets.stream().allMatch(RetryBudget::isLeft)) {
            return Optional.empty();
        }
        return budgets.stream()
                .map(budget -> budget.tryRestart(failure))
                .flatMap(Optional::stream)
                .max(Duration::compareTo);
    }
}
