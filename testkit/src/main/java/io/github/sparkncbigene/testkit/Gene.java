package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A gene that the service knows. Its trees may be built on each call and belong to the gene: callers must not change
 * them.
 */
interface Gene {
    long id();

    String symbol();

    long taxId();

    String type();

    /** Returns the text that a word search looks at, in lower case. */
    String words();

    /** Returns the member {@code gene} of a gene report. */
    ObjectNode report();

    /** Returns the member {@code product} of a product report. */
    ObjectNode product();

    default ObjectNode descriptor(Report report) {
        return report == Report.GENE ? report() : product();
    }
}
