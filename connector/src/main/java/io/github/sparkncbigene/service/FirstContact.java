package io.github.sparkncbigene.service;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Distinguishes a host that does not respond at the moment from one that has never responded in this JVM. The latter is
 * most likely a wrong address or a missing proxy, so a task gives it up soon.
 */
public final class FirstContact {
    /** Leaves time, within 15 s, for the three further attempts that Spark makes to run a task. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /** A repeated task may be the first one of its JVM, whose first connection takes longer than others. */
    private static final Duration PATIENCE_OF_REPEATED_TASK = Duration.ofMillis(2500);
    /** Patience with an address that a task of this JVM has given up not long ago. */
    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);
    /** Time for which a given-up address is remembered. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** A connected host that is silent may be slow. It is given up after this many times the longest silence, */
    private static final int SILENCES = 4;
    /** but not before this time. */
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(15);

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
    /** A retry that would have less time than this to connect is not made. */
    private static final Duration SHORTEST_TRY = Duration.ofMillis(500);

    private static final int WEB_PAGES = 3;

    private static final Set<Object> CONNECTED = ConcurrentHashMap.newKeySet();
    private static final Set<Object> RESPONDED = ConcurrentHashMap.newKeySet();
    private static final Map<Object, Long> GIVEN_UP = new ConcurrentHashMap<>();

    private final Object route;
    private final boolean repeated;
    private final Duration longestSilence;
    private final Clock clock;
    private long patience = PATIENCE.toNanos();
    private boolean started;
    private long start;
    private long firstRequest;
    private int requests;
    private int webPages;
    private int awaited;
    private boolean isHeard;

    /**
     * @param route the path to the host: its address, and the proxy
     * @param repeated true if Spark has run the task before
     * @param responseTimeout how long a host may be silent
     */
    public FirstContact(Object route, boolean repeated, Duration responseTimeout, Clock clock) {
        this.route = route;
        this.repeated = repeated;
        Duration silence = responseTimeout.multipliedBy(SILENCES);
        this.longestSilence = silence.compareTo(SHORTEST_SILENCE) > 0 ? silence : SHORTEST_SILENCE;
        this.clock = clock;
    }

    /** Records that a request is about to be sent. */
    public synchronized void requested() {
        requests++;
        if (!started) {
            started = true;
            start = clock.nanoTime();
            patience = patience(start).toNanos();
        }
        if (requests == 1) {
            firstRequest = start;
        }
    }

    /** Records that the request was not sent after all, because the rate limit makes it wait: the host is not to blame. */
    public synchronized void postponed() {
        requests--;
        started = false;
    }

    /** Records that a connection was made: a host that then takes its time is not one that cannot be reached. */
    public void connected() {
        CONNECTED.add(route);
    }

    /**
     * Returns true if the host need not be given up for want of a connection: this JVM has had one. A request may wait
     * for one that other requests hold.
     */
    public boolean hasConnected() {
        return CONNECTED.contains(route);
    }

    /** Records that a request was sent, whose response is awaited. */
    public synchronized void sent() {
        awaited++;
    }

    /** Records that a sent request has its response, or will have none. */
    public synchronized void ended() {
        awaited--;
    }

    private Duration patience(long now) {
        Long givenUp = GIVEN_UP.get(route);
        if (givenUp != null && now - givenUp < REMEMBERED.toNanos()) {
            return SHORTEST_PATIENCE;
        }
        return repeated ? PATIENCE_OF_REPEATED_TASK : PATIENCE;
    }

    /** Records a response that cannot come from a proxy or a log-in page. */
    public void responded() {
        RESPONDED.add(route);
    }

    public boolean hasResponded() {
        return RESPONDED.contains(route);
    }

    /** Takes note of the beginning of a response: the host is not silent, however long the rest takes. */
    public synchronized void heard() {
        isHeard = true;
    }

    /** Records a web page in place of a report. */
    public synchronized void webPage() {
        webPages++;
    }

    /** Returns the nanoseconds until the host is given up if no connection is made. */
    public synchronized long left() {
        return started ? patience - (clock.nanoTime() - start) : patience;
    }

    /**
     * Ends the read if the host is connected and has been silent for too long.
     *
     * @throws ServiceException of kind PERMANENT if the host is given up
     */
    synchronized void silent(ServiceException failure) throws ServiceException {
        if (failure.kind() == Kind.TIMEOUT
                && !isHeard
                && !hasResponded()
                && clock.nanoTime() - firstRequest >= longestSilence.toNanos()) {
            throw givenUp(failure, firstRequest);
        }
    }

    /**
     * Returns the delay before a retry: shorter than usual, and only while the host is not given up.
     *
     * @throws ServiceException of kind PERMANENT if the host is given up
     */
    synchronized Duration retryDelay(ServiceException failure, Duration delay) throws ServiceException {
        if (failure.kind() == Kind.TIMEOUT) {
            // A connected host may only be slow: that does not count against it.
            started = false;
        }
        // A response that has begun, and is not a log-in page, comes from the host, even if it breaks.
        if (hasResponded() || (isHeard && webPages == 0) || failure.kind() != Kind.TRANSIENT) {
            return delay;
        }
        Duration shorter = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
        if (webPages >= WEB_PAGES || (shorter.plus(SHORTEST_TRY).toNanos() > left() && !mayBeSlow())) {
            GIVEN_UP.put(route, clock.nanoTime());
            throw givenUp(failure, start);
        }
        return shorter;
    }

    /** True if another request waits for its response, and not for too long yet. */
    private boolean mayBeSlow() {
        return awaited > 0 && clock.nanoTime() - firstRequest < longestSilence.toNanos();
    }

    private ServiceException givenUp(ServiceException failure, long since) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.nanoTime() - since);
        return new ServiceException(
                Kind.PERMANENT,
                NcbiGeneException.of(
                        failure.error().code(),
                        failure.words() + " Given up after " + requests + (requests == 1 ? " request" : " requests")
                                + " in " + seconds + " s, because this address has never responded.",
                        failure.error().getCause()));
    }
}
