package io.github.sparkncbigene.service;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.github.sparkncbigene.service.ServiceTrouble.Kind;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again, after ever longer waits, where what failed may pass. */
final class RetryingGeneService implements GeneService {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingGeneService.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final double JITTER = 0.25;
    /** How often what is slow is asked again before less is asked for at once. */
    private static final int RETRIES_BEFORE_DIVIDING = 1;

    private final GeneService service;
    private final RetryPolicy<Answer> passing;
    private final RetryPolicy<Answer> slow;
    private final RetryPolicy<Answer> slowAndDivisible;

    RetryingGeneService(GeneService service, int maxRetries) {
        this.service = service;
        this.passing = policy(Kind.PASSING, maxRetries);
        this.slow = policy(Kind.SLOW, maxRetries);
        this.slowAndDivisible = policy(Kind.SLOW, Math.min(maxRetries, RETRIES_BEFORE_DIVIDING));
    }

    @Override
    public Answer ask(GeneRequest request, Consumer<String> nextPageToken) throws ServiceTrouble, InterruptedException {
        try {
            return Failsafe.with(request.divisible() ? slowAndDivisible : slow, passing)
                    .get(() -> service.ask(request, nextPageToken));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof ServiceTrouble trouble) {
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

    private static RetryPolicy<Answer> policy(Kind kind, int maxRetries) {
        return RetryPolicy.<Answer>builder()
                .handleIf(failure -> failure instanceof ServiceTrouble trouble && trouble.kind() == kind)
                .withBackoff(FIRST_WAIT, LONGEST_WAIT)
                .withJitter(JITTER)
                .withMaxRetries(maxRetries)
                .onRetry(event ->
                        LOG.warn("Asking again: {}", event.getLastException().getMessage()))
                .build();
    }
}
