package io.github.sparkncbigene.service;

import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
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
    private final Tally tally;

    public RetryingGeneService(RequestSender sender, FirstContact contact, Clock clock, Tally tally) {
        this.sender = sender;
        this.contact = contact;
        this.clock = clock;
        this.tally = tally;
    }

    @Override
    public Answer ask(GeneRequest request, RetryBudget budget, Progress progress)
            throws ServiceException, InterruptedException {
        while (true) {
            try {
                return sender.ask(request, progress);
            } catch (ServiceException failure) {
                contact.silent(failure);
                Optional<Duration> delay = budget.tryRetry(failure, request.divisible());
                if (delay.isEmpty()) {
                    throw failure;
                }
                Duration wait = contact.retryDelay(failure, delay.get());
                tally.count(Counter.RETRIES);
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
