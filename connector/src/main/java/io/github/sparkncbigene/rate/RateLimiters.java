package io.github.sparkncbigene.rate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The rate limiters of a JVM, one for each service and API key. The driver's JVM holds all limiters of an application.
 */
public final class RateLimiters implements RateLink {
    /**
     * The limiters of this JVM. They outlive a SparkContext, so that a new one does not start with a full allowance.
     */
    public static final RateLimiters HERE = new RateLimiters(System::nanoTime);

    /** The version of the messages that {@link #receive} accepts. */
    public static final int VERSION = RateMessage.VERSION;

    private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    RateLimiters(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    RateLimiter of(String key) {
        return limiters.computeIfAbsent(key, k -> new RateLimiter(nanoTime));
    }

    /** Executes a message; returns its reply, or null if the message has no reply. */
    public Object receive(Object message) {
        return RateMessage.perform(message, this);
    }

    /** Counts the requests of a lost executor as sent. */
    public void lost(String executor) {
        limiters.values().forEach(limiter -> limiter.lost(executor));
    }

    @Override
    public Object send(Object[] message) {
        return receive(message);
    }

    @Override
    public void tell(Object[] message) {
        receive(message);
    }

    /**
     * Calls every operation of a limiter once, so that each class is loaded now. Later, the session whose class loader
     * holds the classes may be closed.
     */
    public static void rehearse() {
        RateLimiters limiters = new RateLimiters(System::nanoTime);
        String key = RateKey.of("rehearsal", "key");
        RateShare share = RateShare.of(1);
        for (int i = 0; i < 2; i++) {
            limiters.rehearse(key, share);
        }
        limiters.lost("executor");
    }

    private void rehearse(String key, RateShare share) {
        long id = RateMessage.reply(receive(RateMessage.reservation(key, "executor", "scan", share, 0, true)))
                .id();
        receive(RateMessage.sent(key, id));
        receive(RateMessage.observe(key, id, 1, 0));
        receive(RateMessage.pause(key, id, Duration.ofSeconds(1).toNanos(), true));
        receive(RateMessage.drop(key, id));
    }
}
