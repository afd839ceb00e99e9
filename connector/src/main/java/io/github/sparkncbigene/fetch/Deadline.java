package io.github.sparkncbigene.fetch;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.service.ServiceException;
import java.time.Duration;
import java.util.Optional;

/**
 * The end of the time that a task may read.
 *
 * @param end end in nanoseconds of {@link System#nanoTime}
 * @param option the value of {@code query_timeout}; null if there is no end
 */
public record Deadline(long end, String option) {
    /** Longer than any task, and short enough to be counted in nanoseconds. */
    private static final Duration LONG = Duration.ofDays(10_000);

    /** Returns the deadline of a task that starts now. */
    public static Deadline of(Options options) {
        return options.has(Option.QUERY_TIMEOUT)
                ? new Deadline(
                        System.nanoTime() + nanos(options.duration(Option.QUERY_TIMEOUT)),
                        options.text(Option.QUERY_TIMEOUT))
                : new Deadline(0, null);
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(LONG) > 0 ? LONG.toNanos() : timeout.toNanos();
    }

    /** Returns the nanoseconds left. */
    long left() {
        return option == null ? Long.MAX_VALUE : end - System.nanoTime();
    }

    /** @param failure the last failed request, if any */
    NcbiGeneException passed(Optional<ServiceException> failure, Exception cause) {
        String limit = "The task has run longer than query_timeout = " + option + ".";
        return failure.map(last -> NcbiGeneException.of(
                        ErrorCode.QUERY_TIMEOUT, limit + " Last failed request: " + last.words(), last))
                .orElseGet(() ->
                        NcbiGeneException.of(ErrorCode.QUERY_TIMEOUT, limit + " Raise or remove the option.", cause));
    }
}
