package io.github.sparkncbigene.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header with which the service demands a delay: in seconds, or until a date. */
final class RetryAfter {
    private static final Duration MOST = Duration.ofMinutes(10);

    private RetryAfter() {}

    /** Returns the delay, at most ten minutes; empty if the header is absent or unreadable. */
    static Optional<Duration> parse(Optional<String> header) {
        return parse(header, Instant.now());
    }

    static Optional<Duration> parse(Optional<String> header, Instant now) {
        return header.flatMap(text -> text.trim().matches("\\d{1,9}")
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(text.trim())))
                        : untilDate(text.trim(), now))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .map(wait -> wait.compareTo(MOST) > 0 ? MOST : wait);
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, date));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
