package io.github.sparkncbigene.options;

import java.io.Serializable;
import java.util.Objects;

/** A value that never becomes text: printing it, or anything that holds it, shows only that it is there. */
public final class Secret implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String value;

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
        return "(hidden)";
    }
}
