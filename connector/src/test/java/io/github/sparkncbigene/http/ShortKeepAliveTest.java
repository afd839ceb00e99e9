package io.github.sparkncbigene.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortKeepAliveTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout=4, max=100 | 2000",
                "max=100, timeout=10 | 8000",
                "timeout=2 | 1",
                "timeout=0 | 1",
                "timeout=999999999 | 30000",
                "timeout=x | 2000",
                "nonsense | 2000",
                "'' | 2000",
                " | 2000"
            })
    void isGivenUpWellBeforeTheServiceDoes(String header, long millis) {
        HttpResponse response = new BasicHttpResponse(200);
        if (header != null) {
            response.addHeader("Keep-Alive", header);
        }
        assertThat(new ShortKeepAlive().getKeepAliveDuration(response, null).toMilliseconds())
                .isEqualTo(millis);
    }
}
