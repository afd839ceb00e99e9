package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension service = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    private final Client client = new Client(service::baseUrl);
    private final Client admin = new Client(() -> service.baseUrl().replace("/datasets/v2", "/testkit"));

    @Test
    void requestsAreListed() {
        client.get("/gene/id/7157", Map.of("api-key", "a-secret-key"));
        client.get("/gene/id/x");
        Client.Reply reply = admin.get("/requests");
        JsonNode requests = reply.json().path("requests");
        assertThat(requests).hasSize(2);
        assertThat(requests.path(0).path("api_key").asBoolean()).isTrue();
        assertThat(requests.path(1).path("status").asInt()).isEqualTo(400);
        assertThat(reply.text()).doesNotContain("a-secret-key");
        assertThat(reply.json().path("peak_per_second").asInt()).isPositive();
    }

    @Test
    void healthAndUnknownPaths() {
        assertThat(admin.get("/health").json().path("status").asText()).isEqualTo("ok");
        assertThat(admin.get("/nothing").status()).isEqualTo(404);
        assertThat(admin.get("/reset").status()).isEqualTo(404);
    }

    @Test
    void faultsAreScriptedAndForgotten() {
        assertThat(admin.post(
                                "/faults",
                                "[{\"fault\":\"status\",\"status\":503,\"next\":2},"
                                        + "{\"fault\":\"too-many-requests\",\"retry_after\":3,\"above\":1}]")
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/gene/id/7157").status()).isEqualTo(503);
        assertThat(client.get("/gene/id/7157").status()).isEqualTo(503);
        assertThat(client.get("/gene/id/7157").status()).isEqualTo(200);
        assertThat(client.get("/gene/id/7157,672").header("retry-after")).contains("3");
        assertThat(admin.post("/reset", "").status()).isEqualTo(200);
        assertThat(client.get("/gene/id/7157,672").status()).isEqualTo(200);
        assertThat(service.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"fault\":\"nothing\"}", "{", "[{\"fault\":\"reset\"},{}]"})
    void invalidScriptsAreRefused(String script) {
        assertThat(admin.post("/faults", script).status()).isEqualTo(400);
        assertThat(client.get("/gene/id/7157").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "html",
                "empty-body",
                "content-type",
                "truncated-gzip",
                "cut-body",
                "concatenated-body",
                "appended",
                "slow-body",
                "repeated-token",
                "expired-token",
                "foreign-token",
                "endless-pages",
                "duplicate-report",
                "wrong-total-count",
                "unknown-members",
                "unknown-enums",
                "deep-nesting",
                "huge-report",
                "gzip-bomb",
            })
    void everyFaultHasAName(String name) {
        assertThat(admin.post("/faults", "{\"fault\":\"" + name + "\",\"type\":\"text/plain\"}")
                        .status())
                .isEqualTo(200);
        client.get("/gene/id/7157");
        assertThat(service.requests().get(0).fault()).isPresent();
    }
}
