package io.github.sparkncbigene.rate;

/**
 * How a task reaches the limiter, and what it asks for.
 *
 * @param link to the limiter
 * @param executor where the task runs
 * @param scan which it belongs to
 * @param share the whole rate, or the task's part of it where the rate is divided
 */
public record RateAccess(RateLink link, String executor, String scan, RateShare share) {
    /** Of a task whose limiter is that of its JVM. */
    public static RateAccess here(RateShare share) {
        return new RateAccess(RateLimiters.HERE, "", "", share);
    }
}
