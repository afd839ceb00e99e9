package io.github.sparkncbigene.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "7, PT7S",
        "' 7 ', PT7S",
        "600, PT10M",
        "601, PT10M",
        "999999999, PT10M",
        "'Mon, 23 Nov 2026 10:00:30 GMT', PT30S",
        "'Mon, 23 Nov 2026 09:00:00 GMT', PT0S",
        "'Tue, 24 Nov 2026 10:00:00 GMT', PT10M"
    })
    void secondsOrADateAndNeverMoreThanTenMinutes(String header, Duration wait) {
        assertThat(RetryAfter.parse(Optional.of(header), NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999", "2026-11-23T10:00:30Z", "Mon, 23 Nov 2026"})
    void whatSaysNothingIsNoWait(String header) {
        assertThat(RetryAfter.parse(Optional.of(header), NOW)).isEmpty();
    }

    @Test
    void noHeaderIsNoWait() {
        assertThat(RetryAfter.parse(Optional.empty())).isEmpty();
    }
}
