package io.github.sparkncbigene.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testing.Serialized;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateShareTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aRateIsDividedWithoutLossOrGain() {
        assertThat(RateShare.divide(5, 2).stream().map(RateShare::permits)).containsExactly(3, 2);
        assertThat(RateShare.divide(10, 3).stream().map(RateShare::permits)).containsExactly(4, 3, 3);
        assertThat(RateShare.divide(5, 1)).hasSize(1).allSatisfy(share -> assertThat(share.permits())
                .isEqualTo(5));
        assertThat(RateShare.divide(5, 0)).isEmpty();
    }

    @Property
    void partsTogetherSendWhatTheWholeMay(
            @ForAll @DoubleRange(min = 0.01, max = 1000) double rate,
            @ForAll @IntRange(min = 1, max = 1000) int wanted) {
        int parts = Math.min(wanted, RateShare.maxParts(rate));
        List<RateShare> shares = RateShare.divide(rate, parts);
        int permits = shares.stream().mapToInt(RateShare::permits).sum();

        assertThat(shares).hasSize(parts).allSatisfy(share -> {
            assertThat(share.permits()).isPositive();
            assertThat(share.queryPermits()).isEqualTo(permits);
            assertThat(share.windowMillis()).isEqualTo(shares.get(0).windowMillis());
            assertThat(share.whole()).isEqualTo(new RateShare(permits, share.windowMillis(), permits));
        });
        int least = shares.stream().mapToInt(RateShare::permits).min().orElseThrow();
        int most = shares.stream().mapToInt(RateShare::permits).max().orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
        assertThat(permits * 1000.0 / shares.get(0).windowMillis())
                .as("requests per second in the long run")
                .isLessThanOrEqualTo(rate)
                .isGreaterThan((rate < 1 ? rate : Math.floor(rate)) * 0.9);
    }

    @Test
    void withoutALimitEveryPartIsUnlimited() {
        assertThat(RateShare.divide(Double.POSITIVE_INFINITY, 3))
                .containsOnly(RateShare.UNLIMITED)
                .hasSize(3);
        assertThat(RateShare.maxParts(Double.POSITIVE_INFINITY)).isEqualTo(Integer.MAX_VALUE);
        assertThat(RateShare.UNLIMITED.whole()).isEqualTo(RateShare.UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 5, 10, 100, 0.5, 0.1})
    void noSecondHoldsMoreThanTheRate(double rate) {
        assertThat(mostInASecond(rate)).isLessThanOrEqualTo((int) Math.max(1, rate));
    }

    @ParameterizedTest
    @ValueSource(doubles = {4.9, 9.9, 1.5, 2.5, 7.75})
    void noSecondHoldsMoreThanARateWithAFraction(double rate) {
        assertThat(mostInASecond(rate)).isLessThanOrEqualTo((int) Math.max(1, rate));
    }

    /** How many requests a part that has the query to itself and always has one to send puts into a second. */
    private static int mostInASecond(double rate) {
        RateShare share = RateShare.divide(rate, 1).get(0).whole();
        SlidingWindow window = new SlidingWindow(share.windowMillis() * 1_000_000);
        List<Long> sent = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 500; i++) {
            now += Math.max(0, window.delay(now, share.permits(), 0));
            window.sending(now);
            window.sent(now);
            sent.add(now);
        }
        int most = 0;
        for (long from : sent) {
            most = Math.max(most, (int)
                    sent.stream().filter(at -> at >= from && at - from < SECOND).count());
        }
        return most;
    }

    @Test
    void itTravels() {
        RateShare share = new RateShare(2, 1020, 5);

        assertThat(Serialized.copy(share)).isEqualTo(share);
    }
}
