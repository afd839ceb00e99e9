package io.github.sparkncbigene.scan;

import java.util.List;

/** What a planner of joins needs to know about a scan of the gene service. */
public interface PrunableScan {
    /** Returns true if neither options nor filters select genes, so that only a join can. */
    boolean isUnbounded();

    /**
     * Whether rows show a column's values only if genes are asked for by these: without any, a join by the column fails
     * or finds nothing.
     */
    boolean needsKeysOf(String column);

    /** Whether an option names the taxon. */
    boolean namesTaxon();

    /** Whether an option or a filter names a taxon, so that symbols say which genes to read. */
    boolean isOfTaxa();

    /** Tells whether its table has a column by whose keys genes are requested. */
    boolean hasKey(String column);

    /**
     * Tells the scan what stands between it and the keys of the joins above it.
     *
     * @param reasons in whole sentences; none where no join is above, or its keys were found
     */
    void keysMissing(List<String> reasons);

    /** Returns the approximate number of rows; the largest number if nothing is known. */
    long estimatedRows();
}
