package io.github.sparkncbigene.scan;

/** What becomes of what is wrong, as in Spark's own readers. */
enum Mode {
    /** A row that says so. */
    PERMISSIVE,
    /** No row. */
    DROPMALFORMED,
    /** An error. */
    FAILFAST
}
