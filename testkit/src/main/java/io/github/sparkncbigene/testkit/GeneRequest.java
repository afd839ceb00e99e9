package io.github.sparkncbigene.testkit;

import java.util.List;

/**
 * What a request asks for, wherever it says so: path, query string or body.
 *
 * @param symbolTaxon the taxon of the symbols, "" for none
 * @param taxon the taxon all of whose genes are wanted, "" for none
 * @param tableFormat name of a set of table fields, "" for none
 * @param pageSize reports wanted in a page, from 1 to 1000
 * @param pageToken token of the page wanted, "" for the first
 * @param query words to look for, "" for none
 */
record GeneRequest(
        Endpoint endpoint,
        List<String> accessions,
        List<String> geneIds,
        List<String> locusTags,
        List<String> symbols,
        String symbolTaxon,
        String taxon,
        boolean subtree,
        Content content,
        List<String> tableFields,
        String tableFormat,
        Header header,
        int pageSize,
        String pageToken,
        String query,
        List<String> types,
        List<String> accessionFilter,
        List<Sort> sort) {

    static final int DEFAULT_PAGE_SIZE = 20;
    static final int MAX_PAGE_SIZE = 1000;

    /** How much of a gene report is wanted. */
    enum Content {
        COMPLETE,
        IDS_ONLY,
        COUNTS_ONLY
    }

    /** On which pages a tabular report starts with its header. */
    enum Header {
        INCLUDE_TABULAR_HEADER_FIRST_PAGE_ONLY,
        INCLUDE_TABULAR_HEADER_ALWAYS,
        INCLUDE_TABULAR_HEADER_NEVER
    }

    /** Direction of a sort. */
    enum Direction {
        SORT_DIRECTION_UNSPECIFIED,
        SORT_DIRECTION_ASCENDING,
        SORT_DIRECTION_DESCENDING
    }

    /** A field to sort by. */
    record Sort(String field, Direction direction) {}

    boolean isFirstPage() {
        return pageToken.isEmpty();
    }

    boolean hasHeader() {
        return header == Header.INCLUDE_TABULAR_HEADER_ALWAYS
                || (header == Header.INCLUDE_TABULAR_HEADER_FIRST_PAGE_ONLY && isFirstPage());
    }

    Report report() {
        return endpoint.report();
    }

    /** A number that tells requests apart, but not the pages of one request. */
    long fingerprint() {
        long hash = Mix.hash(endpoint.name()
                + '|'
                + symbolTaxon
                + '|'
                + taxon
                + '|'
                + subtree
                + '|'
                + content
                + '|'
                + tableFields
                + '|'
                + tableFormat
                + '|'
                + header
                + '|'
                + pageSize
                + '|'
                + query
                + '|'
                + types
                + '|'
                + accessionFilter
                + '|'
                + sort);
        for (List<String> selector : List.of(accessions, geneIds, locusTags, symbols)) {
            for (String id : selector) {
                hash = Mix.mix(hash, Mix.hash(id));
            }
            hash = Mix.mix(hash, 0);
        }
        return hash;
    }
}
