package io.github.sparkncbigene.options;

/** The part of each gene that NCBI returns. The names are NCBI's. */
public enum ReturnedContent {
    COMPLETE,
    IDS_ONLY,
    COUNTS_ONLY
}
