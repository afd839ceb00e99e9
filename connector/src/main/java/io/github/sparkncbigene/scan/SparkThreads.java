package io.github.sparkncbigene.scan;

import java.util.Arrays;
import java.util.Objects;

/**
 * Tells whether Spark's own threads on the driver find the connector's classes. They do not where the jar was added to
 * one session, by {@code ADD JAR} or as an artifact of Spark Connect: only that session's queries find it. Those threads
 * read the errors of tasks, and make the classes of metrics.
 */
final class SparkThreads {
    /** The name of the scheduler's thread; the other threads of a SparkContext have its class loader. */
    private static final String SCHEDULER = "dag-scheduler-event-loop";

    private SparkThreads() {}

    /** True if they find them, or if there are none. */
    static boolean findConnector() {
        return Arrays.stream(all())
                .filter(Objects::nonNull)
                .filter(thread -> SCHEDULER.equals(thread.getName()))
                .allMatch(thread -> finds(thread.getContextClassLoader()));
    }

    /** True if a loader finds this very class, not a copy of it. */
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
        // Threads may start between the two calls; the scheduler's has been there for long.
        Thread[] threads = new Thread[2 * top.activeCount() + 16];
        top.enumerate(threads);
        return threads;
    }
}
