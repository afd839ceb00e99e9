package io.github.sparkncbigene.service;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When the next request may be sent, so that no window of time ever holds more than so many, and those of a window do
 * not leave at once. Knows no clock: times are given to it, in nanoseconds.
 */
final class SlidingWindow {
    /**
     * The part of a window, one in so many, over which its requests are spread. At once they would be answered at once,
     * and keep each other and the next ones waiting: by tens of milliseconds, where there are few cores.
     */
    static final int SPREAD = 3;

    private final long length;
    private final Deque<Long> sent = new ArrayDeque<>();
    private int underWay;
    private boolean anyBegun;
    private long lastBegun;

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
        long apart = length / SPREAD / capacity;
        long untilFirst = anyBegun ? Math.max(0, apart - (now - lastBegun)) : 0;
        return Math.max(room(now, capacity, ahead), untilFirst + apart * ahead);
    }

    private long room(long now, int capacity, int ahead) {
        forget(now);
        // The window is free again when all but so many of those inside have left it.
        int leaving = requests() - (capacity - ahead - 1);
        if (leaving <= 0) {
            return 0;
        }
        if (leaving > sent.size()) {
            // One of those under way has to leave it: a whole window after it was sent, which it is not yet.
            return length;
        }
        return sent.stream().skip(leaving - 1L).findFirst().orElseThrow() + length - now;
    }

    /** How many requests are in the window that ended when this was last told the time. */
    int requests() {
        return sent.size() + underWay;
    }

    /** Takes note of a request that is being sent: it is in the window until one of them {@link #sent}. */
    void sending(long now) {
        forget(now);
        anyBegun = true;
        lastBegun = now;
        underWay++;
    }

    /** Takes note that one of those that were being sent has left now. */
    void sent(long now) {
        underWay--;
        sent.addLast(now);
    }

    private void forget(long now) {
        while (!sent.isEmpty() && now - sent.peekFirst() >= length) {
            sent.pollFirst();
        }
    }
}
