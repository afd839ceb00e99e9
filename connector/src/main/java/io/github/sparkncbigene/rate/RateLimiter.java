package io.github.sparkncbigene.rate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Gives the requests to one service under one key their turns, so that no window ever holds more than the rate. It never
 * blocks: who has to wait is told for how long, and comes back with the same id.
 *
 * <p>A request takes a place in the window when it is granted, and the place becomes free a whole window after the
 * request is known to have left. So a task that stalls between the two delays others, but never breaks the rate.
 */
final class RateLimiter {
    /**
     * How long before its turn a request may be granted, so that the way to the executor costs no time; also the longest
     * time that requests go on after the service has asked for a pause.
     */
    static final long AHEAD = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long those who wait may stay away at most; longer waits are cut into pieces. */
    static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    /** Who has not come back for so long has given up. */
    static final long TICKET_LIFE = TimeUnit.SECONDS.toNanos(3);

    /** Who is late by this much is not waited for. */
    static final long GRACE = TimeUnit.MILLISECONDS.toNanos(100);

    /** A granted request of which nothing is heard counts as sent: longer than the sending of any request takes. */
    static final long LEASE = TimeUnit.MINUTES.toNanos(5);

    /** Requests whose response may still tell something of the limit, at most. */
    private static final int REMEMBERED = 1024;

    private static final int PRUNE_ABOVE = 64;

    /**
     * What a request is told.
     *
     * @param id of the request from now on
     * @param granted whether it has its turn
     * @param waitNanos how long to wait: until it may be sent, or is about to have its turn
     */
    record Reply(long id, boolean granted, long waitNanos) {}

    /** A request that waits. */
    private static final class Ticket {
        private final long id;
        private final String executor;
        private final long tag;
        private RateShare share;
        private long seen;
        private long backBy;

        Ticket(long id, String executor, long tag) {
            this.id = id;
            this.executor = executor;
            this.tag = tag;
        }

        boolean isBefore(Ticket other) {
            return tag != other.tag ? tag < other.tag : id < other.id;
        }
    }

    /** A request that had its turn. */
    private static final class Grant {
        private final String executor;
        private final RateShare share;
        private final long due;
        private int mostInWindow;

        Grant(String executor, RateShare share, long due, int inWindow) {
            this.executor = executor;
            this.share = share;
            this.due = due;
            this.mostInWindow = inWindow;
        }
    }

    /** What the service has left for us, by one of its responses. */
    private record Left(int requests, long until) {}

    private final LongSupplier nanoTime;
    private final SlidingWindow window = new SlidingWindow(1);
    private final Map<Long, Ticket> tickets = new LinkedHashMap<>();
    private final Map<Long, Grant> granted = new LinkedHashMap<>();
    private final Map<Long, Grant> sent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Grant> eldest) {
            return size() > REMEMBERED;
        }
    };
    /** When each rate was used last: in every window with one of its requests the slowest rate holds. */
    private final Map<RateShare, Long> lastSent = new HashMap<>();

    private final Map<String, Long> lastTags = new HashMap<>();
    private final Deque<Left> left = new ArrayDeque<>();
    private final Deque<Long> refusals = new ArrayDeque<>();
    private long lastId;
    private long virtualTime;
    private int served = Integer.MAX_VALUE;
    private long pausedUntil;
    private boolean paused;

    /** @param nanoTime the clock */
    RateLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Asks for a turn.
     *
     * @param executor where the request is sent from
     * @param scan for which: scans take turns
     * @param share the rate that the scan keeps
     * @param id what an earlier reply said; 0 the first time
     * @param ready whether the request is sent when it is granted; else it only learns how long it will wait
     */
    synchronized Reply ask(String executor, String scan, RateShare share, long id, boolean ready) {
        long now = nanoTime.getAsLong();
        expire(now);
        Ticket ticket = tickets.get(id);
        if (ticket == null) {
            ticket = new Ticket(++lastId, executor, tag(scan));
            tickets.put(ticket.id, ticket);
        }
        ticket.share = share;
        ticket.seen = now;
        RateShare rate = rate();
        window.resize(TimeUnit.MILLISECONDS.toNanos(rate.windowMillis()));
        long delay = Math.max(0, delay(now, rate, ticket));
        if (ready && delay <= ahead(rate)) {
            grant(ticket, now + delay, rate);
            return new Reply(ticket.id, true, delay);
        }
        ticket.backBy = now + Math.min(LONGEST_WAIT, Math.max(0, delay - AHEAD));
        return new Reply(ticket.id, false, delay);
    }

    /** The request has left: its window begins now, however long the sending took. */
    synchronized void sent(long id) {
        Grant grant = granted.remove(id);
        if (grant != null) {
            countAsSent(id, grant, nanoTime.getAsLong());
        }
    }

    /** The request will not be sent. */
    synchronized void drop(long id) {
        tickets.remove(id);
        if (granted.remove(id) != null) {
            window.notSent();
        }
    }

    /**
     * Takes note of what the service says about its limit: never more than that, nor more than what others leave of it.
     * What this application has used itself costs nothing, whether the service counts when a request comes or when its
     * response goes: the most that was under way in between is taken for ours.
     *
     * @param limit requests that the service allows; 0 if it does not say
     * @param remaining how many of them are left; negative if it does not say
     */
    synchronized void observe(long id, int limit, int remaining) {
        if (limit > 0) {
            served = limit;
        }
        Grant grant = remove(id);
        if (grant == null || grant.share.isUnlimited()) {
            return;
        }
        boolean counts = limit > 0 ? remaining >= 0 && remaining <= limit : remaining == 0;
        if (counts) {
            long now = nanoTime.getAsLong();
            left.addLast(new Left(Math.max(1, remaining + grant.mostInWindow), now + 2 * windowNanos(grant.share)));
        }
    }

    /**
     * Sends nothing for so long, whoever asks.
     *
     * @param refused whether the service refused the request as one too many
     */
    synchronized void pause(long id, long nanos, boolean refused) {
        long now = nanoTime.getAsLong();
        long until = now + nanos;
        if (!paused || until - pausedUntil > 0) {
            pausedUntil = until;
            paused = true;
        }
        Grant grant = remove(id);
        if (refused && grant != null && !grant.share.isUnlimited()) {
            long length = windowNanos(grant.share);
            refusals.removeIf(at -> now - at >= length);
            refusals.addLast(now);
            // What the service took of ours is what others left.
            left.addLast(new Left(Math.max(1, grant.mostInWindow - refusals.size()), pausedUntil + 2 * length));
        }
    }

    /** Of an executor that is gone nobody hears what became of its requests: they count as sent. */
    synchronized void lost(String executor) {
        long now = nanoTime.getAsLong();
        tickets.values().removeIf(ticket -> ticket.executor.equals(executor));
        endGrants(now, grant -> grant.executor.equals(executor));
    }

    private Grant remove(long id) {
        Grant grant = sent.remove(id);
        return grant != null ? grant : granted.get(id);
    }

    private void grant(Ticket ticket, long due, RateShare rate) {
        tickets.remove(ticket.id);
        virtualTime = Math.max(virtualTime, ticket.tag);
        if (lastTags.size() > PRUNE_ABOVE) {
            lastTags.values().removeIf(tag -> tag <= virtualTime);
        }
        window.sending(due);
        int inWindow = rate.isUnlimited() ? 1 : window.requestsAt(due);
        granted.put(ticket.id, new Grant(ticket.executor, ticket.share, due, inWindow));
        if (!rate.isUnlimited()) {
            granted.values().forEach(grant -> grant.mostInWindow = Math.max(grant.mostInWindow, inWindow));
            sent.values().forEach(grant -> grant.mostInWindow = Math.max(grant.mostInWindow, inWindow));
        }
    }

    private void countAsSent(long id, Grant grant, long now) {
        window.sent(now);
        lastSent.put(grant.share, now);
        if (!grant.share.isUnlimited()) {
            sent.put(id, grant);
        }
    }

    private void endGrants(long now, Predicate<Grant> which) {
        List<Long> ended = new ArrayList<>();
        granted.forEach((id, grant) -> {
            if (which.test(grant)) {
                ended.add(id);
            }
        });
        ended.forEach(id -> countAsSent(id, granted.remove(id), now));
    }

    private void expire(long now) {
        tickets.values().removeIf(ticket -> now - ticket.seen > TICKET_LIFE);
        endGrants(now, grant -> now - grant.due > LEASE);
        lastSent.entrySet().removeIf(used -> now - used.getValue() >= windowNanos(used.getKey()));
        left.removeIf(one -> now - one.until >= 0);
    }

    /** Turns alternate between scans: each next request of a scan is one round later, and none is before those of now. */
    private long tag(String scan) {
        long tag = Math.max(virtualTime, lastTags.getOrDefault(scan, 0L)) + 1;
        lastTags.put(scan, tag);
        return tag;
    }

    /** The slowest rate of the requests that wait, are under way, or were just sent. */
    private RateShare rate() {
        RateShare slowest = RateShare.UNLIMITED;
        for (Ticket ticket : tickets.values()) {
            slowest = slowest.slower(ticket.share);
        }
        for (Grant grant : granted.values()) {
            slowest = slowest.slower(grant.share);
        }
        for (RateShare used : lastSent.keySet()) {
            slowest = slowest.slower(used);
        }
        return slowest;
    }

    private long delay(long now, RateShare rate, Ticket ticket) {
        paused = paused && pausedUntil - now > 0;
        long pause = paused ? pausedUntil - now : 0;
        if (rate.isUnlimited()) {
            return pause;
        }
        int before = 0;
        for (Ticket other : tickets.values()) {
            if (other.isBefore(ticket) && now - other.backBy <= GRACE) {
                before++;
            }
        }
        return Math.max(pause, window.delay(now, capacity(rate), before));
    }

    /** Requests in a window: the rate, and no more than its part of what the service allows, and others leave of it. */
    private int capacity(RateShare rate) {
        long capacity = rate.permits();
        if (served < rate.queryPermits()) {
            capacity = capacity * served / rate.queryPermits();
        }
        for (Left one : left) {
            capacity = Math.min(capacity, one.requests);
        }
        return (int) Math.max(1, capacity);
    }

    /** A short window is none to grant far ahead in. */
    private static long ahead(RateShare rate) {
        return Math.min(AHEAD, windowNanos(rate) / 8);
    }

    private static long windowNanos(RateShare rate) {
        return TimeUnit.MILLISECONDS.toNanos(rate.windowMillis());
    }
}
