package io.github.sparkncbigene.options;

import io.github.sparkncbigene.error.NcbiGeneException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/** A value that never becomes text: printing it, or an object that holds it, shows only that it is set. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String HIDDEN = "(hidden)";

    private final String value;
    private transient volatile Pattern pattern;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value);
    }

    static Secret of(String value) {
        return new Secret(value);
    }

    /** Returns the value itself, for the one header that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    /** The same for all secrets, so that not even a hash of the value can be printed. */
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return HIDDEN;
    }

    /**
     * Removes the value from a foreign text that repeats it whole, in part, or encoded. Call it before the text is
     * shortened; calling it twice is harmless.
     */
    public String hideIn(String text) {
        Pattern found = pattern;
        if (found == null) {
            found = SecretPattern.of(value);
            pattern = found;
        }
        return found.matcher(text).replaceAll(HIDDEN);
    }

    /** Returns a connector error without the value. */
    public NcbiGeneException hideIn(NcbiGeneException error) {
        String message = hideIn(error.getMessage());
        Throwable cause = error.getCause() == null ? null : hideIn(error.getCause());
        if (message.equals(error.getMessage()) && cause == error.getCause()) {
            return error;
        }
        String prefix = "[" + error.code().code() + "] ";
        NcbiGeneException copy = NcbiGeneException.of(
                error.code(), message.startsWith(prefix) ? message.substring(prefix.length()) : message, cause);
        copy.setStackTrace(error.getStackTrace());
        return copy;
    }

    /**
     * Returns an error whose message, and those of its causes, do not contain the value; the same error if none does.
     */
    public Throwable hideIn(Throwable error) {
        boolean clean = true;
        for (Throwable one = error; one != null && clean; one = one.getCause()) {
            clean = hideIn(String.valueOf(one.getMessage())).equals(String.valueOf(one.getMessage()))
                    && one.getSuppressed().length == 0;
        }
        if (clean) {
            return error;
        }
        Throwable cause = error.getCause() == null ? null : hideIn(error.getCause());
        IOException copy = new IOException(hideIn(error.toString()), cause);
        copy.setStackTrace(error.getStackTrace());
        return copy;
    }
}
