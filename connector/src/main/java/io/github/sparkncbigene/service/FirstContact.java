package io.github.sparkncbigene.service;

import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.service.ServiceException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Distinguishes a host that does not respond at the moment from one that has never responded in this JVM. The latter is
 * most likely a wrong address or a missing proxy, so a task gives it up soon.
 */
final class FirstContact {
    /** Leaves time, within 15 s, for the three attempts with which Spark repeats a task. */
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private static final Duration PATIENCE_OF_REPEATED_TASK = Duration.ofMillis(1500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
    private static final int WEB_PAGES = 3;

    private static final Set<Object> ANSWERED = ConcurrentHashMap.newKeySet();

    private final Object route;
    private final long patience;
    private final Clock clock;
    private boolean started;
    private long start;
    private int requests;
    private int webPages;

    /**
     * @param route to the host: its address, and the proxy
     * @param repeated whether Spark has run the task before
     */
    FirstContact(Object route, boolean repeated, Clock clock) {
        this.route = route;
        this.patience = (repeated ? PATIENCE_OF_REPEATED_TASK : PATIENCE).toNanos();
        this.clock = clock;
    }

    /** Records that a request is about to be sent. */
    synchronized void requested() {
        requests++;
        if (!started) {
            started = true;
            start = clock.nanoTime();
        }
    }

    /** Records a response that cannot come from a proxy or a log-in page. */
    void answered() {
        ANSWERED.add(route);
    }

    boolean hasAnswered() {
        return ANSWERED.contains(route);
    }

    /** Takes note of a web page where a report should be. */
    synchronized void webPage() {
        webPages++;
    }

    /** Returns the nanoseconds until the host is given up if no connection is made. */
    synchronized long left() {
        return started ? patience - (clock.nanoTime() - start) : patience;
    }

    /**
     * The delay before a retry: shorter than usual, and only as long as the host is not given up.
     *
     * @throws ServiceException of kind PERMANENT if the host is given up
     */
    synchronized Duration retryDelay(ServiceException failure, Duration delay) throws ServiceException {
        if (failure.kind() == Kind.TIMEOUT) {
            // A connected host may only be slow: that does not count against it.
            started = false;
        }
        if (hasAnswered() || failure.kind() != Kind.TRANSIENT) {
            return delay;
        }
        Duration shorter = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
        if (webPages >= WEB_PAGES || shorter.toNanos() >= left()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.nanoTime() - start);
            throw new ServiceException(
                    Kind.PERMANENT,
                    new NcbiGeneException(
                            failure.error().code(),
                            failure.words() + " Given up after " + requests
                                    + (requests == 1 ? " request" : " requests") + " in " + seconds
                                    + " s, because this address has never answered.",
                            failure.error().getCause()));
        }
        return shorter;
    }
}
