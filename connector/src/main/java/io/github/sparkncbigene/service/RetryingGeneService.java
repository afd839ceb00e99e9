package io.github.sparkncbigene.service;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.github.sparkncbigene.service.ServiceException.Kind;
import io.github.sparkncbigene.tally.Counter;
import io.github.sparkncbigene.tally.Tally;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again, after ever longer waits, where what failed may pass. */
final class RetryingGeneService implements GeneService {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingGeneService.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final double JITTER = 0.25;
    /** How often what is slow is asked again before less is asked for at once. */
    private static final int RETRIES_BEFORE_DIVIDING = 1;

    private final GeneService service;
    private final Tally tally;
    private final RetryPolicy<Answer> passing;
    private final RetryPolicy<Answer> slow;
    private final RetryPolicy<Answer> slowAndDivisible;

    RetryingGeneService(GeneService service, int maxRetries, Duration firstWait, Tally tally) {
        this.service = service;
        this.tally = tally;
        this.passing = policy(Kind.TRANSIENT, maxRetries, firstWait);
        this.slow = policy(Kind.TIMEOUT, maxRetries, firstWait);
        this.slowAndDivisible = policy(Kind.TIMEOUT, Math.min(maxRetries, RETRIES_BEFORE_DIVIDING), firstWait);
    }

    @Override
    public Answer ask(GeneRequest request, Progress progress) throws ServiceException, InterruptedException {
        try {
            return Failsafe.with(request.divisible() ? slowAndDivisible : slow, passing)
                    .get(() -> service.ask(request, progress));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof ServiceException trouble) {
                throw trouble;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw (InterruptedException) new InterruptedException("the reader is closed").initCause(e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        service.close();
    }

    private RetryPolicy<Answer> policy(Kind kind, int maxRetries, Duration firstWait) {
        RetryPolicyBuilder<Answer> policy = RetryPolicy.<Answer>builder()
                .handleIf(failure -> failure instanceof ServiceException trouble && trouble.kind() == kind)
                .withMaxRetries(maxRetries)
                .onRetry(event -> {
                    tally.count(Counter.RETRIES);
                    LOG.warn("Asking again: {}", event.getLastException().getMessage());
                });
        if (firstWait.compareTo(LONGEST_WAIT) < 0) {
            policy.withBackoff(firstWait.isZero() ? Duration.ofNanos(1) : firstWait, LONGEST_WAIT);
        } else {
            policy.withDelay(firstWait);
        }
        return policy.withJitter(JITTER).build();
    }
}
