package io.github.sparkncbigene.service;

/** Opens the gene service for a task. */
public final class GeneServices {
    private GeneServices() {}

    /**
     * The service, patient and within its rate; tasks of one JVM share connections and rate.
     *
     * @param share what the task may send
     */
    public static GeneService open(ServiceConfig config, RateShare share) {
        return new RetryingGeneService(
                new HttpGeneService(config, SharedClient.lease(config, share), share), config.maxRetries());
    }
}
