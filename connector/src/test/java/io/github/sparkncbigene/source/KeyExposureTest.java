package io.github.sparkncbigene.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.internal.config.package$;
import org.junit.jupiter.api.Test;

class KeyExposureTest {
    @Test
    void sparkShowsKeysAndHidesTokens() {
        String redaction = package$.MODULE$.SECRET_REDACTION_PATTERN().defaultValueString();

        assertThat(redaction).isEqualTo("(?i)secret|password|token|access[.]?key");
        assertThat(KeyExposure.isShown("api_key", redaction)).isTrue();
        assertThat(KeyExposure.isShown("apiKey", redaction)).isTrue();
        assertThat(KeyExposure.isShown("api_token", redaction)).isFalse();
        assertThat(KeyExposure.isShown("API-Token", redaction)).isFalse();
    }

    @Test
    void whatTheSessionHidesIsNotShown() {
        assertThat(KeyExposure.isShown("api_key", "(?i)token|api[._-]?key")).isFalse();
    }
}
