package io.github.sparkncbigene.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentEncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZip", "x-gzip", "X-GZIP", " gzip ", "identity, gzip", "gzip,"})
    void gzipIsKnownByItsNames(String header) {
        assertThat(ContentEncoding.of(Stream.of(header))).isEqualTo(new ContentEncoding(true, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "Identity", ","})
    void aBodyMayComeAsItIs(String header) {
        assertThat(ContentEncoding.of(Stream.of(header))).isEqualTo(new ContentEncoding(false, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "Deflate", "gzip, gzip", "zstd", "gzip;q=1"})
    void whatWasNotRequestedIsUnknown(String header) {
        assertThat(ContentEncoding.of(Stream.of(header)).unknown()).isPresent();
    }

    @Test
    void headersAddUp() {
        assertThat(ContentEncoding.of(Stream.empty())).isEqualTo(new ContentEncoding(false, Optional.empty()));
        assertThat(ContentEncoding.of(Stream.of("gzip", "br")).unknown()).contains("gzip, br");
    }
}
