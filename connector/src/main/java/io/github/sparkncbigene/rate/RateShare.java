package io.github.sparkncbigene.rate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a part of a query may send: so many requests in any window of so many milliseconds.
 *
 * @param permits requests in a window
 * @param windowMillis length of the window
 * @param queryPermits what all parts together may send in a window
 */
public record RateShare(int permits, long windowMillis, int queryPermits) implements Serializable {
    /** No limit. */
    public static final RateShare UNLIMITED = new RateShare(Integer.MAX_VALUE, 1, Integer.MAX_VALUE);

    /** Longer than a second by what a request may be delayed between here and the service, against its predecessors. */
    private static final double SECOND = 1020;

    /**
     * Divides a rate over parts, so that together they never exceed it in any second. Only whole permits can be given
     * away: a part that sent every other second could do so in the same second as all the others.
     *
     * @param requestsPerSecond above 0; infinite for no limit
     * @param parts how many; at most {@link #maxParts}
     */
    public static List<RateShare> divide(double requestsPerSecond, int parts) {
        List<RateShare> shares = new ArrayList<>(parts);
        if (Double.isInfinite(requestsPerSecond)) {
            for (int i = 0; i < parts; i++) {
                shares.add(UNLIMITED);
            }
            return shares;
        }
        int total = Math.max(1, (int) requestsPerSecond);
        // A fraction of a request cannot be sent: 2.5 in a second are 2 in any one, 0.5 are 1 in any two.
        long window = Math.round(SECOND * Math.max(1, 1 / requestsPerSecond));
        for (int i = 0; i < parts; i++) {
            shares.add(new RateShare(total / parts + (i < total % parts ? 1 : 0), window, total));
        }
        return shares;
    }

    /** Into how many parts a rate can be divided. */
    public static int maxParts(double requestsPerSecond) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, requestsPerSecond));
    }

    /** The whole of a rate. */
    public static RateShare of(double requestsPerSecond) {
        return divide(requestsPerSecond, 1).get(0);
    }

    /** The slower one of two rates: fewer requests, in the longer window. */
    RateShare slower(RateShare other) {
        return new RateShare(
                Math.min(permits, other.permits),
                Math.max(windowMillis, other.windowMillis),
                Math.min(queryPermits, other.queryPermits));
    }

    boolean isUnlimited() {
        return permits == Integer.MAX_VALUE;
    }

    /** The share of a part that has the query to itself. */
    public RateShare whole() {
        return new RateShare(queryPermits, windowMillis, queryPermits);
    }
}
