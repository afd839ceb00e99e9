package io.github.sparkncbigene.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A gene the service knows. Trees may be built at each call and belong to the gene: nobody may change them. */
interface Gene {
    long id();

    String symbol();

    long taxId();

    String type();

    /** What a search for words looks at, in lower case. */
    String words();

    /** The member {@code gene} of a gene report. */
    ObjectNode report();

    /** The member {@code product} of a product report. */
    ObjectNode product();

    default ObjectNode descriptor(Report report) {
        return report == Report.GENE ? report() : product();
    }
}
