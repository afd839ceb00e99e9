package io.github.sparkncbigene.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
    private static void send(SlidingWindow window, long now) {
        window.sending(now);
        window.sent(now);
    }

    @Test
    void aWindowThatIsFullOpensWhenItsFirstLeaves() {
        SlidingWindow window = new SlidingWindow(100);
        assertThat(window.delay(0, 2, 0)).isZero();
        send(window, 0);
        assertThat(window.delay(30, 2, 0)).isZero();
        send(window, 30);

        assertThat(window.delay(40, 2, 0)).isEqualTo(60);
        assertThat(window.delay(99, 2, 0)).isEqualTo(1);
        assertThat(window.delay(100, 2, 0)).isZero();
        send(window, 100);
        assertThat(window.delay(100, 2, 0)).isEqualTo(30);
        assertThat(window.requests()).isEqualTo(2);
    }

    @Test
    void whatLeftTheWindowIsForgottenWhereNobodyAsksForADelay() {
        SlidingWindow window = new SlidingWindow(100);
        for (long at = 0; at < 10_000; at += 10) {
            send(window, at);
        }
        assertThat(window.requests()).isEqualTo(10);
    }

    @Test
    void aCapacityThatShrinksHoldsForWhatWasSentBefore() {
        SlidingWindow window = new SlidingWindow(100);
        for (long at : new long[] {0, 10, 20, 30, 40}) {
            assertThat(window.delay(at, 5, 0)).isZero();
            send(window, at);
        }
        assertThat(window.delay(50, 2, 0)).isEqualTo(30 + 100 - 50);
        assertThat(window.delay(50, 1, 0)).isEqualTo(40 + 100 - 50);
        assertThat(window.delay(50, 6, 0)).isZero();
    }

    @Test
    void aClockThatWrapsIsNoHurdle() {
        SlidingWindow window = new SlidingWindow(100);
        send(window, Long.MAX_VALUE - 10);

        assertThat(window.delay(Long.MAX_VALUE, 1, 0)).isEqualTo(90);
        assertThat(window.delay(Long.MIN_VALUE + 9, 1, 0)).isEqualTo(80);
        assertThat(window.delay(Long.MIN_VALUE + 89, 1, 0)).isZero();
    }

    @Test
    void whatIsBeingSentIsInTheWindowUntilAWindowAfterItWasSent() {
        SlidingWindow window = new SlidingWindow(100);
        window.sending(0);
        send(window, 10);
        assertThat(window.delay(20, 2, 0))
                .as("the one that was sent leaves first")
                .isEqualTo(90);
        assertThat(window.delay(20, 1, 0)).as("not before that").isEqualTo(100);
        assertThat(window.delay(500, 1, 0)).as("however long it takes").isEqualTo(100);

        window.sent(550);
        assertThat(window.delay(560, 1, 0)).isEqualTo(90);
        assertThat(window.delay(650, 1, 0)).isZero();
    }

    @Test
    void thoseOfAWindowDoNotLeaveAtOnce() {
        SlidingWindow window = new SlidingWindow(120);
        assertThat(window.delay(7, 4, 0)).isZero();
        assertThat(window.delay(7, 4, 2)).as("with two ahead").isEqualTo(20);
        window.sending(7);
        assertThat(window.delay(7, 4, 0)).isEqualTo(10);
        assertThat(window.delay(7, 4, 2)).isEqualTo(30);
        window.sent(14);
        assertThat(window.delay(15, 4, 0)).as("however long the sending took").isEqualTo(2);
        assertThat(window.delay(17, 4, 0)).isZero();
        assertThat(window.delay(15, 40, 0)).isNotPositive();
        assertThat(window.delay(70, 4, 2))
                .as("with two ahead, the first of which leaves now")
                .isEqualTo(20);
    }

    @Property
    void noWindowEverHoldsMoreThanItsCapacityAndNothingWaitsInVain(
            @ForAll @Size(max = 60) List<@LongRange(max = 150) Long> pauses,
            @ForAll @IntRange(min = 1, max = 8) int capacity,
            @ForAll @LongRange(min = 1, max = 200) long length) {
        SlidingWindow window = new SlidingWindow(length);
        long apart = length / SlidingWindow.SPREAD / capacity;
        List<Long> sent = new ArrayList<>();
        long now = 0;
        for (long pause : pauses) {
            now += pause;
            long delay = Math.max(0, window.delay(now, capacity, 0));
            if (delay > 0) {
                long early = now + delay - 1;
                boolean full = sent.stream().filter(at -> early - at < length).count() >= capacity;
                boolean close = early - sent.get(sent.size() - 1) < apart;
                assertThat(full || close)
                        .as("a moment earlier the window was full, or it was too close to the one before")
                        .isTrue();
            }
            now += delay;
            send(window, now);
            sent.add(now);
        }
        for (int i = 0; i + capacity < sent.size(); i++) {
            assertThat(sent.get(i + capacity) - sent.get(i)).isGreaterThanOrEqualTo(length);
        }
        for (int i = 0; i + 1 < sent.size(); i++) {
            assertThat(sent.get(i + 1) - sent.get(i)).isGreaterThanOrEqualTo(apart);
        }
    }
}
