package io.github.sparkncbigene.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long START = 123_456_789;
    private static final RateShare FIVE = new RateShare(5, 1000, 5);
    private static final RateShare TEN = new RateShare(10, 1000, 10);

    private final AtomicLong clock = new AtomicLong(START);
    private final RateLimiter limiter = new RateLimiter(clock::get);

    /** When a request that asks now may be sent, in milliseconds from the start. */
    private long opens(RateShare share) {
        RateLimiter.Reply reply = limiter.reserve("1", "probe", share, 0, false);
        limiter.drop(reply.id());
        return (clock.get() - START + reply.waitNanos()) / MILLI;
    }

    /** Lets it become so many milliseconds from the start. */
    private void becomes(long millis) {
        assertThat(clock.get()).isLessThanOrEqualTo(START + millis * MILLI);
        clock.set(START + millis * MILLI);
    }

    /** Waits for a turn and takes it. */
    private long grant(String executor, String scan, RateShare share) {
        RateLimiter.Reply reply = limiter.reserve(executor, scan, share, 0, true);
        while (!reply.granted()) {
            clock.addAndGet(Math.min(RateLimiter.LONGEST_WAIT, reply.waitNanos()));
            reply = limiter.reserve(executor, scan, share, reply.id(), true);
        }
        clock.addAndGet(reply.waitNanos());
        return reply.id();
    }

    private long send(RateShare share) {
        long id = grant("1", "scan", share);
        limiter.sent(id);
        return id;
    }

    /** Sends requests of one window, none of which waits but for its distance from the one before. */
    private long send(RateShare share, int requests) {
        long id = 0;
        for (int i = 0; i < requests; i++) {
            long before = clock.get();
            id = send(share);
            assertThat(clock.get() - before).as("request %d", i).isLessThanOrEqualTo(SECOND / SlidingWindow.SPREAD / 2);
        }
        return id;
    }

    @Test
    void aWindowHoldsTheRateWhateverScansAndExecutorsThereAre() {
        for (int i = 0; i < 5; i++) {
            limiter.sent(grant("executor " + i, "scan " + i, FIVE));
        }
        assertThat(opens(FIVE)).isEqualTo(1000);
    }

    @Test
    void aGrantedRequestTakesItsPlaceUntilAWindowAfterItWasSent() {
        RateShare one = new RateShare(1, 1000, 1);
        long id = grant("1", "scan", one);
        becomes(700);
        assertThat(opens(one)).as("while it is being sent").isEqualTo(1700);
        limiter.sent(id);
        assertThat(opens(one)).isEqualTo(1700);
        limiter.sent(id);
        becomes(1700);
        assertThat(opens(one)).as("told twice").isEqualTo(1700);
    }

    @Test
    void whoIsNotReadyIsNotGranted() {
        for (int i = 0; i < 9; i++) {
            assertThat(limiter.reserve("1", "scan", FIVE, 0, false).granted()).isFalse();
        }
        limiter.lost("1");
        send(FIVE, 5);
    }

    @Test
    void aTurnIsGrantedShortlyBeforeItIsDue() {
        send(FIVE, 5);
        becomes(949);
        RateLimiter.Reply early = limiter.reserve("1", "scan", FIVE, 0, true);
        assertThat(early).isEqualTo(new RateLimiter.Reply(early.id(), false, 51 * MILLI));
        becomes(950);
        assertThat(limiter.reserve("1", "scan", FIVE, early.id(), true))
                .isEqualTo(new RateLimiter.Reply(early.id(), true, 50 * MILLI));
        assertThat(opens(FIVE)).as("the next place").isGreaterThan(1050);
    }

    @Test
    void whatIsGivenBackUnsentIsFreeAgain() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(grant("1", "scan", FIVE));
        }
        ids.forEach(limiter::drop);
        becomes(900);
        assertThat(opens(FIVE)).isEqualTo(900);
    }

    @Test
    void thoseWhoWaitKeepTheirOrder() {
        send(FIVE, 5);
        long first = limiter.reserve("1", "scan", FIVE, 0, true).id();
        RateLimiter.Reply second = limiter.reserve("2", "scan", FIVE, 0, true);
        assertThat(second.waitNanos())
                .isGreaterThan(limiter.reserve("1", "scan", FIVE, first, true).waitNanos());
        becomes(1000);
        assertThat(limiter.reserve("2", "scan", FIVE, second.id(), true).granted())
                .as("before the first")
                .isFalse();
        assertThat(limiter.reserve("1", "scan", FIVE, first, true).granted()).isTrue();
    }

    @Test
    void whoIsLateIsNotWaitedForAndIsStillTheNext() {
        RateShare one = new RateShare(1, 1000, 1);
        send(one);
        long late = limiter.reserve("1", "late", one, 0, true).id();
        long other = limiter.reserve("2", "other", one, 0, true).id();
        becomes(1050);
        assertThat(limiter.reserve("2", "other", one, other, true).granted()).isFalse();
        becomes(1051);
        assertThat(limiter.reserve("2", "other", one, other, true).granted()).isTrue();
        limiter.sent(other);
        long next = limiter.reserve("2", "other", one, 0, true).id();
        assertThat(limiter.reserve("1", "late", one, late, true).waitNanos()).isEqualTo(1000 * MILLI);
        becomes(2051);
        assertThat(limiter.reserve("2", "other", one, next, true).granted()).isFalse();
        assertThat(limiter.reserve("1", "late", one, late, true).granted())
                .as("first now")
                .isTrue();
    }

    @Test
    void whoDoesNotComeBackLosesItsPlaceInTheQueue() {
        RateShare one = new RateShare(1, 10_000, 1);
        send(one);
        long gone = limiter.reserve("1", "scan", one, 0, true).id();
        becomes(3001);
        assertThat(limiter.reserve("1", "scan", one, gone, true).id()).isNotEqualTo(gone);
    }

    @Test
    void theRequestsOfALostExecutorCountAsSent() {
        for (int i = 0; i < 3; i++) {
            limiter.sent(grant("1", "scan", FIVE));
        }
        grant("1", "scan", FIVE);
        grant("1", "scan", FIVE);
        becomes(600);
        limiter.lost("1");
        becomes(1500);
        send(FIVE, 3);
        assertThat(opens(FIVE)).as("when those granted to the lost one leave").isEqualTo(1699);
    }

    @Test
    void aRequestOfWhichNothingIsHeardCountsAsSentInTheEnd() {
        RateShare one = new RateShare(1, 1000, 1);
        grant("1", "scan", one);
        clock.addAndGet(RateLimiter.LEASE);
        assertThat(limiter.reserve("1", "scan", one, 0, true).granted()).isFalse();
        clock.addAndGet(MILLI);
        assertThat(limiter.reserve("1", "other", one, 0, true).granted()).isFalse();
        clock.addAndGet(1000 * MILLI);
        assertThat(limiter.reserve("1", "third", one, 0, true).granted()).isFalse();
        clock.addAndGet(RateLimiter.TICKET_LIFE + 1);
        assertThat(limiter.reserve("1", "scan", one, 0, true).granted()).isTrue();
    }

    @Test
    void ofTwoRatesTheSlowerOneHoldsInEveryWindowWithOneOfItsRequests() {
        RateShare two = new RateShare(2, 1000, 2);
        send(TEN, 8);
        long before = clock.get();
        send(two);
        assertThat(clock.get()).as("when but one has left").isGreaterThanOrEqualTo(START + 1000 * MILLI);
        assertThat(clock.get() - before).isLessThan(1000 * MILLI);
        send(TEN);
        assertThat(opens(TEN)).isGreaterThanOrEqualTo(2000);
        clock.addAndGet(2000 * MILLI);
        send(TEN, 10);
    }

    @Test
    void theOneWhoWaitsLongestIsNotPassedByAFasterRate() {
        RateShare slow = new RateShare(1, 2000, 1);
        send(TEN, 3);
        long waiting = limiter.reserve("1", "slow", slow, 0, true).id();
        RateLimiter.Reply fast = limiter.reserve("1", "fast", TEN, 0, true);
        assertThat(fast.granted()).isFalse();
        assertThat(limiter.reserve("1", "slow", slow, waiting, true).waitNanos())
                .isLessThan(fast.waitNanos());
    }

    @Test
    void aPauseHoldsForEverybodyAndTheLongestCounts() {
        limiter.pause(0, Duration.ofSeconds(30).toNanos(), false);
        limiter.pause(0, Duration.ofSeconds(2).toNanos(), false);

        assertThat(opens(FIVE)).isEqualTo(30_000);
        becomes(29_900);
        assertThat(opens(FIVE)).isEqualTo(30_000);
        becomes(30_000);
        send(FIVE, 5);
        long sent = (clock.get() - START) / MILLI;
        limiter.pause(0, 1500 * MILLI, false);
        assertThat(opens(FIVE)).isEqualTo(sent + 1500);
    }

    @Test
    void aPauseHoldsWithoutARateTooAndThenThereIsNone() {
        for (int i = 0; i < 10_000; i++) {
            send(RateShare.UNLIMITED);
        }
        assertThat(clock.get()).isEqualTo(START);
        limiter.pause(0, Duration.ofSeconds(3).toNanos(), true);

        assertThat(opens(RateShare.UNLIMITED)).isEqualTo(3000);
        becomes(3000);
        send(RateShare.UNLIMITED, 10_000);
        assertThat(clock.get()).isEqualTo(START + 3000 * MILLI);
    }

    @Test
    void whatTheServiceAllowsIsNeverExceeded() {
        limiter.observe(0, 3, 2);
        send(TEN, 3);
        assertThat(opens(TEN)).isEqualTo(1000);

        becomes(2000);
        limiter.observe(0, 100, -1);
        send(TEN, 10);
        assertThat(opens(TEN)).isEqualTo(3000);
    }

    @Test
    void ofWhatTheServiceAllowsAPartTakesItsPart() {
        RateShare part = new RateShare(4, 1000, 8);
        limiter.observe(0, 4, -1);

        send(part, 2);
        assertThat(opens(part)).isEqualTo(1000);
    }

    @Test
    void anAllowanceThatOthersUsedUpIsWaitedFor() {
        limiter.observe(send(FIVE), 5, 0);
        assertThat(opens(FIVE)).isEqualTo(1000);
    }

    @Test
    void anAllowanceThatOthersUsePartOfIsNotExceeded() {
        limiter.observe(send(FIVE), 5, 2);
        send(FIVE, 2);
        assertThat(opens(FIVE)).as("two are left to us besides the first").isEqualTo(1000);
    }

    @Test
    void anAllowanceThatWeUsedUpOurselvesIsNotWaitedFor() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(send(FIVE));
        }
        becomes(400);
        // As of the response: to each of them.
        ids.forEach(id -> limiter.observe(id, 5, 0));
        assertThat(opens(FIVE)).isEqualTo(1000);
        becomes(1000);
        send(FIVE, 4);
    }

    @Test
    void headersWithoutSenseChangeNothing() {
        long id = send(FIVE);
        limiter.observe(id, 0, 1);
        limiter.observe(send(FIVE), 0, -1);
        limiter.observe(send(FIVE), 5, 6);
        send(FIVE, 2);
        assertThat(opens(FIVE)).isEqualTo(1000);
    }

    @Test
    void thoseOfAWindowAreSentApart() {
        RateShare ten = new RateShare(10, 3000, 10);
        for (int i = 0; i < 3; i++) {
            send(ten);
        }
        assertThat(opens(ten)).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource({
        "AS_OF_ARRIVAL, false, 0", "AS_OF_ARRIVAL, true, 0", "AS_OF_RESPONSE, false, 0", "AS_OF_RESPONSE, true, 0",
        "AS_OF_ARRIVAL, false, 3", "AS_OF_ARRIVAL, true, 3", "AS_OF_RESPONSE, false, 3", "AS_OF_RESPONSE, true, 3",
        "NOTHING, false, 0", "NOTHING, false, 3"
    })
    void whatOthersLeaveIsUsedWhateverTheServiceCounts(Simulation.Says says, boolean fixed, int others) {
        for (long latency : new long[] {20, 300, 900}) {
            for (boolean refuses : new boolean[] {false, true}) {
                Simulation simulation =
                        new Simulation(latency).latency(latency * MILLI).service(says, fixed, refuses, 10, others);
                simulation.task("1", "scan", RateShare.of(10), 150, 12);
                simulation.task("2", "scan", RateShare.of(10), 150, 12);
                long wall = simulation.run(600 * SECOND);
                double floor = 300.0 / (10 - others) * SECOND;
                // Without a word of the service all that is known of others is that it refuses.
                double slack = others > 0 && says == Simulation.Says.NOTHING ? 2 : 1.08;
                assertThat(simulation.seen).hasSize(300 + simulation.refused);
                assertThat(simulation.peak(SECOND)).isLessThanOrEqualTo(10);
                assertThat(wall)
                        .as("latency %d, refuses %s, refused %d", latency, refuses, simulation.refused)
                        .isLessThanOrEqualTo((long) (slack * floor) + latency * MILLI);
            }
        }
    }

    @Property(tries = 60)
    void inNoSecondMoreIsSentThanTheRateHoweverMessagesAndExecutorsStall(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 1, max = 12) int rate,
            @ForAll @IntRange(min = 1, max = 4) int executors,
            @ForAll @IntRange(min = 1, max = 3) int scans,
            @ForAll @IntRange(max = 400) int stall,
            @ForAll @IntRange(min = 1, max = 150) int way,
            @ForAll boolean killed) {
        Simulation simulation = new Simulation(seed).messages(way * MILLI, stall * MILLI);
        for (int e = 0; e < executors; e++) {
            for (int s = 0; s < scans; s++) {
                simulation.task("executor " + e, "scan " + s, RateShare.of(rate), 20, 4);
            }
        }
        if (killed) {
            simulation.later(2 * SECOND, () -> simulation.kill("executor 0", 120 * MILLI));
        }
        simulation.run(600 * SECOND);

        assertThat(simulation.peak(SECOND)).isLessThanOrEqualTo(rate);
        int expected = (killed ? executors - 1 : executors) * scans * 20;
        assertThat(simulation.seen).hasSizeGreaterThanOrEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10})
    void theRateIsUsedHoweverUnequalTheTasksAre(int rate) {
        Simulation simulation = new Simulation(1);
        simulation.task("1", "scan", RateShare.of(rate), 5, 4);
        simulation.task("2", "scan", RateShare.of(rate), 195, 16);
        simulation.task("1", "other", RateShare.of(rate), 20, 16);
        long wall = simulation.run(600 * SECOND);

        assertThat(wall).isLessThanOrEqualTo((long) (1.04 * 220 / rate * SECOND) + 300 * MILLI);
    }

    @Test
    void scansTakeTurnsHoweverManyRequestsEachQueues() {
        Simulation simulation = new Simulation(1);
        for (int task = 0; task < 8; task++) {
            simulation.task("executor " + task, "large", RateShare.of(10), 100, 16);
        }
        simulation.task("executor 0", "small", RateShare.of(10), 20, 4);
        simulation.run(600 * SECOND);

        long last = simulation.seen.stream()
                .filter(seen -> seen.scan().equals("small"))
                .mapToLong(Simulation.Seen::at)
                .max()
                .orElseThrow();
        long others = simulation.seen.stream()
                .filter(seen -> seen.at() <= last && seen.scan().equals("large"))
                .count();
        assertThat(others).as("of the large scan until the small one ended").isLessThan(60);
    }

    @Property
    void inNoWindowMoreIsSentThanTheSlowestRateAllows(
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 6) Integer> rates,
            @ForAll @Size(max = 60) List<@IntRange(max = 400) Integer> pauses) {
        List<Long> sent = new ArrayList<>();
        int slowest = rates.stream().mapToInt(Integer::intValue).min().orElseThrow();
        for (int i = 0; i < pauses.size(); i++) {
            clock.addAndGet(pauses.get(i) * MILLI);
            for (int rate : rates) {
                send(new RateShare(rate, 1000, rate));
                sent.add(clock.get());
            }
        }
        int most = rates.size() > 1
                ? rates.stream().mapToInt(Integer::intValue).max().orElseThrow()
                : slowest;
        for (int i = 0; i + most < sent.size(); i++) {
            assertThat(sent.get(i + most) - sent.get(i)).isGreaterThanOrEqualTo(1000 * MILLI);
        }
    }
}
