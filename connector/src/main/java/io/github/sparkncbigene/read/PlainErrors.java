package io.github.sparkncbigene.read;

import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.spark.SparkEnv;

/**
 * Makes a task's errors readable for a driver that does not find the connector's classes. Spark cannot deserialize an
 * error that contains one of them, and reports {@code UnknownReason} without any text.
 */
final class PlainErrors {
    private final Predicate<Class<?>> known;

    /** @param known returns true for classes that every driver has */
    PlainErrors(Predicate<Class<?>> known) {
        this.known = known;
    }

    /** Accepts the classes of the JDK, and those of the loader that loaded Spark itself. */
    static PlainErrors ofSpark() {
        return new PlainErrors(PlainErrors::isOfSpark);
    }

    /**
     * Copies an error without classes from the connector's jar.
     *
     * @param error the exception of a task
     * @return the error itself if every class is known; otherwise an exception of the JDK with its message
     */
    RuntimeException of(RuntimeException error) {
        return isPlain(error) ? error : copy(error, error.getMessage());
    }

    private static boolean isOfSpark(Class<?> type) {
        for (ClassLoader loader = SparkEnv.class.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader == type.getClassLoader()) {
                return true;
            }
        }
        return type.getClassLoader() == null;
    }

    private boolean isPlain(Throwable error) {
        return known.test(error.getClass())
                && (error.getCause() == null || isPlain(error.getCause()))
                && Arrays.stream(error.getSuppressed()).allMatch(this::isPlain);
    }

    private RuntimeException copy(Throwable error, String message) {
        Throwable cause = error.getCause() == null ? null : plain(error.getCause());
        RuntimeException copy = error instanceof IllegalArgumentException
                ? new IllegalArgumentException(message, cause)
                : new IllegalStateException(message, cause);
        copy.setStackTrace(error.getStackTrace());
        for (Throwable suppressed : error.getSuppressed()) {
            copy.addSuppressed(plain(suppressed));
        }
        return copy;
    }

    /** Copies the cause of an error, with the name of its class. */
    private Throwable plain(Throwable cause) {
        return isPlain(cause) ? cause : copy(cause, cause.toString());
    }
}
