package io.github.sparkncbigene.scan;

/** What whoever plans a join needs to know of a scan of the gene service. */
public interface PrunableScan {
    /** Whether neither options nor filters say which genes to read, so that only a join can. */
    boolean isUnbounded();

    /** How many rows there will be, about; the largest number where nothing says. */
    long estimatedRows();
}
