package io.github.sparkncbigene.service;

import io.github.sparkncbigene.counters.Counter;
import io.github.sparkncbigene.counters.TaskCounters;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries transient failures, as long as the page's budget lasts and the host is not given up. */
public final class RetryingGeneService implements GeneService {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingGeneService.class);

    private final RequestSender sender;
    private final FirstContact contact;
    private final Clock clock;
    private final TaskCounters counters;

    public RetryingGeneService(RequestSender sender, FirstContact contact, Clock clock, TaskCounters counters) {
        this.sender = sender;
        this.contact = contact;
        this.clock = clock;
        this.counters = counters;
    }

    @Override
    public Response execute(GeneRequest request, RetryBudget budget, Progress progress)
            throws ServiceException, InterruptedException {
        while (true) {
            try {
                return sender.execute(request, progress);
            } catch (ServiceException failure) {
                contact.silent(failure);
                Optional<Duration> delay = budget.tryRetry(failure, request.divisible());
                if (delay.isEmpty()) {
                    throw failure;
                }
                Duration wait = contact.retryDelay(failure, delay.get());
                counters.count(Counter.RETRIES);
                LOG.warn(
                        "Retrying in {} ms: {}",
                        wait.toMillis(),
                        failure.error().getMessage());
                clock.sleep(wait);
            }
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}
