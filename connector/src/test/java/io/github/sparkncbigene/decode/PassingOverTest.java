package io.github.sparkncbigene.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkncbigene.json.Utf8Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody wants is passed over as Jackson passes over it, whatever it is made of. */
class PassingOverTest {
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\\"",
        "\\u00e9",
        "\\x",
        "\"a\":",
        "\"a b\",",
        "1",
        "true",
        "null",
        " ",
        "\n",
        "\t",
        "\u0001",
        "é",
        "β",
        "😀",
        "_",
        "y",
        "\u007f",
        "\"[{\"",
        "\"\\\\\"",
        "{}",
        "[]"
    };

    /** Text and kinds of the tokens that follow the first value that is passed over in an array. */
    private static List<String> rest(JsonParser json) throws IOException {
        json.nextToken();
        json.nextToken();
        json.skipChildren();
        List<String> tokens = new ArrayList<>();
        do {
            tokens.add(json.currentToken() + " " + json.getParsingContext().pathAsPointer() + " " + json.getText());
        } while (json.nextToken() != null);
        return tokens;
    }

    private static List<String> ours(byte[] json, Random random) throws IOException {
        InputStream portions = new ByteArrayInputStream(json) {
            private final int most = 1 << random.nextInt(12);

            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(most)));
            }
        };
        return rest(Utf8Json.parser(portions));
    }

    @Property(tries = 1000)
    void isWhereJacksonIsBehindAnyValue(@ForAll Random random) throws IOException {
        byte[] json = ("[" + value(random, 0) + ",{\"b\":[1,\"\u00e9\"]},\"c\"]").getBytes(StandardCharsets.UTF_8);

        assertThat(ours(json, random)).isEqualTo(rest(JACKSON.createParser(json)));
    }

    /** Nothing is refused that Jackson takes, and then the same follows. */
    @Property(tries = 3000)
    void isNotStricterThanJackson(@ForAll Random random) {
        StringBuilder text = new StringBuilder("[" + value(random, 0) + ",1]");
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = 1 + random.nextInt(text.length() - 1);
            String piece = PIECES[random.nextInt(PIECES.length)];
            text.replace(at, Math.min(text.length(), at + random.nextInt(3)), piece);
        }
        byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
        List<String> expected;
        try {
            expected = rest(JACKSON.createParser(json));
        } catch (IOException e) {
            return;
        }

        assertThat(read(json, random)).isEqualTo(expected);
    }

    private static List<String> read(byte[] json, Random random) {
        try {
            return ours(json, random);
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    /** Whatever stands where in a block of 64 bytes, each of its cuts is noticed. */
    @Property(tries = 100)
    void everyCutIsNoticed(@ForAll Random random) {
        byte[] json = (" ".repeat(random.nextInt(70)) + "[" + value(random, 0) + "]").getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < json.length; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            assertThatThrownBy(() -> {
                        JsonParser parser = Utf8Json.parser(new ByteArrayInputStream(cut));
                        parser.nextToken();
                        parser.skipChildren();
                        if (parser.currentToken() != JsonToken.END_ARRAY) {
                            throw new IOException("nothing is there");
                        }
                    })
                    .as("cut after %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":[1}|an array ends with '}'",
                "{\"a\":{]|an object ends with ']'",
                "{\"a\":\"\\x\"}|a string contains an invalid escape",
                "{\"a\":\"\\u00g0\"}|a string contains an invalid escape",
                "{\"a\":\\|a '\\' outside a string",
            })
    void whatMakesTheRestDoubtfulIsAnError(String value, String why) {
        for (int before = 0; before < 70; before++) {
            String json = "{" + "\"\":".repeat(before) + value + "   ".repeat(70);
            assertThatThrownBy(() -> {
                        JsonParser parser =
                                Utf8Json.parser(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
                        parser.nextToken();
                        parser.skipChildren();
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage(why);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u0001", "\u001f", "\u0000"})
    void controlCharactersInAStringAreErrors(String control) {
        assertThatThrownBy(
                        () -> ours(("[{\"a\":\"" + control + "\"}]").getBytes(StandardCharsets.UTF_8), new Random(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unexpected control character " + (int) control.charAt(0));
    }

    /** The price of not looking at each value; what is asked for is looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":tru}", "{\"a\" 1}", "[1 2]", "[1,]", "[01]", "{a:1}", "[\"\u00e9\" \"b\"]"})
    void whatIsBetweenBracketsAndStringsIsNotLookedAt(String value) throws IOException {
        byte[] json = ("[" + value + ",1]").getBytes(StandardCharsets.UTF_8);

        assertThat(ours(json, new Random(1))).endsWith("VALUE_NUMBER_INT /1 1", "END_ARRAY  ]");
    }

    private static String value(Random random, int depth) {
        StringBuilder value = new StringBuilder();
        boolean isObject = random.nextBoolean();
        String space = random.nextInt(4) == 0 ? "\r\n\t ".substring(random.nextInt(4)) : "";
        value.append(isObject ? '{' : '[').append(space);
        for (int i = random.nextInt(6); i > 0; i--) {
            value.append(isObject ? text(random) + space + ":" : "")
                    .append(space)
                    .append(random.nextInt(3) == 0 && depth < 5 ? value(random, depth + 1) : scalar(random))
                    .append(space)
                    .append(i > 1 ? "," : "");
        }
        // Deeper than a word has bits.
        int deep = random.nextInt(20) == 0 && depth == 0 ? 60 + random.nextInt(150) : 0;
        return "[".repeat(deep) + value + (isObject ? '}' : ']') + "]".repeat(deep);
    }

    private static String scalar(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "true";
            case 1 -> "null";
            case 2 -> Integer.toString(random.nextInt());
            case 3 -> "-1.5e-3";
            default -> text(random);
        };
    }

    private static String text(Random random) {
        String[] pieces = {"a", "gene ", "{", "}]", "[", ",:", "é", "😀", "\\\"", "\\\\", "\\n", "\\u00e9", "\u007f"};
        StringBuilder text = new StringBuilder("\"");
        boolean plain = random.nextInt(3) > 0;
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(pieces[random.nextInt(plain ? 8 : pieces.length)]);
        }
        return text.append('"').toString();
    }
}
