package io.github.sparkncbigene.http;

import java.math.BigDecimal;
import java.time.Duration;

/** Formats durations for messages. */
final class Durations {
    private Durations() {}

    /** Formats a duration in seconds, such as {@code 0.5 s}. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
