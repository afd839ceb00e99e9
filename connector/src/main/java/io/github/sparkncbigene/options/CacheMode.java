package io.github.sparkncbigene.options;

/** The use of the cache. */
public enum CacheMode {
    /** Cached responses are not fetched. */
    NORMAL,
    /** Everything is fetched, and replaces what is cached. */
    REFRESH,
    /** Nothing is fetched. */
    OFFLINE
}
