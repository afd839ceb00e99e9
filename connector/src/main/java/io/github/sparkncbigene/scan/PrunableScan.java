package io.github.sparkncbigene.scan;

import io.github.sparkncbigene.identifier.KeyColumn;
import java.util.List;

/** A scan of the gene service, as the planning of joins sees it. */
public interface PrunableScan {
    /** Returns true if neither options nor filters select genes, so that only a join can. */
    boolean isUnbounded();

    /**
     * Returns true if rows show a column's values only if genes are requested by them. Without keys, a join on the
     * column fails or finds nothing.
     */
    boolean needsKeysOf(KeyColumn key);

    /** Returns true if an option names the taxon. */
    boolean namesTaxon();

    /** Returns true if an option or a filter names a taxon, so that symbols select genes. */
    boolean isOfTaxa();

    /** Returns true if the scan's report has the column. */
    boolean hasKey(KeyColumn key);

    /**
     * Tells the scan why the joins above it supplied no keys.
     *
     * @param reasons whole sentences; none if no join is above the scan, or its keys were found
     */
    void keysMissing(List<String> reasons);

    /** Returns the approximate number of rows; the largest number if nothing is known. */
    long estimatedRows();
}
