package io.github.sparkncbigene.options;

/** What becomes of what is wrong, as in Spark's own readers. */
public enum Mode {
    /** A row that says so. */
    PERMISSIVE,
    /** No row. */
    DROPMALFORMED,
    /** An error. */
    FAILFAST
}
