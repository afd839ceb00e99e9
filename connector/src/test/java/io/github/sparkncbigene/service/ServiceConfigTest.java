package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testing.Given;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceConfigTest {
    @Test
    void itIsMadeOfTheOptions() {
        ServiceConfig config = ServiceConfig.of(Given.options(
                "base_url", "https://x.org/v2/",
                "connect_timeout", "3s",
                "response_timeout", "4s",
                "request_timeout", "5m",
                "max_response_bytes", "70000",
                "max_decoded_bytes", "80000",
                "max_in_flight", "9",
                "max_held_bytes", "2000000"));

        assertThat(config.baseUrl()).isEqualTo("https://x.org/v2");
        assertThat(config.apiKey()).isEmpty();
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.responseTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.maxResponseBytes()).isEqualTo(70_000);
        assertThat(config.maxDecodedBytes()).isEqualTo(80_000);
        assertThat(config.maxInFlight()).isEqualTo(9);
        assertThat(config.maxHeldBytes()).isEqualTo(2_000_000);
    }

    /** 999999999 days are more nanoseconds than a long can count. */
    @Test
    void timesCanBeCounted() {
        ServiceConfig config = ServiceConfig.of(Given.options("request_timeout", "999999999d"));

        assertThat(config.requestTimeout()).isEqualTo(Duration.ofDays(10_000));
        assertThat(config.requestTimeout().toNanos()).isPositive();
    }

    @Test
    void theKeyIsPartOfItAndNotPrinted() {
        ServiceConfig config = ServiceConfig.of(Given.options("api_key", "SECRET"));

        assertThat(config.toString()).doesNotContain("SECRET");
        assertThat(config).isEqualTo(ServiceConfig.of(Given.options("apiKey", "SECRET")));
        assertThat(config).isNotEqualTo(ServiceConfig.of(Given.options("api_key", "OTHER")));
    }
}
