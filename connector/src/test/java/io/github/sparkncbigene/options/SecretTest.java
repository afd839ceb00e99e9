package io.github.sparkncbigene.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.testing.Serialized;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static final String KEY = "9f8e7d6c5b4a39281706f5e4d3c2b1a0ffee";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9f8e7d6c5b4a39281706f5e4d3c2b1a0ffee",
                "9F8E7D6C5B4A39281706F5E4D3C2B1A0FFEE",
                "%39%66%38e7d6c5b4a39281706f5e4d3c2b1a0ffee",
                "%2539f8e7d6c5b4a39281706f5e4d3c2b1a0ffee",
                "\\u0039f8e7d6c5b4a39281706f5e4d3c2b1a0ffee",
                "&#57;f8e7d6c5b4a39281706f5e4d3c2b1a0ff&#x65;e",
                "396638653764366335623461333932383137303666356534643363326231613066666565",
            })
    void itIsTakenOutInWhateverFormItComes(String form) {
        assertThat(Secret.of(KEY).hideIn("The key '" + form + "' is not known."))
                .isEqualTo("The key '(hidden)' is not known.");
    }

    @Test
    void charactersWithMeaningElsewhereAreCharacters() {
        Secret special = Secret.of("a+b/c\\d\"e<f>&g'%h$1(.*)");

        assertThat(special.hideIn("[" + special.reveal() + "]")).isEqualTo("[(hidden)]");
        assertThat(special.hideIn("[" + GeneEncoding.url(special.reveal()) + "]"))
                .isEqualTo("[(hidden)]");
        assertThat(special.hideIn("[a+b\\/c\\\\d\\\"e\\u003cf&gt;&amp;g&apos;%h$1(.*)]"))
                .isEqualTo("[(hidden)]");
        assertThat(special.hideIn("Nothing of it. a+b/c")).isEqualTo("Nothing of it. a+b/c");
    }

    @Test
    void aShortOneIsTakenOutAsAWhole() {
        assertThat(secret.hideIn("abc123 abc12 ABC123")).isEqualTo("(hidden) abc12 (hidden)");
    }

    @Test
    void aLongOneIsTakenOutToo() {
        String longest = KEY.repeat(200);

        assertThat(Secret.of(longest).hideIn("is '" + longest + "'")).isEqualTo("is '(hidden)'");
    }

    /** Wherever the key stands, however it is written, and wherever the text is cut, no eight characters of it are left. */
    @Property(tries = 500)
    void noPartOfItIsLeft(
            @ForAll @StringLength(min = 9, max = 60) @CharRange(from = '!', to = '~') String key,
            @ForAll @StringLength(max = 40) String before,
            @ForAll @StringLength(max = 40) String after,
            @ForAll("forms") UnaryOperator<String> form,
            @ForAll @IntRange(max = 300) int from,
            @ForAll @IntRange(max = 300) int length) {
        String text = before + form.apply(key) + after;
        int start = Math.min(from, text.length());
        String cut = text.substring(start, Math.min(text.length(), start + length));
        Secret hiding = Secret.of(key);

        for (String hidden : List.of(hiding.hideIn(text), hiding.hideIn(cut))) {
            for (int i = 0; i + 8 <= key.length(); i++) {
                String part = key.substring(i, i + 8);
                assertThat(hidden.toLowerCase(Locale.ROOT)).doesNotContain(part.toLowerCase(Locale.ROOT));
            }
            assertThat(hiding.hideIn(hidden)).as("once is enough").isEqualTo(hidden);
        }
        assertThat(hiding.hideIn(form.apply(key))).isEqualTo("(hidden)");
    }

    @Provide
    Arbitrary<UnaryOperator<String>> forms() {
        return Arbitraries.of(
                UnaryOperator.identity(),
                key -> key.toUpperCase(Locale.ROOT),
                GeneEncoding::url,
                key -> GeneEncoding.url(GeneEncoding.url(key)),
                key -> key.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"),
                key -> key.chars().mapToObj(c -> String.format("\\u%04X", c)).collect(Collectors.joining()),
                key -> key.chars().mapToObj(c -> "&#" + c + ";").collect(Collectors.joining()));
    }

    /** In Base64 the ends of it depend on what stands beside it. */
    @Property(tries = 300)
    void inBase64NoPartOfItIsLeft(
            @ForAll @StringLength(min = 20, max = 60) @CharRange(from = '!', to = '~') String key,
            @ForAll @StringLength(max = 9) @CharRange(from = ' ', to = '~') String before,
            @ForAll @StringLength(max = 9) @CharRange(from = ' ', to = '~') String after,
            @ForAll boolean forUrls) {
        Base64.Encoder encoder = forUrls ? Base64.getUrlEncoder() : Base64.getEncoder();
        String text = encoder.encodeToString((before + key + after).getBytes(StandardCharsets.US_ASCII));
        String hidden = Secret.of(key).hideIn(text);

        assertThat(hidden).contains("(hidden)");
        assertThat(text.length() - hidden.replace("(hidden)", "").length())
                .isGreaterThanOrEqualTo((key.length() - 2) * 4 / 3 - 3);
    }

    @Test
    void anErrorIsLeftAsItIsUnlessItRepeatsIt() {
        NcbiGeneException plain = NcbiGeneException.of(ErrorCode.SERVICE_FAILED, "Status 500.", new IOException("cut"));
        NcbiGeneException telling = NcbiGeneException.of(
                ErrorCode.SERVICE_FAILED, "Status 500: '" + KEY + "'.", new IOException("a", new IOException(KEY)));

        assertThat(Secret.of(KEY).hideIn(plain)).isSameAs(plain);
        NcbiGeneException hidden = Secret.of(KEY).hideIn(telling);
        assertThat(hidden)
                .hasMessage("[NCBI_GENE_SERVICE_FAILED] Status 500: '(hidden)'.")
                .hasRootCauseMessage("java.io.IOException: (hidden)");
        assertThat(hidden.code()).isEqualTo(ErrorCode.SERVICE_FAILED);
        assertThat(hidden.getStackTrace()).isEqualTo(telling.getStackTrace());
        StringWriter trace = new StringWriter();
        hidden.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(KEY);
    }

    private static final class GeneEncoding {
        private GeneEncoding() {}

        static String url(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
