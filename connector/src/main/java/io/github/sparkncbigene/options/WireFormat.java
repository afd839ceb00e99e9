package io.github.sparkncbigene.options;

import java.util.Locale;

/** The format in which the service sends reports. */
public enum WireFormat {
    JSON,
    NDJSON,
    TSV;

    /** Returns the option's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
