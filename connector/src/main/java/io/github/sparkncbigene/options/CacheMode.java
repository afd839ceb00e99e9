package io.github.sparkncbigene.options;

/** What the cache is used for. */
public enum CacheMode {
    /** What is cached is not fetched. */
    NORMAL,
    /** Everything is fetched, and replaces what is cached. */
    REFRESH,
    /** Nothing is fetched. */
    OFFLINE
}
