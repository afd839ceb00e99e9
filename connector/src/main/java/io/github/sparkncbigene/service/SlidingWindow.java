package io.github.sparkncbigene.service;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When the next request may be sent, so that no window of time ever holds more than so many. Knows no clock: times are
 * given to it, in nanoseconds.
 */
final class SlidingWindow {
    private final long length;
    private final Deque<Long> sent = new ArrayDeque<>();

    /** @param length of the window, in nanoseconds */
    SlidingWindow(long length) {
        this.length = length;
    }

    /**
     * How long to wait until a request may be sent; not positive if it may be sent now.
     *
     * @param capacity requests in a window, at most; at least 1
     * @param ahead requests that will be sent before it; fewer than the capacity
     */
    long delay(long now, int capacity, int ahead) {
        while (!sent.isEmpty() && now - sent.peekFirst() >= length) {
            sent.pollFirst();
        }
        // The window is free again when all but so many of those inside have left it.
        int staying = capacity - ahead - 1;
        if (sent.size() <= staying) {
            return 0;
        }
        long last = sent.stream().skip(sent.size() - staying - 1L).findFirst().orElseThrow();
        return last + length - now;
    }

    /** How many were sent in the window that ended when last asked for a delay. */
    int sent() {
        return sent.size();
    }

    /** Takes note of a request that is sent now. */
    void send(long now) {
        sent.addLast(now);
    }
}
