package io.github.sparkncbigene.service;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits what the tasks of a JVM that use one service hold together: open requests, whose responses were not read yet,
 * and bytes of responses.
 */
public final class Budget {
    /** Bytes held for all services together, because they share the JVM's memory. */
    private static final AtomicLong HELD = new AtomicLong();
    /** The size of future responses is estimated from this many recent ones. */
    private static final int REMEMBERED = 8;

    private final int most;
    private final long mostBytes;
    private int registered;
    private int open;
    private int underWay;
    private long size;

    /**
     * @param most largest number of requests of the whole query
     * @param mostBytes largest number of bytes of responses in this JVM
     */
    public Budget(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Adds the requests that a task may have open. */
    public synchronized void register(int requests) {
        registered += requests;
    }

    /** Removes them again. */
    public synchronized void unregister(int requests) {
        registered -= requests;
    }

    /** Returns the number of requests that may be open. */
    public synchronized int capacity() {
        return Math.max(1, Math.min(most, registered));
    }

    /** Opens a request if it is within the limits, assuming a response of average size. */
    public synchronized boolean tryOpen() {
        if (open >= capacity() || HELD.get() + (underWay + 1) * size > mostBytes) {
            return false;
        }
        open();
        return true;
    }

    /** Opens a request regardless of the limits, because a task waits for its response. */
    public synchronized void open() {
        open++;
        underWay++;
    }

    /** Records that a response has arrived; it is held until it is read. */
    public synchronized void received(long bytes) {
        underWay--;
        HELD.addAndGet(bytes);
        size += (bytes - size) / REMEMBERED;
        size = Math.max(size, 1);
    }

    /** Records that no response will arrive. */
    public synchronized void failed() {
        underWay--;
        open--;
    }

    /** Records that a response is not held any longer. */
    public synchronized void release(long bytes) {
        open--;
        HELD.addAndGet(-bytes);
    }
}
