package io.github.sparkncbigene.service;

import io.github.sparkncbigene.rate.RateAccess;
import io.github.sparkncbigene.tally.Tally;

/** Opens the gene service for a task. */
public final class GeneServices {
    private GeneServices() {}

    /**
     * The service as a task sees it.
     *
     * @param budget shared with the other tasks of the JVM
     */
    public record Opened(GeneService service, Budget budget) {}

    /**
     * The service, patient and within its rate; tasks of one JVM share connections and budget.
     *
     * @param rate where requests get their turns
     * @param openRequests how many requests the task may have open
     * @param repeated whether Spark has run the task before
     * @param tally counts what becomes of them
     */
    public static Opened open(ServiceConfig config, RateAccess rate, int openRequests, boolean repeated, Tally tally) {
        SharedClient.Lease shared = SharedClient.lease(config, rate, openRequests);
        FirstContact contact = new FirstContact(config.route(), repeated, Clock.SYSTEM);
        return new Opened(
                new RetryingGeneService(
                        new HttpGeneService(config, shared, contact, tally), contact, Clock.SYSTEM, tally),
                shared.budget());
    }
}
