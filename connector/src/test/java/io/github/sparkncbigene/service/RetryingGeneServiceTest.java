package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.counters.TaskCounters;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryingGeneServiceTest {
    private static final Response ANSWER = new Response(
            new ResponseHead("GET x", Optional.empty(), Optional.empty()), new ResponseBody(new byte[0], false, 1));

    private final VirtualClock clock = new VirtualClock();
    private final Object route = new Object();
    private FirstContact contact = contact(route, false);

    private FirstContact contact(Object to, boolean repeated) {
        return new FirstContact(to, repeated, Duration.ofMinutes(2), clock);
    }

    /** Fails as told, then answers. */
    private final class Scripted implements RequestSender {
        private final Deque<Exception> failures;
        private Duration each = Duration.ZERO;
        private int calls;
        private boolean closed;

        Scripted(Exception... failures) {
            this.failures = new ArrayDeque<>(Arrays.asList(failures));
        }

        @Override
        public Response execute(GeneRequest request, Progress progress) throws ServiceException, InterruptedException {
            calls++;
            contact.requested();
            clock.pass(each);
            Exception failure = failures.poll();
            if (failure instanceof ServiceException ofService) {
                throw ofService;
            }
            if (failure instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (failure instanceof RuntimeException runtime) {
                throw runtime;
            }
            progress.nextPageToken("next");
            return ANSWER;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static ServiceException failure(Kind kind) {
        return new ServiceException(kind, NcbiGeneException.of(ErrorCode.SERVICE_FAILED, kind.name()));
    }

    private static ServiceException[] troubles(Kind kind, int count) {
        ServiceException[] troubles = new ServiceException[count];
        Arrays.fill(troubles, failure(kind));
        return troubles;
    }

    private Response execute(Scripted sender, boolean divisible, int maxRetries) throws Exception {
        return execute(sender, divisible, new Retries(maxRetries, Duration.ofSeconds(1), () -> 0.5).budget());
    }

    private Response execute(Scripted sender, boolean divisible, RetryBudget budget) throws Exception {
        return new RetryingGeneService(sender, contact, clock, new TaskCounters())
                .execute(new GeneRequest("/gene", List.of(), null, GeneRequest.JSON, divisible), budget, token -> {});
    }

    @BeforeEach
    void theHostHasAnsweredBefore() {
        contact.responded();
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void whatIsAnsweredIsNotAskedAgain() throws Exception {
        Scripted sender = new Scripted();

        assertThat(execute(sender, true, 10)).isSameAs(ANSWER);
        assertThat(sender.calls).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TOO_LARGE", "REJECTED", "PERMANENT"})
    void whatARetryDoesNotHelpIsNotAskedAgain(Kind kind) {
        Scripted sender = new Scripted(failure(kind));

        assertThatThrownBy(() -> execute(sender, false, 10))
                .isInstanceOf(ServiceException.class)
                .hasRootCauseMessage("[NCBI_GENE_SERVICE_FAILED] " + kind);
        assertThat(sender.calls).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void withoutRetriesNothingIsAskedAgain(Kind kind) {
        Scripted sender = new Scripted(failure(kind));

        assertThatThrownBy(() -> execute(sender, true, 0))
                .isInstanceOf(ServiceException.class)
                .extracting(e -> ((ServiceException) e).kind())
                .isEqualTo(kind);
        assertThat(sender.calls).isEqualTo(1);
    }

    @Test
    void whatIsTransientIsAskedAgainAfterEverLongerDelays() throws Exception {
        Scripted sender = new Scripted(troubles(Kind.TRANSIENT, 7));

        assertThat(execute(sender, true, 10)).isSameAs(ANSWER);
        assertThat(sender.calls).isEqualTo(8);
        assertThat(clock.slept()).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void retriesThatOthersHaveTakenAreGone() {
        RetryBudget budget = new Retries(3, Duration.ofSeconds(1)).budget();
        budget.tryRetry(failure(Kind.TRANSIENT), false);
        budget.tryRestart(failure(Kind.REJECTED));
        Scripted sender = new Scripted(troubles(Kind.TRANSIENT, 9));

        assertThatThrownBy(() -> execute(sender, true, budget)).isInstanceOf(ServiceException.class);
        assertThat(sender.calls).isEqualTo(2);
    }

    @Test
    void whatIsSlowAndCanBeDividedIsAskedAgainOnceOnly() {
        Scripted sender = new Scripted(troubles(Kind.TIMEOUT, 3));

        assertThatThrownBy(() -> execute(sender, true, 10)).isInstanceOf(ServiceException.class);
        assertThat(sender.calls).isEqualTo(2);
    }

    @Test
    void aHostThatHasNeverAnsweredIsGivenUpSoonAndTheErrorSaysSo() {
        contact = contact(new Object(), false);
        Scripted sender = new Scripted(troubles(Kind.TRANSIENT, 99));

        assertThatThrownBy(() -> execute(sender, true, 10))
                .isInstanceOf(ServiceException.class)
                .hasRootCauseMessage(
                        "[NCBI_GENE_SERVICE_FAILED] TRANSIENT Given up after 4 requests in 5 s, because this"
                                + " address has never responded.");
        assertThat(clock.time()).isLessThanOrEqualTo(Duration.ofSeconds(6));
        assertThat(sender.calls).isEqualTo(4);
    }

    /** Spark runs a failed task four times. */
    @Test
    void allAttemptsOfATaskTogetherTakeNoMoreThanFifteenSeconds() {
        for (Duration each : List.of(Duration.ZERO, Duration.ofMillis(300), Duration.ofMillis(800))) {
            Duration before = clock.time();
            Object address = new Object();
            for (int attempt = 0; attempt < 4; attempt++) {
                contact = contact(address, attempt > 0);
                Scripted sender = new Scripted(troubles(Kind.TRANSIENT, 99));
                sender.each = each;
                assertThatThrownBy(() -> execute(sender, true, 1000)).isInstanceOf(ServiceException.class);
            }
            assertThat(clock.time().minus(before)).isLessThanOrEqualTo(Duration.ofSeconds(9));
        }
    }

    /** Also the first attempts of other partitions, and of the next query. */
    @Test
    void whatOneTaskHasGivenUpTheOthersOfItsJvmGiveUpSooner() {
        Object address = new Object();
        for (int task = 0; task < 4; task++) {
            contact = contact(address, false);
            assertThatThrownBy(() -> execute(new Scripted(troubles(Kind.TRANSIENT, 99)), true, 10))
                    .isInstanceOf(ServiceException.class);
        }
        assertThat(clock.time()).isLessThanOrEqualTo(Duration.ofSeconds(12));
        Duration before = clock.time();
        clock.pass(Duration.ofMinutes(2));
        contact = contact(address, false);
        assertThatThrownBy(() -> execute(new Scripted(troubles(Kind.TRANSIENT, 99)), true, 10))
                .isInstanceOf(ServiceException.class);
        assertThat(clock.time().minus(before)).as("it may be there now").isGreaterThan(Duration.ofSeconds(120 + 4));
    }

    /** Whatever is halved meanwhile: 8 minutes by default, and not 22 for each single identifier. */
    @Test
    void aHostThatIsConnectedAndHasNeverSaidAnythingIsGivenUpAfterFourTimesTheResponseTimeout() throws Exception {
        contact = contact(new Object(), false);
        Duration silence = Duration.ofMinutes(2);
        Scripted whole = new Scripted(troubles(Kind.TIMEOUT, 9));
        whole.each = silence;
        assertThatThrownBy(() -> execute(whole, true, 10)).hasRootCauseMessage("[NCBI_GENE_SERVICE_FAILED] TIMEOUT");
        assertThat(whole.calls).isEqualTo(2);
        Scripted half = new Scripted(troubles(Kind.TIMEOUT, 9));
        half.each = silence;
        assertThatThrownBy(() -> execute(half, true, 10))
                .hasRootCauseMessage("[NCBI_GENE_SERVICE_FAILED] TIMEOUT Given up after 4 requests in 482 s, because"
                        + " this address has never responded.")
                .extracting(e -> ((ServiceException) e).kind())
                .isEqualTo(Kind.PERMANENT);

        contact = contact(new Object(), false);
        contact.heard();
        Scripted large = new Scripted(troubles(Kind.TIMEOUT, 9));
        large.each = Duration.ofMinutes(10);
        assertThatThrownBy(() -> execute(large, true, 10))
                .as("it sends, so that a part of the batch may do")
                .hasRootCauseMessage("[NCBI_GENE_SERVICE_FAILED] TIMEOUT");

        contact = contact(new Object(), false);
        Scripted slow = new Scripted(troubles(Kind.TIMEOUT, 3));
        slow.each = Duration.ofMinutes(2);
        assertThat(execute(slow, false, 10)).as("it was only slow").isSameAs(ANSWER);
    }

    @Test
    void aLongFirstDelayIsShortenedUntilTheHostAnswers() throws Exception {
        contact = contact(new Object(), false);
        Scripted sender = new Scripted(failure(Kind.TRANSIENT));

        assertThat(execute(sender, true, new Retries(1, Duration.ofMinutes(1)).budget()))
                .isSameAs(ANSWER);
        assertThat(clock.slept()).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void threeWebPagesAreEnoughWhereNothingElseHasComeEver() {
        contact = contact(new Object(), false);
        contact.webPage();
        contact.webPage();
        Scripted sender = new Scripted(troubles(Kind.TRANSIENT, 99));
        contact.webPage();

        assertThatThrownBy(() -> execute(sender, true, 10)).isInstanceOf(ServiceException.class);
        assertThat(sender.calls).isEqualTo(1);
    }

    @Test
    void whatOneTaskHeardHoldsForTheOthers() throws Exception {
        contact = contact(route, true);
        Scripted sender = new Scripted(troubles(Kind.TRANSIENT, 9));

        assertThat(execute(sender, true, 10)).isSameAs(ANSWER);
        assertThat(sender.calls).isEqualTo(10);
    }

    @Test
    void errorsOfOurOwnArriveAsTheyAre() {
        Scripted sender = new Scripted(new IllegalArgumentException("ours"));

        assertThatThrownBy(() -> execute(sender, true, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ours");
        assertThat(sender.calls).isEqualTo(1);
    }

    @Test
    void theEndOfTheReaderEndsIt() {
        Scripted sender = new Scripted(new InterruptedException("closed"));

        assertThatThrownBy(() -> execute(sender, true, 10)).isInstanceOf(InterruptedException.class);
        assertThat(sender.calls).isEqualTo(1);
    }

    @Test
    void theEndOfTheReaderEndsTheWaitToo() {
        Scripted sender = new Scripted(troubles(Kind.TRANSIENT, 3));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> execute(sender, true, 10)).isInstanceOf(InterruptedException.class);
        assertThat(sender.calls).isEqualTo(1);
    }

    @Test
    void itClosesWhatItHolds() {
        Scripted sender = new Scripted();
        new RetryingGeneService(sender, contact, clock, new TaskCounters()).close();

        assertThat(sender.closed).isTrue();
    }
}
