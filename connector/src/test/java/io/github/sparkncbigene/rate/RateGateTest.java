package io.github.sparkncbigene.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.testing.Serialized;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateGateTest {
    private static final long MILLI = 1_000_000;
    private static final RateShare FIVE = new RateShare(5, 1000, 5);

    private final AtomicLong clock = new AtomicLong(99);
    private final RateLimiters limiters = new RateLimiters(clock::get);
    private final List<Object> messages = new ArrayList<>();
    private final List<Long> slept = new ArrayList<>();
    private final List<RateGate> opened = new ArrayList<>();

    /** As over the network: what travels is a copy. */
    private final RateLink link = new RateLink() {
        @Override
        public Object send(Object[] message) {
            messages.add(message[0]);
            return Serialized.copy(limiters.receive(Serialized.copy(message)));
        }

        @Override
        public void tell(Object[] message) {
            messages.add(message[0]);
            assertThat(limiters.receive(Serialized.copy(message))).isNull();
        }
    };

    @AfterEach
    void close() {
        opened.forEach(RateGate::close);
    }

    private RateGate gate(RateShare share) {
        RateGate gate = new RateGate("key", new RateAccess(link, "1", "scan", share), clock::get, nanos -> {
            slept.add(nanos);
            clock.addAndGet(nanos);
        });
        opened.add(gate);
        return gate;
    }

    private void send(RateGate gate, int requests) throws InterruptedException {
        for (int i = 0; i < requests; i++) {
            try (RateGate.Permit permit = gate.awaitPermit()) {
                assertThat(permit.take()).isTrue();
                permit.sent();
            }
        }
    }

    @Test
    void aRequestAsksTwiceAndTellsOnceThatItWasSent() throws InterruptedException {
        send(gate(FIVE), 1);
        assertThat(messages).containsExactly("ask", "ask", "sent");
        assertThat(slept).isEmpty();
    }

    @Test
    void whoHasToWaitSleepsUntilItsTurnAndDoesNotAskMeanwhile() throws InterruptedException {
        RateGate gate = gate(FIVE);
        send(gate, 5);
        messages.clear();
        long start = clock.get();
        send(gate, 1);
        assertThat(messages).containsExactly("ask", "ask", "sent");
        assertThat(clock.get() - 99).isEqualTo(1000 * MILLI);
        assertThat(clock.get() - start).isPositive();
    }

    @Test
    void messagesAreOfTheJdkAloneAndHoldNoKey() throws InterruptedException {
        Object[] message = RateMessage.reservation(RateKey.of("http://x", "SECRET"), "1", "scan", FIVE, 0, true);
        assertThat(message)
                .allSatisfy(part -> assertThat(part.getClass().getName()).startsWith("java."));
        assertThat(Arrays.toString(message)).doesNotContain("SECRET");
        assertThat((Object[]) limiters.receive(message))
                .allSatisfy(part -> assertThat(part.getClass().getName()).startsWith("java."));
        assertThat(RateKey.of("http://x", "SECRET"))
                .isNotEqualTo(RateKey.of("http://x", "OTHER"))
                .isNotEqualTo(RateKey.of("http://y", "SECRET"))
                .isNotEqualTo(RateKey.of("http://x", null));
    }

    @Test
    void aMessageOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> limiters.receive(new Object[] {"hello", "key", 0L}))
                .hasMessage("Unknown message 'hello' to the rate limiter.");
        RateLimiters.rehearse();
    }

    @Test
    void aTurnThatIsNotUsedIsGivenBack() throws InterruptedException {
        RateGate gate = gate(new RateShare(1, 1000, 1));
        gate.awaitPermit().close();
        assertThat(messages).containsExactly("ask", "drop");
        send(gate, 1);
        assertThat(clock.get()).isEqualTo(99);
    }

    @Test
    void whereTheSendingFailedTheRequestCounts() throws InterruptedException {
        RateGate gate = gate(new RateShare(1, 1000, 1));
        try (RateGate.Permit permit = gate.awaitPermit()) {
            assertThat(permit.take()).isTrue();
        }
        assertThat(messages).containsExactly("ask", "ask", "sent");
        send(gate, 1);
        assertThat(clock.get()).isEqualTo(99 + 1000 * MILLI);
    }

    @Test
    void aConnectionIsNotHeldThroughAPause() throws InterruptedException {
        RateGate gate = gate(FIVE);
        try (RateGate.Permit permit = gate.awaitPermit()) {
            permit.pause(Duration.ofSeconds(30), true);
            assertThat(permit.take()).isFalse();
        }
        send(gate, 1);
        assertThat(clock.get()).isEqualTo(99 + 30_000 * MILLI);
        assertThat(slept).allSatisfy(nanos -> assertThat(nanos).isLessThanOrEqualTo(RateLimiter.LONGEST_WAIT));
    }

    @Test
    void aConnectionIsNotHeldThroughManyShortPauses() throws InterruptedException {
        RateGate gate = new RateGate("key", new RateAccess(link, "1", "scan", FIVE), clock::get, nanos -> {
            clock.addAndGet(nanos);
            // Somebody else's request is refused just before the pause ends.
            limiters.of("key").pause(0, 400 * MILLI, true);
        });
        opened.add(gate);
        RateGate.Permit permit = gate.awaitPermit();
        permit.pause(Duration.ofMillis(400), true);
        long start = clock.get();

        assertThat(permit.take()).isFalse();

        permit.close();
        assertThat(clock.get() - start).isBetween(600 * MILLI, 1000 * MILLI);
        assertThat(messages).endsWith("drop").doesNotContain("sent");
    }

    @Test
    void aTurnHeldThroughALongStandstillIsGivenBack() throws InterruptedException {
        AtomicLong standstill = new AtomicLong();
        RateGate gate = new RateGate("key", new RateAccess(link, "1", "scan", FIVE), clock::get, nanos -> {
            clock.addAndGet(nanos + (nanos == RateLimiter.AHEAD ? standstill.getAndSet(0) : 0));
        });
        opened.add(gate);
        send(gate, 5);
        messages.clear();
        standstill.set(11_000 * MILLI);
        send(gate, 1);
        assertThat(messages).containsExactly("ask", "ask", "drop", "ask", "sent");
    }

    @Test
    void whoIsInterruptedGivesItsPlaceBack() {
        RateGate gate = new RateGate("key", new RateAccess(link, "1", "scan", FIVE), clock::get, nanos -> {
            throw new InterruptedException();
        });
        opened.add(gate);
        limiters.of("key").pause(0, 30_000 * MILLI, false);
        assertThatThrownBy(gate::awaitPermit).isInstanceOf(InterruptedException.class);
        assertThat(messages).containsExactly("ask", "drop");
    }

    @Test
    void theTasksOfAJvmHaveTheirPartsOfADividedRateTogether() throws InterruptedException {
        RateShare two = new RateShare(2, 1000, 5);
        RateGate first = gate(two);
        send(first, 2);
        send(first, 1);
        assertThat(clock.get()).isEqualTo(99 + 1000 * MILLI);

        RateGate second = gate(new RateShare(1, 1000, 5));
        clock.addAndGet(2000 * MILLI);
        long start = clock.get();
        send(second, 3);
        assertThat(clock.get() - start).isLessThan(500 * MILLI);
        second.close();
        second.close();
        send(first, 1);
        assertThat(clock.get() - start).isGreaterThanOrEqualTo(1000 * MILLI);
    }

    @Test
    void headersWithoutSenseAreNotPassedOn() throws InterruptedException {
        RateGate gate = gate(FIVE);
        try (RateGate.Permit permit = gate.awaitPermit()) {
            for (String header : List.of("", "x", "-1", "5, 5", "99999999999", "1.5")) {
                permit.observe(Optional.of(header), Optional.of(header));
            }
            assertThat(messages).containsExactly("ask");
            permit.observe(Optional.of(" 5 "), Optional.empty());
            permit.observe(Optional.empty(), Optional.of("0"));
            assertThat(messages).containsExactly("ask", "observe", "observe");
        }
    }
}
