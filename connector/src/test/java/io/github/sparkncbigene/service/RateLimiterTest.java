package io.github.sparkncbigene.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long MILLI = 1_000_000;
    private static final long START = 123_456_789;
    private static final RateShare FIVE = new RateShare(5, 1000, 5);

    private final AtomicLong clock = new AtomicLong(START);

    private RateLimiter limiter(RateShare... shares) {
        RateLimiter limiter = new RateLimiter(shares[0], clock::get);
        for (RateShare share : shares) {
            limiter.register(share);
        }
        return limiter;
    }

    private long delayMillis(RateLimiter limiter) {
        return Math.max(0, limiter.delay(clock.get())) / MILLI;
    }

    /** When the next request may be sent, in milliseconds from the start. */
    private long opens(RateLimiter limiter) {
        return (clock.get() - START + Math.max(0, limiter.delay(clock.get()))) / MILLI;
    }

    /** Lets it become so many milliseconds from the start. */
    private void becomes(long millis) {
        assertThat(clock.get()).isLessThanOrEqualTo(START + millis * MILLI);
        clock.set(START + millis * MILLI);
    }

    private static boolean take(RateLimiter limiter) throws InterruptedException {
        try (RateLimiter.Turn turn = limiter.awaitTurn()) {
            return turn.take();
        }
    }

    private void send(RateLimiter limiter, Duration sending) throws InterruptedException {
        try (RateLimiter.Turn turn = limiter.awaitTurn()) {
            assertThat(turn.take()).isTrue();
            clock.addAndGet(sending.toNanos());
            turn.sent();
        }
    }

    /** Sends requests of one window, none of which waits but for its distance from the one before. */
    private void send(RateLimiter limiter, int requests) throws InterruptedException {
        for (int i = 0; i < requests; i++) {
            long delay = Math.max(0, limiter.delay(clock.get()));
            assertThat(delay).as("request %d", i).isLessThanOrEqualTo(1000 * MILLI / SlidingWindow.SPREAD / 2);
            clock.addAndGet(delay);
            assertThat(take(limiter)).isTrue();
        }
    }

    @Test
    void theSumOfTheSharesIsTheCapacity() throws InterruptedException {
        RateShare two = new RateShare(2, 1000, 5);
        RateShare three = new RateShare(3, 1000, 5);
        RateLimiter limiter = limiter(two);
        send(limiter, 2);
        assertThat(opens(limiter)).isEqualTo(1000);

        limiter.register(three);
        send(limiter, 3);
        assertThat(opens(limiter)).isEqualTo(1000);

        limiter.unregister(three);
        becomes(2000);
        send(limiter, 2);
        assertThat(opens(limiter)).isEqualTo(3000);
    }

    @Test
    void whatTookLongToSendIsInTheWindowFromThenOn() throws InterruptedException {
        RateLimiter limiter = limiter(new RateShare(1, 1000, 1));
        send(limiter, Duration.ofMillis(700));
        assertThat(delayMillis(limiter)).isEqualTo(1000);
        clock.addAndGet(1000 * MILLI);

        try (RateLimiter.Turn failed = limiter.awaitTurn()) {
            assertThat(failed.take()).isTrue();
            clock.addAndGet(5000 * MILLI);
            assertThat(delayMillis(limiter)).as("while it is being sent").isEqualTo(1000);
        }
        clock.addAndGet(400 * MILLI);
        assertThat(delayMillis(limiter)).as("where the sending failed").isEqualTo(600);
    }

    @Test
    void sharesOfSeveralQueriesNeverExceedTheWhole() throws InterruptedException {
        RateLimiter limiter = limiter(FIVE, FIVE, FIVE);
        send(limiter, 5);

        assertThat(opens(limiter)).isEqualTo(1000);
    }

    @Test
    void aNewQueryDoesNotStartWithAFullAllowance() throws InterruptedException {
        RateLimiter limiter = limiter(FIVE);
        send(limiter, 5);
        limiter.unregister(FIVE);
        limiter.register(FIVE);

        assertThat(opens(limiter)).isEqualTo(1000);
    }

    @Test
    void aPauseHoldsForEverybodyAndTheLongestCounts() throws InterruptedException {
        RateLimiter limiter = limiter(FIVE);
        limiter.pause(Duration.ofSeconds(30));
        limiter.pause(Duration.ofSeconds(2));

        assertThat(opens(limiter)).isEqualTo(30_000);
        becomes(29_999);
        assertThat(opens(limiter)).isEqualTo(30_000);
        becomes(30_000);
        send(limiter, 5);
        limiter.pause(Duration.ofMillis(500));
        assertThat(delayMillis(limiter)).isEqualTo(500);
        limiter.pause(Duration.ofMillis(1500));
        assertThat(delayMillis(limiter)).isEqualTo(1500);
    }

    @Test
    void aPauseHoldsWithoutARateTooAndThenThereIsNone() throws InterruptedException {
        RateLimiter limiter = limiter(RateShare.UNLIMITED, RateShare.UNLIMITED);
        send(limiter, 10_000);
        limiter.pause(Duration.ofSeconds(3));

        assertThat(delayMillis(limiter)).isEqualTo(3000);
        clock.addAndGet(3000 * MILLI);
        send(limiter, 10_000);
    }

    @Test
    void whatTheServiceAllowsIsNeverExceeded() throws InterruptedException {
        RateLimiter limiter = limiter(new RateShare(10, 1000, 10));
        limiter.observe(Optional.of("3"), Optional.of("2"), 1);
        send(limiter, 3);
        assertThat(opens(limiter)).isEqualTo(1000);

        becomes(2000);
        limiter.observe(Optional.of("100"), Optional.empty(), 1);
        send(limiter, 10);
        assertThat(opens(limiter)).isEqualTo(3000);
    }

    @Test
    void ofWhatTheServiceAllowsAPartTakesItsPart() throws InterruptedException {
        RateLimiter limiter = limiter(new RateShare(4, 1000, 8));
        limiter.observe(Optional.of("4"), Optional.empty(), 1);

        send(limiter, 2);
        assertThat(opens(limiter)).isEqualTo(1000);
    }

    @Test
    void anAllowanceThatOthersUsedUpIsWaitedFor() throws InterruptedException {
        RateLimiter limiter = limiter(FIVE);
        send(limiter, 1);
        limiter.observe(Optional.of("5"), Optional.of("0"), 1);
        assertThat(opens(limiter)).isEqualTo(1000);

        RateLimiter own = limiter(FIVE);
        send(own, 5);
        becomes(400);
        own.observe(Optional.of("5"), Optional.of("0"), 5);
        assertThat(opens(own)).as("used up by ourselves").isEqualTo(1000);
    }

    @Test
    void anAllowanceThatWeUsedUpOurselvesIsNotWaitedForTwice() throws InterruptedException {
        RateLimiter limiter = limiter(FIVE);
        send(limiter, 5);
        becomes(1000);
        send(limiter, 1);
        // The answer to the last one of the window before comes late, and tells of that window.
        limiter.observe(Optional.of("5"), Optional.of("0"), 5);

        send(limiter, 4);
    }

    @Test
    void aTurnComesWhatAConnectionTakesBeforeThePermit() throws InterruptedException {
        RateLimiter limiter = limiter(FIVE);
        send(limiter, 5);

        becomes(300);
        assertThat(limiter.untilTurn()).isEqualTo(200 * MILLI);
        becomes(500);
        assertThat(limiter.untilTurn()).isNotPositive();
        assertThat(opens(limiter)).isEqualTo(1000);
    }

    @Test
    void noMoreHaveTheirTurnThanMayBeSentInAWindow() throws InterruptedException {
        RateLimiter limiter = limiter(FIVE);
        List<RateLimiter.Turn> turns = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            turns.add(limiter.awaitTurn());
        }
        assertThat(limiter.untilTurn()).isEqualTo(Long.MAX_VALUE);

        turns.get(3).close();
        turns.get(3).close();
        assertThat(limiter.untilTurn()).as("one that was not used").isNotPositive();
        turns.get(0).take();
        turns.get(0).sent();
        assertThat(limiter.untilTurn()).as("one that was").isNotPositive();
        becomes(100);
        turns.get(1).take();
        becomes(200);
        turns.get(2).take();
        assertThat(limiter.untilTurn()).isNotPositive();
        becomes(300);
        turns.get(4).take();
        turns.forEach(RateLimiter.Turn::sent);
        assertThat(limiter.untilTurn()).isNotPositive();
        becomes(400);
        assertThat(take(limiter)).isTrue();
        assertThat(limiter.untilTurn()).isEqualTo(100 * MILLI);
    }

    @Test
    void whoHasATurnDoesNotHoldAConnectionThroughAPause() throws InterruptedException {
        RateLimiter limiter = limiter(FIVE);
        try (RateLimiter.Turn turn = limiter.awaitTurn()) {
            limiter.pause(Duration.ofSeconds(30));

            assertThat(turn.take()).isFalse();
        }
        assertThat(limiter.untilTurn()).isEqualTo(29_500 * MILLI);
        clock.addAndGet(30_000 * MILLI);
        send(limiter, 5);
    }

    @Test
    void headersThatSayNothingChangeNothing() throws InterruptedException {
        RateLimiter limiter = limiter(FIVE);
        for (String header : List.of("", "x", "-1", "0", "5, 5", "99999999999", "1.5")) {
            limiter.observe(Optional.of(header), Optional.empty(), 1);
        }
        for (String header : List.of("", "x", "-1", "1")) {
            limiter.observe(Optional.empty(), Optional.of(header), 1);
        }
        send(limiter, 5);
        assertThat(opens(limiter)).isEqualTo(1000);
    }

    @Test
    void thoseOfAWindowAreSentApart() throws InterruptedException {
        RateLimiter limiter = limiter(new RateShare(10, 3000, 10));
        send(limiter, 3);
        assertThat(opens(limiter)).isEqualTo(300);
        limiter.register(FIVE);
        assertThat(opens(limiter)).as("of ten, at most").isEqualTo(300);
        becomes(3250);
        send(limiter, 9);
        assertThat(opens(limiter)).as("ten of them").isEqualTo(3250 + 9 * 100);
    }

    @Test
    void whoWaitsIsLetGoWhenAShareIsAdded() throws Exception {
        RateShare one = new RateShare(1, 600_000, 100_000);
        RateLimiter limiter = new RateLimiter(one, System::nanoTime);
        limiter.register(one);
        take(limiter);
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Boolean> waiting = new FutureTask<>(() -> {
            started.countDown();
            return take(limiter);
        });
        Thread thread = new Thread(waiting, "waits for a permit");
        thread.setDaemon(true);
        thread.start();
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        limiter.register(new RateShare(99_999, 600_000, 100_000));

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Property
    void inNoWindowMoreIsSentThanAllSharesTogetherMay(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 4) Integer> permits,
            @ForAll @Size(max = 80) List<@IntRange(max = 400) Integer> pauses)
            throws InterruptedException {
        int whole = permits.stream().mapToInt(Integer::intValue).sum();
        RateShare[] shares =
                permits.stream().map(p -> new RateShare(p, 1000, whole)).toArray(RateShare[]::new);
        RateLimiter limiter = limiter(shares);
        List<Long> sent = new ArrayList<>();
        for (int pause : pauses) {
            clock.addAndGet(pause * MILLI);
            clock.addAndGet(Math.max(0, limiter.delay(clock.get())));
            take(limiter);
            sent.add(clock.get());
        }
        for (int i = 0; i + whole < sent.size(); i++) {
            assertThat(sent.get(i + whole) - sent.get(i)).isGreaterThanOrEqualTo(1000 * MILLI);
        }
    }
}
