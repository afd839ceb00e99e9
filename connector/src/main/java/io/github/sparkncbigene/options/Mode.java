package io.github.sparkncbigene.options;

/** The treatment of invalid or missing data, as in Spark's own readers. */
public enum Mode {
    /** Returns a row with a warning. */
    PERMISSIVE,
    /** Returns no row. */
    DROPMALFORMED,
    /** Throws an error. */
    FAILFAST
}
