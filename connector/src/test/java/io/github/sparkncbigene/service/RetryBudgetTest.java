package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBudgetTest {
    private static ServiceException failure(Kind kind) {
        return new ServiceException(kind, NcbiGeneException.of(ErrorCode.SERVICE_FAILED, kind.name()));
    }

    private static List<Duration> delays(Retries retries, int count) {
        RetryBudget budget = retries.budget();
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            budget.tryRetry(failure(Kind.TRANSIENT), false).ifPresent(delays::add);
        }
        return delays;
    }

    @Test
    void delaysDoubleUpToThirtySeconds() {
        assertThat(delays(new Retries(7, Duration.ofSeconds(1), () -> 0.5), 9))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @ParameterizedTest
    @CsvSource({"0, 750, 1500, 22500", "0.999999, 1249, 2499, 30000"})
    void delaysAreAQuarterShorterOrLonger(double random, long first, long second, long last) {
        List<Duration> delays = delays(new Retries(10, Duration.ofSeconds(1), () -> random), 10);

        assertThat(delays.get(0).toMillis()).isEqualTo(first);
        assertThat(delays.get(1).toMillis()).isEqualTo(second);
        assertThat(delays.get(9).toMillis()).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 29_999, 30_000, 31_000, 3_600_000})
    void anyFirstDelayCanBeChosen(long millis) {
        for (Duration delay : delays(new Retries(20, Duration.ofMillis(millis)), 20)) {
            assertThat(delay.toMillis()).isBetween(millis * 3 / 4, Math.max(30_000, millis));
        }
    }

    @Test
    void aDelayOfManyLivesIsNoOverflow() {
        assertThat(delays(new Retries(2, Duration.ofDays(999_999_999)), 2)).allMatch(delay -> delay.toDays() > 365);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TOO_LARGE", "REJECTED", "PERMANENT"})
    void whatARetryDoesNotHelpTakesNone(Kind kind) {
        RetryBudget budget = new Retries(1, Duration.ZERO).budget();

        assertThat(budget.tryRetry(failure(kind), true)).isEmpty();
        assertThat(budget.isLeft()).isTrue();
    }

    @Test
    void aBatchThatCanBeHalvedIsRetriedOnceAfterATimeout() {
        RetryBudget budget = new Retries(10, Duration.ZERO).budget();

        assertThat(budget.tryRetry(failure(Kind.TIMEOUT), true)).isPresent();
        assertThat(budget.tryRetry(failure(Kind.TRANSIENT), true)).isPresent();
        assertThat(budget.tryRetry(failure(Kind.TIMEOUT), true)).isEmpty();
        assertThat(budget.tryRetry(failure(Kind.TIMEOUT), false)).isPresent();
    }

    @Test
    void theLastFailureIsRemembered() {
        Retries retries = new Retries(0, Duration.ZERO);
        assertThat(retries.lastFailure()).isEmpty();
        ServiceException last = failure(Kind.REJECTED);
        retries.budget().tryRetry(failure(Kind.TRANSIENT), true);
        retries.budget().tryRetry(last, true);

        assertThat(retries.lastFailure()).containsSame(last);
    }

    /** Whoever takes retries, and for whatever reason: together they get what one budget has. */
    @Test
    void noMixtureGetsMoreThanTheBudget() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int max = random.nextInt(12);
            RetryBudget budget = new Retries(max, Duration.ofMillis(random.nextInt(2000))).budget();
            List<Kind> kinds = List.of(Kind.values());
            int granted = 0;
            for (int i = 0; i < 50; i++) {
                Kind kind = kinds.get(random.nextInt(kinds.size()));
                Optional<Duration> delay = random.nextInt(4) == 0
                        ? budget.tryRestart(failure(kind))
                        : budget.tryRetry(failure(kind), random.nextBoolean());
                granted += delay.isPresent() ? 1 : 0;
            }
            assertThat(granted).as("seed %d", seed).isLessThanOrEqualTo(max);
            assertThat(budget.isLeft()).as("seed %d", seed).isEqualTo(granted < max);
        }
    }
}
