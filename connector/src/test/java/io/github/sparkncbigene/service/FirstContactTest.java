package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstContactTest {
    private static final Duration NANO = Duration.ofNanos(1);

    private final VirtualClock clock = new VirtualClock();
    private final Object route = new Object();

    private FirstContact contact(Duration responseTimeout) {
        return new FirstContact(route, false, responseTimeout, clock);
    }

    private static ServiceException failure(Kind kind) {
        return new ServiceException(kind, NcbiGeneException.of(ErrorCode.SERVICE_UNREACHABLE, "No response."));
    }

    @Test
    void aSilentHostIsGivenUpAfterFourTimesItsLongestSilence() throws ServiceException {
        FirstContact contact = contact(Duration.ofSeconds(5));
        clock.pass(Duration.ofSeconds(100));
        contact.requested();

        clock.pass(Duration.ofSeconds(20).minus(NANO));
        contact.silent(failure(Kind.TIMEOUT));
        clock.pass(NANO);

        assertThatThrownBy(() -> contact.silent(failure(Kind.TIMEOUT)))
                .isInstanceOf(ServiceException.class)
                .hasRootCauseMessage("[NCBI_GENE_SERVICE_UNREACHABLE] No response. Given up after 1 request in 20 s,"
                        + " because this address has never responded.");
    }

    @Test
    void aSilentHostIsNotGivenUpBeforeFifteenSeconds() throws ServiceException {
        FirstContact contact = contact(Duration.ofSeconds(1));
        contact.requested();

        clock.pass(Duration.ofSeconds(15).minus(NANO));
        contact.silent(failure(Kind.TIMEOUT));
        clock.pass(NANO);

        assertThatThrownBy(() -> contact.silent(failure(Kind.TIMEOUT))).isInstanceOf(ServiceException.class);
    }

    @Test
    void onlyAHostThatWasNeverHeardIsSilent() throws ServiceException {
        FirstContact heard = contact(Duration.ofSeconds(1));
        heard.requested();
        clock.pass(Duration.ofSeconds(60));
        heard.silent(failure(Kind.TRANSIENT));
        heard.heard();
        heard.silent(failure(Kind.TIMEOUT));

        FirstContact later = contact(Duration.ofSeconds(1));
        later.requested();
        later.responded();
        clock.pass(Duration.ofSeconds(60));
        later.silent(failure(Kind.TIMEOUT));

        assertThat(later.hasResponded()).isTrue();
    }

    @Test
    void aRetryIsMadeWhileItHasHalfASecondToConnect() throws ServiceException {
        FirstContact contact = contact(Duration.ofMinutes(2));
        contact.requested();
        clock.pass(Duration.ofMillis(4500));

        assertThat(contact.left()).isEqualTo(Duration.ofMillis(1500).toNanos());
        assertThat(contact.retryDelay(failure(Kind.TRANSIENT), Duration.ofSeconds(1)))
                .isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> contact.retryDelay(
                        failure(Kind.TRANSIENT), Duration.ofSeconds(1).plus(NANO)))
                .isInstanceOf(ServiceException.class)
                .hasRootCauseMessage("[NCBI_GENE_SERVICE_UNREACHABLE] No response. Given up after 1 request in 4 s,"
                        + " because this address has never responded.");
    }

    @Test
    void aDelayIsAtMostTwoSecondsUntilTheHostHasResponded() throws ServiceException {
        FirstContact contact = contact(Duration.ofMinutes(2));
        contact.requested();

        assertThat(contact.retryDelay(failure(Kind.TRANSIENT), Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(contact.retryDelay(failure(Kind.TIMEOUT), Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(30));
        contact.responded();
        assertThat(contact.retryDelay(failure(Kind.TRANSIENT), Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aHostIsNotToBlameForTheRateLimit() throws ServiceException {
        FirstContact contact = contact(Duration.ofMinutes(2));
        contact.requested();
        contact.postponed();
        clock.pass(Duration.ofSeconds(100));

        contact.requested();

        assertThat(contact.left()).isEqualTo(Duration.ofSeconds(6).toNanos());
        clock.pass(Duration.ofSeconds(6));
        assertThatThrownBy(() -> contact.retryDelay(failure(Kind.TRANSIENT), Duration.ZERO))
                .isInstanceOf(ServiceException.class)
                .hasRootCauseMessage("[NCBI_GENE_SERVICE_UNREACHABLE] No response. Given up after 1 request in 6 s,"
                        + " because this address has never responded.");
    }

    @Test
    void aHostIsNotGivenUpWhileItMayOnlyBeSlow() throws ServiceException {
        FirstContact contact = contact(Duration.ofSeconds(5));
        contact.requested();
        contact.sent();
        contact.requested();
        contact.sent();
        contact.ended();
        clock.pass(Duration.ofSeconds(20).minus(NANO));

        assertThat(contact.retryDelay(failure(Kind.TRANSIENT), Duration.ofSeconds(3)))
                .isEqualTo(Duration.ofSeconds(2));
        contact.ended();
        assertThatThrownBy(() -> contact.retryDelay(failure(Kind.TRANSIENT), Duration.ZERO))
                .isInstanceOf(ServiceException.class);

        contact.sent();
        clock.pass(NANO);
        assertThatThrownBy(() -> contact.retryDelay(failure(Kind.TRANSIENT), Duration.ZERO))
                .isInstanceOf(ServiceException.class)
                .hasRootCauseMessage("[NCBI_GENE_SERVICE_UNREACHABLE] No response. Given up after 2 requests in 20 s,"
                        + " because this address has never responded.");
    }

    @Test
    void aResponseThatHasBegunComesFromTheHostUnlessItIsAWebPage() throws ServiceException {
        FirstContact contact = contact(Duration.ofSeconds(5));
        contact.requested();
        contact.heard();
        clock.pass(Duration.ofSeconds(100));
        assertThat(contact.retryDelay(failure(Kind.TRANSIENT), Duration.ofSeconds(3)))
                .isEqualTo(Duration.ofSeconds(3));

        contact.webPage();
        assertThatThrownBy(() -> contact.retryDelay(failure(Kind.TRANSIENT), Duration.ZERO))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void aRequestOfAnyTaskMayWaitForAConnectionThatTheJvmHas() {
        assertThat(contact(Duration.ofSeconds(5)).hasConnected()).isFalse();
        contact(Duration.ofSeconds(5)).connected();
        assertThat(contact(Duration.ofSeconds(5)).hasConnected()).isTrue();
    }

    @Test
    void aRepeatedTaskHasTimeForTheFirstConnectionOfItsJvm() {
        FirstContact contact = new FirstContact(route, true, Duration.ofSeconds(5), clock);
        contact.requested();

        assertThat(contact.left()).isEqualTo(Duration.ofMillis(2500).toNanos());
    }

    @Test
    void threeWebPagesAreEnough() throws ServiceException {
        FirstContact contact = contact(Duration.ofMinutes(2));
        contact.requested();
        contact.webPage();
        contact.webPage();
        contact.retryDelay(failure(Kind.TRANSIENT), Duration.ZERO);
        contact.webPage();

        assertThatThrownBy(() -> contact.retryDelay(failure(Kind.TRANSIENT), Duration.ZERO))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void anAddressThatWasGivenUpIsTriedForASecondWithinTheNextMinute() {
        clock.pass(Duration.ofSeconds(1000));
        FirstContact first = contact(Duration.ofMinutes(2));
        first.requested();
        clock.pass(Duration.ofSeconds(6));
        assertThatThrownBy(() -> first.retryDelay(failure(Kind.TRANSIENT), Duration.ZERO))
                .isInstanceOf(ServiceException.class);

        clock.pass(Duration.ofMinutes(1).minus(NANO));
        FirstContact within = contact(Duration.ofMinutes(2));
        within.requested();
        clock.pass(NANO);
        FirstContact after = contact(Duration.ofMinutes(2));
        after.requested();

        assertThat(within.left()).isEqualTo(Duration.ofSeconds(1).minus(NANO).toNanos());
        assertThat(after.left()).isEqualTo(Duration.ofSeconds(6).toNanos());
    }
}
