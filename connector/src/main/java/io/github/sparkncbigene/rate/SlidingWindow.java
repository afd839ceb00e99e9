package io.github.sparkncbigene.rate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Computes when the next request may be sent, so that no window of time holds more than its capacity and the requests
 * of a window do not leave all at once. The class has no clock: callers pass times, in nanoseconds.
 */
final class SlidingWindow {
    /**
     * The requests of a window are spread over this fraction of it: one third. Sent all at once, their responses would
     * arrive at once and delay each other and the next requests, by tens of milliseconds on a machine with few cores.
     */
    static final int SPREAD = 3;

    private final Deque<Long> sent = new ArrayDeque<>();
    private long length;
    private int underWay;
    private boolean anyBegun;
    private long lastBegun;

    /** @param length length of the window, in nanoseconds */
    SlidingWindow(long length) {
        this.length = length;
    }

    /** Changes the length of the window. Requests that have already left the window stay out of it. */
    void resize(long newLength) {
        length = newLength;
    }

    /**
     * Returns how long to wait until a request may be sent; 0 or less if it may be sent now.
     *
     * @param capacity largest number of requests in a window; at least 1
     * @param ahead number of requests that will be sent before this one
     */
    long delay(long now, int capacity, int ahead) {
        int rest = ahead % capacity;
        long apart = length / SPREAD / capacity;
        long untilFirst = anyBegun ? Math.max(0, apart - (now - lastBegun)) : 0;
        return ahead / capacity * length + Math.max(room(now, capacity, rest), untilFirst + apart * rest);
    }

    private long room(long now, int capacity, int ahead) {
        forget(now);
        // The window has a free place once this many requests have left it.
        int leaving = requests() - (capacity - ahead - 1);
        if (leaving <= 0) {
            return 0;
        }
        if (leaving > sent.size()) {
            // One of the requests under way has to leave the window: that takes a whole window after it is sent, which
            // is still to come.
            return length;
        }
        return sent.stream().skip(leaving - 1L).findFirst().orElseThrow() + length - now;
    }

    /** Returns the number of requests under way or in the window that ended at the latest time passed in. */
    int requests() {
        return sent.size() + underWay;
    }

    /** Returns the number of these requests that will be in the window that ends at the given time. */
    int requestsAt(long at) {
        return (int) sent.stream().filter(time -> at - time < length).count() + underWay;
    }

    /**
     * Records that a request is about to be sent: it is in the window until {@link #sent} is called for it.
     *
     * @param at time when the request may leave: now, or soon
     */
    void sending(long at) {
        anyBegun = true;
        lastBegun = at;
        underWay++;
    }

    /** Records that one of the requests about to be sent has left now. */
    void sent(long now) {
        forget(now);
        underWay--;
        sent.addLast(now);
    }

    /** Records that one of the requests about to be sent will not be sent. */
    void notSent() {
        underWay--;
    }

    private void forget(long now) {
        while (!sent.isEmpty() && now - sent.peekFirst() >= length) {
            sent.pollFirst();
        }
    }
}
