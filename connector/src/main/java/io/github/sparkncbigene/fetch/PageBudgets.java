package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.service.Retries;
import io.github.sparkncbigene.service.RetryBudget;
import io.github.sparkncbigene.service.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The retry budgets of a batch's pages, by position. They stay the same when the batch is read again from its start. */
public final class PageBudgets {
    private final Retries retries;
    private final List<RetryBudget> budgets = new ArrayList<>();

    public PageBudgets(Retries retries) {
        this.retries = retries;
    }

    /** Budgets for another batch of the same task, unspent. */
    public PageBudgets unspent() {
        return new PageBudgets(retries);
    }

    /** @param page its position, from 0 */
    synchronized RetryBudget of(int page) {
        while (budgets.size() <= page) {
            budgets.add(retries.budget());
        }
        return budgets.get(page);
    }

    /** How many retries a page has at most. */
    int max() {
        return retries.max();
    }

    /** What failed last in this task, if anything. */
    Optional<ServiceException> lastFailure() {
        return retries.lastFailure();
    }

    /**
     * Takes a retry of every page that was requested, since all are requested again.
     *
     * @param failure because of which the batch is read again
     * @return how long to wait before; empty if one of the pages has no retry left
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
