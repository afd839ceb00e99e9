package io.github.sparkncbigene.scan;

import java.util.Arrays;
import java.util.Objects;

/**
 * Tells whether Spark's own threads on the driver find the connector's classes. They do not if the jar was added to one
 * session, by {@code ADD JAR} or as an artifact of Spark Connect: then only that session's queries find it. Those
 * threads read the errors of tasks, and instantiate the classes of metrics.
 */
final class SparkThreads {
    /** Name of the scheduler's thread; the other threads of a SparkContext have the same class loader. */
    private static final String SCHEDULER = "dag-scheduler-event-loop";

    private SparkThreads() {}

    /** Returns true if the threads find the classes, or if there are no such threads. */
    static boolean findConnector() {
        return Arrays.stream(all())
                .filter(Objects::nonNull)
                .filter(thread -> SCHEDULER.equals(thread.getName()))
                .allMatch(thread -> finds(thread.getContextClassLoader()));
    }

    /** Returns true if a loader finds this very class, not a copy of it. */
    static boolean finds(ClassLoader loader) {
        try {
            return Class.forName(SparkThreads.class.getName(), false, loader) == SparkThreads.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static Thread[] all() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        // Threads may start between the two calls, but the scheduler's thread started long ago.
        Thread[] threads = new Thread[2 * top.activeCount() + 16];
        top.enumerate(threads);
        return threads;
    }
}
