package io.github.sparkncbigene.options;

import java.util.Locale;

/** The group of NCBI's endpoints that receives the requests. */
public enum Endpoint {
    /** {@code dataset_report} and {@code product_report}. */
    REPORT,
    /** The older paths, which NCBI calls deprecated. */
    METADATA;

    /** Returns the option's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
