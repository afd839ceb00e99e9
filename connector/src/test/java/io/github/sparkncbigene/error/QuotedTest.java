package io.github.sparkncbigene.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {
    @Test
    void aShortValueIsShownAsItIs() {
        assertThat(Quoted.of("")).isEmpty();
        assertThat(Quoted.of("NM_1.1, 'α'")).isEqualTo("NM_1.1, 'α'");
        assertThat(Quoted.of("x".repeat(100))).isEqualTo("x".repeat(100));
    }

    @Test
    void ofALongOneTheStart() {
        assertThat(Quoted.of("x".repeat(101))).isEqualTo("x".repeat(97) + "...");
    }

    @Test
    void controlCharactersAreWrittenOut() {
        assertThat(Quoted.of("a\r\n\u001b[31m\u0085")).isEqualTo("a\\u000d\\u000a\\u001b[31m\\u0085");
    }
}
