package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RateLimitTest {
    private static final long MILLI = 1_000_000;

    @RegisterExtension
    static final NcbiGeneServiceExtension service = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private final Client client = new Client(service::baseUrl);

    // The first request takes long, and the tests count within a second.
    @BeforeEach
    void warmUp() {
        client.get("/gene/id/7157");
        service.clearRequests();
    }

    @Test
    void windowSlides() {
        RateWindow window = new RateWindow();
        assertThat(window.take(0, 3)).isEqualTo(2);
        assertThat(window.take(600 * MILLI, 3)).isEqualTo(1);
        assertThat(window.take(900 * MILLI, 3)).isEqualTo(0);
        assertThat(window.take(999 * MILLI, 3)).isEqualTo(-1);
        assertThat(window.take(1000 * MILLI, 3)).isEqualTo(0);
        assertThat(window.take(1599 * MILLI, 3)).isEqualTo(-1);
        assertThat(window.take(1600 * MILLI, 3)).isEqualTo(0);
        assertThat(window.take(5000 * MILLI, 3)).isEqualTo(2);
    }

    @Test
    void thereIsNoLimitByDefault() {
        for (int n = 0; n < 20; n++) {
            Client.Reply reply = client.get("/gene/id/7157");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("X-RateLimit-Limit")).isEmpty();
        }
    }

    @Test
    void oneTooManyIsRefused() {
        service.configure(behaviour -> behaviour.rateLimit(3));
        List<String> remaining = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            Client.Reply reply = client.get("/gene/id/7157");
            assertThat(reply.header("X-RateLimit-Limit")).contains("3");
            reply.header("X-RateLimit-Remaining").ifPresent(remaining::add);
        }
        assertThat(remaining).containsExactly("2", "1", "0");
        Client.Reply refused = client.get("/gene/id/7157");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).contains("1");
        assertThat(refused.json().path("error").asText()).isEqualTo("API rate limit exceeded");
        assertThat(refused.header("X-RateLimit-Remaining")).contains("0");

        service.configure(behaviour -> behaviour.retryAfter(false));
        assertThat(client.get("/gene/id/7157").header("retry-after")).isEmpty();
        assertThat(service.log().peakPerSecond()).isEqualTo(5);
    }

    @Test
    void keysAllowMore() {
        service.configure(Behaviour::ncbiRateLimits);
        Map<String, String> key = Map.of("api-key", "a-secret-key");
        assertThat(client.get("/gene/id/7157").header("X-RateLimit-Limit")).contains("5");
        assertThat(client.get("/gene/id/7157", key).header("X-RateLimit-Limit")).contains("10");
        for (int n = 0; n < 9; n++) {
            assertThat(client.get("/gene/id/7157", key).status()).isEqualTo(200);
        }
        assertThat(client.get("/gene/id/7157", key).status()).isEqualTo(429);
    }

    @Test
    void limitMayBeToldWithoutBeingEnforced() {
        service.configure(behaviour -> behaviour.announcedRateLimit(2));
        List<String> remaining = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            remaining.add(
                    client.get("/gene/id/7157").header("X-RateLimit-Remaining").orElseThrow());
        }
        assertThat(remaining).containsExactly("1", "0", "0");
    }

    @Test
    void keysAreNotRemembered() {
        client.get("/gene/id/7157", Map.of("api-key", "a-secret-key"));
        client.get("/gene/id/7157");
        RecordedRequest with = service.requests().get(0);
        assertThat(with.apiKey().isPresent()).isTrue();
        assertThat(with.apiKey().matches("a-secret-key")).isTrue();
        assertThat(with.apiKey().matches("another")).isFalse();
        assertThat(with.toString()).doesNotContain("a-secret-key");
        assertThat(with.header("API-Key")).contains("***");
        RecordedRequest without = service.requests().get(1);
        assertThat(without.apiKey().isPresent()).isFalse();
        assertThat(without.apiKey().matches("a-secret-key")).isFalse();
    }
}
