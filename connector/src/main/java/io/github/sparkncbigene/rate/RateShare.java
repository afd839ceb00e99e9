package io.github.sparkncbigene.rate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a query's rate: {@code permits} requests in any window of {@code windowMillis}.
 *
 * @param permits requests in a window
 * @param windowMillis length of the window, in milliseconds
 * @param queryPermits requests that all parts together may send in a window
 */
public record RateShare(int permits, long windowMillis, int queryPermits) implements Serializable {
    /** No limit. */
    public static final RateShare UNLIMITED = new RateShare(Integer.MAX_VALUE, 1, Integer.MAX_VALUE);

    /**
     * Milliseconds in a window of one second. The extra 20 ms cover differences in delay between requests on their way
     * to the service.
     */
    private static final double SECOND = 1020;

    /**
     * Divides a rate into parts that together never exceed it in any second. Each part gets whole permits: if a part
     * sent every other second, it could choose the same second as all other parts.
     *
     * @param requestsPerSecond above 0; infinite for no limit
     * @param parts number of parts; at most {@link #maxParts}
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
        // A fraction of a request cannot be sent: 2.5 per second become 2 in one second, 0.5 become 1 in two seconds.
        long window = Math.round(SECOND * Math.max(1, 1 / requestsPerSecond));
        for (int i = 0; i < parts; i++) {
            shares.add(new RateShare(total / parts + (i < total % parts ? 1 : 0), window, total));
        }
        return shares;
    }

    /** Returns the largest number of parts into which a rate can be divided. */
    public static int maxParts(double requestsPerSecond) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, requestsPerSecond));
    }

    /** Returns the whole of a rate. */
    public static RateShare of(double requestsPerSecond) {
        return divide(requestsPerSecond, 1).get(0);
    }

    /** Returns the slower of two rates: fewer requests in the longer window. */
    RateShare slower(RateShare other) {
        return new RateShare(
                Math.min(permits, other.permits),
                Math.max(windowMillis, other.windowMillis),
                Math.min(queryPermits, other.queryPermits));
    }

    boolean isUnlimited() {
        return permits == Integer.MAX_VALUE;
    }

    /** Returns the share of a part that has the query's whole rate. */
    public RateShare whole() {
        return new RateShare(queryPermits, windowMillis, queryPermits);
    }
}
