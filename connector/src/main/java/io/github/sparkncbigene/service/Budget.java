package io.github.sparkncbigene.service;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the tasks of a JVM that ask one service may have open together: requests that were made and whose answer was not
 * read yet, and bytes of answers.
 */
public final class Budget {
    /** Of all services: it is the JVM's memory. */
    private static final AtomicLong HELD = new AtomicLong();
    /** The size of the answers to come is guessed from the last so many. */
    private static final int REMEMBERED = 8;

    private final int most;
    private final long mostBytes;
    private int registered;
    private int open;
    private int underWay;
    private long size;

    /**
     * @param most requests of the whole query
     * @param mostBytes of answers in this JVM
     */
    public Budget(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Adds what a task may have open. */
    public synchronized void register(int requests) {
        registered += requests;
    }

    /** Takes it away again. */
    public synchronized void unregister(int requests) {
        registered -= requests;
    }

    /** How many requests may be open. */
    public synchronized int capacity() {
        return Math.max(1, Math.min(most, registered));
    }

    /** Opens a request if it and its answer, were that as large as others, are within bounds. */
    public synchronized boolean tryOpen() {
        if (open >= capacity() || HELD.get() + (underWay + 1) * size > mostBytes) {
            return false;
        }
        open();
        return true;
    }

    /** Opens a request whatever the bounds, since somebody can do nothing else without its answer. */
    public synchronized void open() {
        open++;
        underWay++;
    }

    /** The answer is there, and held until it is read. */
    public synchronized void answered(long bytes) {
        underWay--;
        HELD.addAndGet(bytes);
        size += (bytes - size) / REMEMBERED;
        size = Math.max(size, 1);
    }

    /** There will be no answer. */
    public synchronized void failed() {
        underWay--;
        open--;
    }

    /** An answer is not held any longer. */
    public synchronized void release(long bytes) {
        open--;
        HELD.addAndGet(-bytes);
    }
}
