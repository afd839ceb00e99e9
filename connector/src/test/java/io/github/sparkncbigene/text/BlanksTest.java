package io.github.sparkncbigene.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BlanksTest {
    @Test
    void theCharacterClassHoldsTheSameCharacters() {
        Pattern pattern = Pattern.compile(Blanks.CHARACTER_CLASS);
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            assertThat(pattern.matcher(String.valueOf(c)).matches())
                    .as("U+%04X", (int) c)
                    .isEqualTo(Blanks.isBlank(c));
        }
    }

    @Test
    void isStrippedFromTheEndsOnly() {
        assertThat(Blanks.strip("\uFEFF\u00A0 a\u2028b \u200B\r\n")).isEqualTo("a\u2028b");
        assertThat(Blanks.strip("\u3000")).isEmpty();
        assertThat(Blanks.isIn("a\u2028b")).isTrue();
        assertThat(Blanks.isIn("ab\u0000")).isFalse();
    }
}
