package io.github.sparkncbigene.rate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Executors that share a limiter, messages that take their time, and a service: all on a clock that tests turn. */
final class Simulation {
    static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private record Event(long at, long order, Runnable action) {}

    /** A request that the service saw. */
    record Seen(long at, String scan) {}

    /** What the service says of its limit. */
    enum Says {
        NOTHING,
        AS_OF_ARRIVAL,
        AS_OF_RESPONSE
    }

    final List<Seen> seen = new ArrayList<>();
    final Map<String, Long> ended = new HashMap<>();
    final RateLimiter limiter = new RateLimiter(this::now);
    int refused;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Random random;
    private final Set<String> dead = new HashSet<>();
    private final Deque<Long> counted = new ArrayDeque<>();
    private long now = 77 * SECOND;
    private long order;
    /** The longest way of a message. */
    private long way = 2 * MILLI;
    /** The longest standstill between a turn and the sending. */
    private long stall;

    private long latency = 300 * MILLI;
    private Says says = Says.NOTHING;
    private boolean fixedWindow;
    private boolean enforced;
    private int limit;
    private int others;

    Simulation(long seed) {
        random = new Random(seed);
    }

    long now() {
        return now;
    }

    Simulation messages(long longestWay, long longestStall) {
        way = longestWay;
        stall = longestStall;
        return this;
    }

    Simulation latency(long nanos) {
        latency = nanos;
        return this;
    }

    /** @param othersPerSecond requests of somebody else, evenly spaced */
    Simulation service(Says what, boolean inFixedWindows, boolean refuses, int perSecond, int othersPerSecond) {
        says = what;
        fixedWindow = inFixedWindows;
        enforced = refuses;
        limit = perSecond;
        others = othersPerSecond;
        if (others > 0) {
            later(0, this::somebodyElse);
        }
        return this;
    }

    private void somebodyElse() {
        count();
        later(SECOND / others, this::somebodyElse);
    }

    void later(long nanos, Runnable action) {
        events.add(new Event(now + nanos, order++, action));
    }

    /** Runs until nothing happens any more, or so much time has passed. */
    long run(long nanos) {
        long start = now;
        while (!events.isEmpty() && events.peek().at - start <= nanos && !isDone()) {
            Event event = events.poll();
            now = event.at;
            event.action.run();
        }
        return now - start;
    }

    private int running;

    private boolean isDone() {
        return running == 0;
    }

    /** A task that sends so many requests, a few of which are under way at once. */
    void task(String executor, String scan, RateShare share, int requests, int atOnce) {
        running++;
        new Task(executor, scan, share, requests).start(atOnce);
    }

    /** An executor ends; the driver hears of it later. */
    void kill(String executor, long noticedAfter) {
        dead.add(executor);
        later(noticedAfter, () -> limiter.lost(executor));
    }

    private long way() {
        return (long) (random.nextDouble() * way);
    }

    private int count() {
        counted.addLast(now);
        return used();
    }

    private int used() {
        counted.removeIf(at -> fixedWindow ? at / SECOND != now / SECOND : now - at >= SECOND);
        return counted.size();
    }

    int peak(long window) {
        int most = 0;
        for (Seen from : seen) {
            most = Math.max(most, (int) seen.stream()
                    .filter(one -> one.at >= from.at && one.at - from.at < window)
                    .count());
        }
        return most;
    }

    private final class Task {
        private final String executor;
        private final String scan;
        private final RateShare share;
        private int left;
        private int open;

        Task(String executor, String scan, RateShare share, int requests) {
            this.executor = executor;
            this.scan = scan;
            this.share = share;
            this.left = requests;
        }

        void start(int atOnce) {
            for (int i = 0; i < atOnce; i++) {
                next();
            }
        }

        private void next() {
            if (left > 0) {
                left--;
                open++;
                reserve(0, false);
            } else if (open == 0 && ended.put(scan + executor, now) == null) {
                running--;
            }
        }

        private void reserve(long id, boolean ready) {
            later(way(), () -> {
                if (!dead.contains(executor)) {
                    RateLimiter.Reply reply = limiter.reserve(executor, scan, share, id, ready);
                    later(way(), () -> told(reply));
                }
            });
        }

        private void told(RateLimiter.Reply reply) {
            if (reply.granted()) {
                later(reply.waitNanos() + (long) (random.nextDouble() * stall), () -> send(reply.id()));
            } else {
                long wait = Math.max(0, reply.waitNanos() - RateLimiter.AHEAD);
                later(Math.min(wait, RateLimiter.LONGEST_WAIT), () -> reserve(reply.id(), true));
            }
        }

        private void send(long id) {
            if (dead.contains(executor)) {
                return;
            }
            seen.add(new Seen(now, scan));
            later(way(), () -> limiter.sent(id));
            if (enforced && used() >= limit) {
                refused++;
                later(latency + way(), () -> limiter.pause(id, SECOND, true));
                later(latency + SECOND, () -> reserve(0, false));
                return;
            }
            int usedAtArrival = count();
            later(latency, () -> {
                int used = says == Says.AS_OF_ARRIVAL ? usedAtArrival : used();
                if (says != Says.NOTHING) {
                    later(way(), () -> limiter.observe(id, limit, Math.max(0, limit - used)));
                }
                open--;
                next();
            });
        }
    }
}
