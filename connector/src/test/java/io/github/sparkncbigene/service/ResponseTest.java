package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ResponseTest {
    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static Response response(boolean gzip, byte[] bytes, long maxDecoded) {
        return new Response(
                new ResponseHead("GET http://x/gene", Optional.of("t"), Optional.of("PHID")),
                new ResponseBody(bytes, gzip, maxDecoded));
    }

    @Test
    void theBodyMayBeReadAgainAndAgain() throws IOException {
        byte[] plain = "{\"reports\":[]}".getBytes(StandardCharsets.UTF_8);
        for (Response response : new Response[] {response(false, plain, 100), response(true, gzip(plain), 100)}) {
            assertThat(response.body().readAllBytes()).isEqualTo(plain);
            assertThat(response.body().readAllBytes()).isEqualTo(plain);
        }
    }

    @Test
    void whatInflatesBeyondTheLimitIsAnErrorThatNamesIt() throws IOException {
        byte[] bomb = gzip(new byte[100_000]);
        Response response = response(true, bomb, 99_999);

        assertThatThrownBy(() -> response.body().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessage("it is larger than max_decoded_bytes = 99999")
                .satisfies(e -> {
                    ServiceException failure = response.unreadable((IOException) e);
                    assertThat(failure.kind()).isEqualTo(ServiceException.Kind.TOO_LARGE);
                    assertThat(failure.error().code()).isEqualTo(ErrorCode.RESPONSE_TOO_LARGE);
                    assertThat(failure.error())
                            .hasMessage("[NCBI_GENE_RESPONSE_TOO_LARGE] The response to GET http://x/gene (request id"
                                    + " PHID) cannot be read: it is larger than max_decoded_bytes = 99999. Lower"
                                    + " batch_size or page_size, or raise the limit.");
                });
        assertThat(response(true, bomb, 100_000).body().readAllBytes()).hasSize(100_000);
        assertThatThrownBy(() -> {
                    try (var body = response(true, bomb, 10).body()) {
                        while (body.read() >= 0) {
                            // byte by byte
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatCannotBeReadMayBeBetterTheNextTime() {
        ServiceException failure = response(false, new byte[0], 1).unreadable(new IOException("cut"));

        assertThat(failure.kind()).isEqualTo(ServiceException.Kind.TRANSIENT);
        assertThat(failure.error())
                .hasMessage(
                        "[NCBI_GENE_BAD_RESPONSE] The response to GET http://x/gene (request id PHID) cannot be read:"
                                + " cut. Check that base_url is the gene service; if it is, try again later.");
    }

    @Test
    void itIsNamedByAddressAndRequestId() {
        assertThat(response(false, new byte[3], 1).reference()).isEqualTo("GET http://x/gene (request id PHID)");
        assertThat(new Response(
                                new ResponseHead("GET y", Optional.empty(), Optional.empty()),
                                new ResponseBody(new byte[0], false, 1))
                        .reference())
                .isEqualTo("GET y");
        assertThat(response(false, new byte[3], 1))
                .hasToString("Response[GET http://x/gene (request id PHID), 3 bytes]");
        assertThat(response(false, new byte[3], 1).size()).isEqualTo(3);
        assertThat(response(false, new byte[3], 1).nextPageToken()).contains("t");
    }
}
