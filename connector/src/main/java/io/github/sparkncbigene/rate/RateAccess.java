package io.github.sparkncbigene.rate;

/**
 * A task's connection to the rate limiter, with what identifies the task there.
 *
 * @param link the connection to the limiter
 * @param executor id of the executor that runs the task
 * @param scan id of the scan that the task belongs to
 * @param share the whole rate, or the task's part of it if the rate is divided
 */
public record RateAccess(RateLink link, String executor, String scan, RateShare share) {
    /** Access for a task that uses the limiter of its own JVM. */
    public static RateAccess here(RateShare share) {
        return new RateAccess(RateLimiters.HERE, "", "", share);
    }
}
