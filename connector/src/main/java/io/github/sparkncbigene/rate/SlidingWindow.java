package io.github.sparkncbigene.rate;

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

    private final Deque<Long> sent = new ArrayDeque<>();
    private long length;
    private int underWay;
    private boolean anyBegun;
    private long lastBegun;

    /** @param length of the window, in nanoseconds */
    SlidingWindow(long length) {
        this.length = length;
    }

    /** From now on the window has another length; requests that it has forgotten stay forgotten. */
    void resize(long newLength) {
        length = newLength;
    }

    /**
     * How long to wait until a request may be sent; not positive if it may be sent now.
     *
     * @param capacity requests in a window, at most; at least 1
     * @param ahead requests that will be sent before it
     */
    long delay(long now, int capacity, int ahead) {
        int rest = ahead % capacity;
        long apart = length / SPREAD / capacity;
        long untilFirst = anyBegun ? Math.max(0, apart - (now - lastBegun)) : 0;
        return ahead / capacity * length + Math.max(room(now, capacity, rest), untilFirst + apart * rest);
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

    /** How many requests are in the window that ended when this was last told the time, or are under way. */
    int requests() {
        return sent.size() + underWay;
    }

    /** How many of these will be in the window that ends then. */
    int requestsAt(long at) {
        return (int) sent.stream().filter(time -> at - time < length).count() + underWay;
    }

    /**
     * Takes note of a request that is about to be sent: it is in the window until one of them {@link #sent}.
     *
     * @param at when it may leave; now, or soon
     */
    void sending(long at) {
        anyBegun = true;
        lastBegun = at;
        underWay++;
    }

    /** Takes note that one of those that were about to be sent has left now. */
    void sent(long now) {
        forget(now);
        underWay--;
        sent.addLast(now);
    }

    /** Takes note that one of those that were about to be sent will not be. */
    void notSent() {
        underWay--;
    }

    private void forget(long now) {
        while (!sent.isEmpty() && now - sent.peekFirst() >= length) {
            sent.pollFirst();
        }
    }
}
