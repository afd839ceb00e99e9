package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import io.github.sparkncbigene.tally.Tally;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingGeneServiceTest {
    private static final Duration FIRST_WAIT = Duration.ofMillis(400);
    private static final Answer ANSWER = new Answer("GET x", Optional.empty(), Optional.empty(), false, new byte[0], 1);

    /** Fails as told, then answers. */
    private static final class Scripted implements GeneService {
        private final Deque<Exception> failures;
        private final CountDownLatch asked = new CountDownLatch(1);
        private int calls;
        private boolean closed;

        Scripted(Exception... failures) {
            this.failures = new ArrayDeque<>(Arrays.asList(failures));
        }

        @Override
        public Answer ask(GeneRequest request, Progress progress) throws ServiceException, InterruptedException {
            calls++;
            asked.countDown();
            Exception failure = failures.poll();
            if (failure instanceof ServiceException trouble) {
                throw trouble;
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

    private static ServiceException trouble(Kind kind) {
        return new ServiceException(kind, new NcbiGeneException(ErrorCode.SERVICE_FAILED, kind.name()));
    }

    private static GeneRequest request(boolean divisible) {
        return new GeneRequest("/gene", List.of(), null, GeneRequest.JSON, divisible);
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void whatIsAnsweredIsNotAskedAgain() throws Exception {
        Scripted service = new Scripted();
        StringBuilder token = new StringBuilder();

        assertThat(new RetryingGeneService(service, 10, FIRST_WAIT, new Tally()).ask(request(true), token::append))
                .isSameAs(ANSWER);
        assertThat(service.calls).isEqualTo(1);
        assertThat(token).hasToString("next");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TOO_LARGE", "REJECTED", "PERMANENT"})
    void whatWillNotPassIsNotAskedAgain(Kind kind) {
        Scripted service = new Scripted(trouble(kind));

        assertThatThrownBy(() ->
                        new RetryingGeneService(service, 10, FIRST_WAIT, new Tally()).ask(request(false), token -> {}))
                .isInstanceOf(ServiceException.class)
                .hasRootCauseMessage("[NCBI_GENE_SERVICE_FAILED] " + kind);
        assertThat(service.calls).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void withoutRetriesNothingIsAskedAgain(Kind kind) {
        Scripted service = new Scripted(trouble(kind));

        assertThatThrownBy(() ->
                        new RetryingGeneService(service, 0, FIRST_WAIT, new Tally()).ask(request(true), token -> {}))
                .isInstanceOf(ServiceException.class)
                .extracting(e -> ((ServiceException) e).kind())
                .isEqualTo(kind);
        assertThat(service.calls).isEqualTo(1);
    }

    @Test
    void whatMayPassIsAskedAgainAfterAWhile() throws Exception {
        Scripted service = new Scripted(trouble(Kind.TRANSIENT));
        long start = System.nanoTime();

        assertThat(new RetryingGeneService(service, 1, FIRST_WAIT, new Tally()).ask(request(true), token -> {}))
                .isSameAs(ANSWER);
        assertThat(service.calls).isEqualTo(2);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(280L, 20_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 29_999, 30_000, 31_000, 3_600_000})
    void anyWaitCanBeChosen(long millis) throws Exception {
        Scripted service = new Scripted();

        assertThat(new RetryingGeneService(service, 1, Duration.ofMillis(millis), new Tally())
                        .ask(request(true), token -> {}))
                .isSameAs(ANSWER);
    }

    @Test
    void whatIsSlowAndCanBeDividedIsAskedAgainOnceOnly() {
        Scripted service = new Scripted(trouble(Kind.TIMEOUT), trouble(Kind.TIMEOUT), trouble(Kind.TIMEOUT));

        assertThatThrownBy(() ->
                        new RetryingGeneService(service, 10, FIRST_WAIT, new Tally()).ask(request(true), token -> {}))
                .isInstanceOf(ServiceException.class);
        assertThat(service.calls).isEqualTo(2);
    }

    @Test
    void errorsOfOurOwnArriveAsTheyAre() {
        Scripted service = new Scripted(new IllegalArgumentException("ours"));

        assertThatThrownBy(() ->
                        new RetryingGeneService(service, 10, FIRST_WAIT, new Tally()).ask(request(true), token -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ours");
        assertThat(service.calls).isEqualTo(1);
    }

    @Test
    void theEndOfTheReaderEndsIt() {
        Scripted service = new Scripted(new InterruptedException("closed"));

        assertThatThrownBy(() ->
                        new RetryingGeneService(service, 10, FIRST_WAIT, new Tally()).ask(request(true), token -> {}))
                .isInstanceOf(InterruptedException.class);
        assertThat(service.calls).isEqualTo(1);
    }

    @Test
    void theEndOfTheReaderEndsTheWaitToo() throws Exception {
        Scripted service = new Scripted(trouble(Kind.TRANSIENT), trouble(Kind.TRANSIENT), trouble(Kind.TRANSIENT));
        FutureTask<Answer> asking = new FutureTask<>(
                () -> new RetryingGeneService(service, 10, FIRST_WAIT, new Tally()).ask(request(true), token -> {}));
        Thread thread = new Thread(asking, "asks");
        thread.setDaemon(true);
        thread.start();
        assertThat(service.asked.await(10, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();

        assertThatThrownBy(() -> asking.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(service.calls).isEqualTo(1);
    }

    @Test
    void itClosesWhatItHolds() {
        Scripted service = new Scripted();
        new RetryingGeneService(service, 1, FIRST_WAIT, new Tally()).close();

        assertThat(service.closed).isTrue();
    }
}
