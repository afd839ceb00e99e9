package io.github.sparkncbigene.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.service.Response;
import io.github.sparkncbigene.service.ResponseBody;
import io.github.sparkncbigene.service.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {
    private static String message(byte[] body, boolean gzip) {
        return ErrorBody.of(
                        new Response(
                                new ResponseHead("GET x", Optional.empty(), Optional.empty()),
                                new ResponseBody(body, gzip, 1 << 20)),
                        text -> text.replace("KEY", "(hidden)"))
                .message();
    }

    private static String message(String body) {
        return message(body.getBytes(StandardCharsets.UTF_8), false);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"error\":\"Not Found\",\"code\":404,\"message\":\"Your request is invalid.\"}|Your request is invalid.",
                "{\"code\":404,\"message\":\"M\",\"error\":\"E\"}|M",
                "{\"error\":\"API rate limit exceeded\",\"api-key\":\"1.2.3.4\"}|API rate limit exceeded",
                "{\"details\":[{\"message\":\"inner\"}],\"message\":\"outer\"}|outer",
                "{\"message\":{\"a\":1},\"error\":\"E\"}|E",
                "{\"message\":null,\"error\":\"E\"}|E",
                "{}|~~",
                "{\"code\":500}|~~",
                "{\"message\":\"cut|{\"message\":\"cut",
                "upstream connect error|upstream connect error",
                "~  two   lines  ~|two lines",
                "<html><head><title>502 Bad Gateway</title></head><body><h1>Bad</h1></body></html>|502 Bad Gateway Bad",
                "<script>var secret = 1 < 2;</script><p>Hello</p>|Hello",
            })
    void theMessageOfWhateverCame(String body, String message) {
        assertThat(message(body)).isEqualTo(message);
    }

    @Test
    void anEmptyMessageLeavesTheErrorsName() {
        assertThat(message("{\"error\":\"Bad Request\",\"code\":400,\"message\":\"\"}"))
                .isEqualTo("Bad Request");
    }

    @Test
    void whatIsCompressedIsRead() throws IOException {
        assertThat(message(gzip("{\"message\":\"M\"}"), true)).isEqualTo("M");
    }

    @Test
    void whatCannotBeInflatedHasNoMessage() throws IOException {
        byte[] cut = Arrays.copyOf(gzip("{\"message\":\"M\"}"), 12);

        assertThat(message(cut, true)).isEmpty();
        assertThat(message("no gzip".getBytes(StandardCharsets.UTF_8), true)).isEmpty();
        assertThat(message(new byte[0], false)).isEmpty();
        assertThat(message(new byte[0], true)).isEmpty();
    }

    @Test
    void whatIsHiddenIsHiddenBeforeTheMessageIsShortened() {
        String start = "x".repeat(298);

        assertThat(message("{\"message\":\"" + start + "KEY\"}")).isEqualTo("x".repeat(297) + "...");
        assertThat(message("{\"message\":\"" + "x".repeat(295) + " K\\u0045Y\"}"))
                .isEqualTo("x".repeat(295) + " (...");
        assertThat(message("<p>K<b>E</b>Y is not known</p>")).isEqualTo("K E Y is not known");
    }

    @Test
    void aLongMessageIsShownInPart() {
        assertThat(message("{\"message\":\"" + "x".repeat(5000) + "\"}")).isEqualTo("x".repeat(297) + "...");
        assertThat(message("y".repeat(1_000_000))).isEqualTo("y".repeat(297) + "...");
        assertThat(message("{\"message\":\"" + "x".repeat(1_000_000) + "\"}")).hasSize(300);
    }
}
