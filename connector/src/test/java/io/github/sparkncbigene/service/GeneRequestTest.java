package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.service.GeneRequest.Parameter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneRequestTest {
    private static GeneRequest get(Parameter... query) {
        return new GeneRequest("/gene", List.of(query), null, GeneRequest.JSON, false);
    }

    @ParameterizedTest
    @CsvSource({
        "NM_021803.4, NM_021803.4",
        "Homo sapiens, Homo%20sapiens",
        "a+b, a%2Bb",
        "a/b?c#d, a%2Fb%3Fc%23d",
        "100%, 100%25",
        "%2e, %252e",
        "a;b, a%3Bb",
        "\u03b2, %CE%B2",
        "\u6f22, %E6%BC%A2",
        "\uD83E\uDDEC, %F0%9F%A7%AC"
    })
    void whatWouldMeanSomethingInAUrlIsEncoded(String text, String encoded) {
        assertThat(GeneRequest.encode(text)).isEqualTo(encoded);
    }

    @Property
    void encodedTextsAreSafeAndDecodeToThemselves(@ForAll("texts") String text) {
        String encoded = GeneRequest.encode(text);

        assertThat(encoded).matches("([A-Za-z0-9._*-]|%[0-9A-F]{2})*");
        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Property
    void aQueryStringDecodesToItsParameters(@ForAll("texts") String one, @ForAll("texts") String two) {
        String raw = URI.create("https://host"
                        + get(new Parameter("p", one), new Parameter("p", two)).pathAndQuery())
                .getRawQuery();
        List<Map.Entry<String, String>> decoded = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            String[] nameAndValue = pair.split("=", -1);
            assertThat(nameAndValue).hasSize(2);
            decoded.add(Map.entry(nameAndValue[0], URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8)));
        }
        assertThat(decoded).containsExactly(Map.entry("p", one), Map.entry("p", two));
    }

    @Test
    void withoutParametersThereIsNoQuestionMark() {
        assertThat(get().pathAndQuery()).isEqualTo("/gene");
        assertThat(get(new Parameter("a", ""), new Parameter("sort.field", "x y"))
                        .pathAndQuery())
                .isEqualTo("/gene?a=&sort.field=x%20y");
    }

    @Test
    void aBodyMakesItAPost() {
        assertThat(get().isPost()).isFalse();
        assertThat(new GeneRequest("/gene", List.of(), "{}", GeneRequest.JSON, true).isPost())
                .isTrue();
    }

    @Test
    void itDoesNotChangeWithTheListItWasMadeOf() {
        List<Parameter> query = new ArrayList<>(List.of(new Parameter("a", "b")));
        GeneRequest request = new GeneRequest("/gene", query, null, GeneRequest.JSON, false);
        query.clear();

        assertThat(request.pathAndQuery()).isEqualTo("/gene?a=b");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ascii()
                .withChars("\u00e9\u03b2\u6f22&=?#/%+ ")
                .ofMaxLength(15);
    }
}
