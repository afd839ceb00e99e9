package io.github.sparkncbigene.scan;

import java.util.List;

/** What whoever plans a join needs to know of a scan of the gene service. */
public interface PrunableScan {
    /** Whether neither options nor filters say which genes to read, so that only a join can. */
    boolean isUnbounded();

    /**
     * Whether rows show a column's values only if genes are asked for by these: without any, a join by the column fails
     * or finds nothing.
     */
    boolean needsKeysOf(String column);

    /**
     * Tells the scan what stands between it and the keys of the joins above it.
     *
     * @param reasons in whole sentences; none where no join is above, or its keys were found
     */
    void keysMissing(List<String> reasons);

    /** How many rows there will be, about; the largest number where nothing says. */
    long estimatedRows();
}
