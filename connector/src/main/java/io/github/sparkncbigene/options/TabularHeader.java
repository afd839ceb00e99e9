package io.github.sparkncbigene.options;

/** The pages of a tabular response that have a header line. */
public enum TabularHeader {
    FIRST_PAGE_ONLY,
    ALWAYS,
    NEVER;

    /** Returns the option's value, which is NCBI's. */
    @Override
    public String toString() {
        return "INCLUDE_TABULAR_HEADER_" + name();
    }
}
