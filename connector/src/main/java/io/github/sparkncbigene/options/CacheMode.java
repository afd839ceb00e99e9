package io.github.sparkncbigene.options;

import java.util.Locale;

/** The use of the cache. */
public enum CacheMode {
    /** Cached responses are not fetched. */
    NORMAL,
    /** Everything is fetched, and replaces what is cached. */
    REFRESH,
    /** Nothing is fetched. */
    OFFLINE;

    /** Returns the option's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
