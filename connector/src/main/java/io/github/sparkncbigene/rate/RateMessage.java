package io.github.sparkncbigene.rate;

/**
 * The messages to a limiter. They hold only types of the JDK, because threads that cannot see the connector's jar
 * deserialize them. A change needs a new {@link #VERSION}.
 */
final class RateMessage {
    /** Part of the name of every receiver, so that a receiver never gets messages of another version. */
    static final int VERSION = 1;

    static final String ASK = "ask";
    static final String SENT = "sent";
    static final String DROP = "drop";
    static final String OBSERVE = "observe";
    static final String PAUSE = "pause";

    private RateMessage() {}

    static Object[] reservation(String key, String executor, String scan, RateShare share, long id, boolean ready) {
        return new Object[] {
            ASK, key, id, executor, scan, share.permits(), share.windowMillis(), share.queryPermits(), ready
        };
    }

    static Object[] sent(String key, long id) {
        return new Object[] {SENT, key, id};
    }

    static Object[] drop(String key, long id) {
        return new Object[] {DROP, key, id};
    }

    static Object[] observe(String key, long id, int limit, int remaining) {
        return new Object[] {OBSERVE, key, id, limit, remaining};
    }

    static Object[] pause(String key, long id, long nanos, boolean refused) {
        return new Object[] {PAUSE, key, id, nanos, refused};
    }

    static Object[] reply(RateLimiter.Reply reply) {
        return new Object[] {reply.id(), reply.granted(), reply.waitNanos()};
    }

    static RateLimiter.Reply reply(Object message) {
        Object[] parts = (Object[]) message;
        return new RateLimiter.Reply((Long) parts[0], (Boolean) parts[1], (Long) parts[2]);
    }

    /** Executes a message; returns its reply, or null if the message has no reply. */
    static Object perform(Object message, RateLimiters limiters) {
        Object[] parts = (Object[]) message;
        RateLimiter limiter = limiters.of((String) parts[1]);
        long id = (Long) parts[2];
        switch ((String) parts[0]) {
            case ASK -> {
                RateShare share = new RateShare((Integer) parts[5], (Long) parts[6], (Integer) parts[7]);
                return reply(limiter.reserve((String) parts[3], (String) parts[4], share, id, (Boolean) parts[8]));
            }
            case SENT -> limiter.sent(id);
            case DROP -> limiter.drop(id);
            case OBSERVE -> limiter.observe(id, (Integer) parts[3], (Integer) parts[4]);
            case PAUSE -> limiter.pause(id, (Long) parts[3], (Boolean) parts[4]);
            default -> throw new IllegalArgumentException("Unknown message '" + parts[0] + "' to the rate limiter.");
        }
        return null;
    }
}
