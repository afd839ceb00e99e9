package io.github.sparkncbigene.acceptance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what will be so soon; that it is not in two minutes is a failure. */
final class Await {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration BETWEEN = Duration.ofMillis(5);

    private Await() {}

    /** @param state what is so instead, for the failure */
    static void until(Callable<Boolean> isSo, Supplier<String> state) throws Exception {
        long start = System.nanoTime();
        while (!isSo.call()) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new AssertionError("Not so after " + LONGEST.toSeconds() + " s: " + state.get());
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
        }
    }
}
