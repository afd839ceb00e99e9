package io.github.sparkncbigene.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.service.ServiceException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The failure and the pause that each status means. */
class ResponseStatusTest {
    private static final Optional<String> NOWHERE = Optional.empty();
    private static final Duration SEVEN = Duration.ofSeconds(7);

    private static ResponseStatus status(int code, String said) {
        return new ResponseStatus(code, "GET /gene", false, said);
    }

    @ParameterizedTest
    @CsvSource({
        "304, PERMANENT, REQUEST_REFUSED",
        "399, PERMANENT, REQUEST_REFUSED",
        "400, REJECTED, REQUEST_REFUSED",
        "401, PERMANENT, REQUEST_REFUSED",
        "403, PERMANENT, REQUEST_REFUSED",
        "404, PERMANENT, REQUEST_REFUSED",
        "408, TIMEOUT, REQUEST_REFUSED",
        "413, TOO_LARGE, REQUEST_REFUSED",
        "414, TOO_LARGE, REQUEST_REFUSED",
        "429, TRANSIENT, RATE_LIMITED",
        "431, TOO_LARGE, REQUEST_REFUSED",
        "499, PERMANENT, REQUEST_REFUSED",
        "500, TRANSIENT, SERVICE_FAILED",
        "501, PERMANENT, SERVICE_FAILED",
        "503, TRANSIENT, SERVICE_FAILED",
        "504, TIMEOUT, SERVICE_FAILED",
        "204, PERMANENT, REQUEST_REFUSED"
    })
    void aStatusHasAKindAndACode(int code, Kind kind, ErrorCode error) {
        ServiceException failure = status(code, "no").failure(false, NOWHERE);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.error().code()).isEqualTo(error);
    }

    @Test
    void aServerThatTimedOutIsATimeoutWhateverItsStatus() {
        assertThat(status(500, "Upstream Timed Out").failure(false, NOWHERE).kind())
                .isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void theWebPageOfAGatewaySaysNothingAboutIdentifiers() {
        assertThat(new ResponseStatus(400, "GET /gene", true, "Bad Request")
                        .failure(false, NOWHERE)
                        .kind())
                .isEqualTo(Kind.PERMANENT);
    }

    @Test
    void aRefusalOfTheKeyIsNotARejectionOfIdentifiers() {
        String said = "API key invalid";

        assertThat(status(400, said).failure(true, NOWHERE).kind()).isEqualTo(Kind.PERMANENT);
        assertThat(status(400, said).failure(false, NOWHERE).kind()).isEqualTo(Kind.REJECTED);
        assertThat(status(400, said).failure(true, NOWHERE).words())
                .isEqualTo("Status 400 from GET /gene: 'API key invalid'. Check api_key, or read without one; NCBI also"
                        + " blocks addresses that send too many requests.");
        assertThat(status(403, "").failure(false, NOWHERE).words())
                .isEqualTo("Status 403 from GET /gene, without a message. The service may need an api_key; NCBI also"
                        + " blocks addresses that send too many requests.");
    }

    @Test
    void aRedirectNamesItsTargetIfItHasOne() {
        assertThat(status(302, "Moved")
                        .failure(true, Optional.of("https://x/login"))
                        .words())
                .isEqualTo("Status 302 from GET /gene: it redirects to 'https://x/login'. Redirects are not followed,"
                        + " since they would take the api_key along. Check base_url, and that no proxy or log-in page"
                        + " responds in its place.");
        assertThat(status(302, "Moved").failure(true, NOWHERE).words()).contains("it redirects. Redirects");
        assertThat(status(302, "Moved").failure(true, NOWHERE).said()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"408, 7000", "429, 7000", "500, 7000", "503, 7000", "504, 7000", "400, -1", "501, -1", "302, -1"})
    void aRetryAfterPausesWhatIsRetried(int code, long millis) {
        assertThat(ResponseStatus.pause(code, Optional.of(SEVEN))
                        .map(pause -> pause.length().toMillis()))
                .isEqualTo(millis < 0 ? Optional.empty() : Optional.of(millis));
    }

    @Test
    void onlyTheRateLimitPausesByItself() {
        assertThat(ResponseStatus.pause(429, Optional.empty()))
                .contains(new ResponseStatus.Pause(Duration.ofSeconds(1), true));
        assertThat(ResponseStatus.pause(503, Optional.empty())).isEmpty();
        assertThat(ResponseStatus.pause(503, Optional.of(SEVEN))).contains(new ResponseStatus.Pause(SEVEN, false));
    }
}
