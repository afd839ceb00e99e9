package io.github.sparkncbigene.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testing.Serialized;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
    private final Secret secret = Secret.of("abc123");

    @Test
    void nothingThatHoldsItPrintsIt() {
        assertThat(secret.toString()).isEqualTo("(hidden)");
        assertThat(List.of(secret).toString() + Map.of("k", secret) + Optional.of(secret) + String.format("%s", secret))
                .doesNotContain("abc123");
    }

    @Test
    void itsHashSaysNothing() {
        assertThat(secret).hasSameHashCodeAs(Secret.of("something else entirely"));
    }

    @Test
    void equalSecretsAreEqual() {
        assertThat(secret).isEqualTo(Secret.of("abc123")).isNotEqualTo(Secret.of("abc124"));
        assertThat(secret).isNotEqualTo((Object) "abc123");
    }

    @Test
    void itTravels() {
        assertThat(Serialized.copy(secret).reveal()).isEqualTo("abc123");
    }
}
