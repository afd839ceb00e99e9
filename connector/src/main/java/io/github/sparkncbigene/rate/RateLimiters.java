package io.github.sparkncbigene.rate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The limiters of a JVM, one for each service and key. On the driver, all that an application has. */
public final class RateLimiters implements RateLink {
    /** Those of this JVM: kept for good, so that a new SparkContext does not start with a full allowance. */
    public static final RateLimiters HERE = new RateLimiters(System::nanoTime);

    /** The version of the messages that {@link #receive} takes. */
    public static final int VERSION = RateMessage.VERSION;

    private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    RateLimiters(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    RateLimiter of(String key) {
        return limiters.computeIfAbsent(key, k -> new RateLimiter(nanoTime));
    }

    /** Does what a message says at once; the reply, or null where it has none. */
    public Object receive(Object message) {
        return RateMessage.perform(message, this);
    }

    /** An executor is gone: its requests count as sent. */
    public void lost(String executor) {
        limiters.values().forEach(limiter -> limiter.lost(executor));
    }

    @Override
    public Object ask(Object[] message) {
        return receive(message);
    }

    @Override
    public void tell(Object[] message) {
        receive(message);
    }

    /**
     * Does once all that a limiter does. Each class is loaded then; later, a session whose class loader they came from may
     * be closed.
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
        long id = RateMessage.reply(receive(RateMessage.ask(key, "executor", "scan", share, 0, true)))
                .id();
        receive(RateMessage.sent(key, id));
        receive(RateMessage.observe(key, id, 1, 0));
        receive(RateMessage.pause(key, id, Duration.ofSeconds(1).toNanos(), true));
        receive(RateMessage.drop(key, id));
    }
}
