package io.github.sparkncbigene.http;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.service.Budget;
import io.github.sparkncbigene.service.Clock;
import io.github.sparkncbigene.service.FirstContact;
import io.github.sparkncbigene.service.GeneService;
import io.github.sparkncbigene.service.OfflineGeneService;
import io.github.sparkncbigene.service.RetryingGeneService;
import io.github.sparkncbigene.service.ServiceConfig;

/** Opens the gene service for a task. */
public final class GeneServices {
    private GeneServices() {}

    /**
     * A service as a task uses it.
     *
     * @param budget budget shared with the other tasks of the JVM
     */
    public record Opened(GeneService service, Budget budget) {}

    /**
     * Opens the service with retries and the rate limit; tasks of one JVM share connections and budget.
     *
     * @param rate access to the rate limiter
     * @param openRequests number of requests that the task may have open
     * @param repeated true if Spark has run the task before
     * @param counters counts requests and their outcome
     */
    public static Opened open(
            ServiceConfig config, RateAccess rate, int openRequests, boolean repeated, TaskCounters counters) {
        SharedClient.Lease shared = SharedClient.lease(config, rate, openRequests);
        FirstContact contact = new FirstContact(config.route(), repeated, config.responseTimeout(), Clock.SYSTEM);
        return new Opened(
                new RetryingGeneService(
                        new HttpGeneService(config, shared, contact, counters), contact, Clock.SYSTEM, counters),
                shared.budget());
    }

    /** A service for reads that must not send anything: every request is an error. */
    public static Opened offline() {
        Budget budget = new Budget(1, Integer.MAX_VALUE);
        budget.register(1);
        return new Opened(new OfflineGeneService(), budget);
    }
}
