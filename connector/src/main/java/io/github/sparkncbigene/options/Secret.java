package io.github.sparkncbigene.options;

import io.github.sparkncbigene.error.NcbiGeneException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/** A value that never becomes text: printing it, or anything that holds it, shows only that it is there. */
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

    /** The value itself, for the one header it belongs in. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    /** The same for all, so that not even a hash of the value can be printed. */
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return HIDDEN;
    }

    /**
     * A text of somebody else's without the value, should it repeat it: whole, in part, or encoded. To be called before
     * the text is shortened, and it does no harm to call it again.
     */
    public String hideIn(String text) {
        Pattern found = pattern;
        if (found == null) {
            found = SecretPattern.of(value);
            pattern = found;
        }
        return found.matcher(text).replaceAll(HIDDEN);
    }

    /** An error of the connector's without the value. */
    public NcbiGeneException hideIn(NcbiGeneException error) {
        String message = hideIn(error.getMessage());
        Throwable cause = error.getCause() == null ? null : hideIn(error.getCause());
        if (message.equals(error.getMessage()) && cause == error.getCause()) {
            return error;
        }
        String prefix = "[" + error.code().code() + "] ";
        NcbiGeneException copy = new NcbiGeneException(
                error.code(), message.startsWith(prefix) ? message.substring(prefix.length()) : message, cause);
        copy.setStackTrace(error.getStackTrace());
        return copy;
    }

    /** An error whose words, and those of what caused it, are without the value; the same one where they are already. */
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
