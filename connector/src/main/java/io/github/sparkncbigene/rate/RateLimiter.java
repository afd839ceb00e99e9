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
 * Grants permits for the requests to one service with one API key, so that no window ever holds more requests than the
 * rate allows. The limiter never blocks: a request that has to wait gets a waiting time, and comes back with the same
 * id.
 *
 * <p>A request occupies a place in the window from its permit until one whole window after it is known to have left. A
 * task that stalls between the two therefore delays others, but never breaks the rate.
 */
final class RateLimiter {
    /**
     * A request may get its permit this long before it may be sent, so that the message to the executor costs no time.
     * Also the longest time for which requests continue after the service has demanded a pause.
     */
    static final long AHEAD = TimeUnit.MILLISECONDS.toNanos(50);

    /** Longest interval between two calls of a waiting request; longer waits are cut into pieces. */
    static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    /** A waiting request that does not call for this long is taken to be abandoned. */
    static final long TICKET_LIFE = TimeUnit.SECONDS.toNanos(3);

    /** Others stop waiting for a request that is late by this much. */
    static final long GRACE = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * A granted request that is never reported counts as sent after this time, which is longer than sending any request
     * takes.
     */
    static final long LEASE = TimeUnit.MINUTES.toNanos(5);

    /** Largest number of sent requests whose responses can still report the service's limit. */
    private static final int REMEMBERED = 1024;

    private static final int PRUNE_ABOVE = 64;

    /**
     * The reply to a request for a permit.
     *
     * @param id the request's id from now on
     * @param granted true if the request has its permit
     * @param waitNanos time to wait until the request may be sent or is about to get its permit
     */
    record Reply(long id, boolean granted, long waitNanos) {}

    /** A request that waits for its permit. */
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

    /** A request that has its permit. */
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

    /** The number of requests that the service still allows, according to one of its responses. */
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
    /**
     * The time when each rate was last used: a window that holds one of its requests keeps to the slowest of the rates.
     */
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
     * Requests a permit.
     *
     * @param executor id of the executor that sends the request
     * @param scan id of the scan; scans get permits in rotation
     * @param share the scan's rate
     * @param id the id of the previous reply; 0 on the first call
     * @param ready true if the caller sends the request as soon as it is granted; otherwise the caller only learns the
     *     waiting time
     */
    synchronized Reply reserve(String executor, String scan, RateShare share, long id, boolean ready) {
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

    /** Records that the request has left: its window starts now, however long sending it took. */
    synchronized void sent(long id) {
        Grant grant = granted.remove(id);
        if (grant != null) {
            countAsSent(id, grant, nanoTime.getAsLong());
        }
    }

    /** Records that the request will not be sent. */
    synchronized void drop(long id) {
        tickets.remove(id);
        if (granted.remove(id) != null) {
            window.notSent();
        }
    }

    /**
     * Lowers the rate to the limit that the service reports, and to what other clients leave of it. The application's
     * own requests are added back to what remains. The service may count a request when it arrives or when its response
     * leaves, so the largest number under way in between is used.
     *
     * @param limit requests that the service allows; 0 if it does not report a limit
     * @param remaining requests that remain; negative if the service does not report them
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
     * Grants no permits during the pause, to any caller.
     *
     * @param refused true if the service refused the request because of its rate limit
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
            // The service accepted only this many of ours, so that is what other clients leave.
            left.addLast(new Left(Math.max(1, grant.mostInWindow - refusals.size()), pausedUntil + 2 * length));
        }
    }

    /** Counts all granted requests of a lost executor as sent, since nobody will report their outcome. */
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

    /** Scans get permits in rotation: each further request of a scan belongs to the next round, never to a past one. */
    private long tag(String scan) {
        long tag = Math.max(virtualTime, lastTags.getOrDefault(scan, 0L)) + 1;
        lastTags.put(scan, tag);
        return tag;
    }

    /** Returns the slowest rate among the requests that wait, are under way, or were just sent. */
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

    /**
     * Returns the requests allowed in a window: the rate, limited by the service's limit and by what other clients
     * leave of it.
     */
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

    /** A short window leaves little time to grant permits ahead. */
    private static long ahead(RateShare rate) {
        return Math.min(AHEAD, windowNanos(rate) / 8);
    }

    private static long windowNanos(RateShare rate) {
        return TimeUnit.MILLISECONDS.toNanos(rate.windowMillis());
    }
}
