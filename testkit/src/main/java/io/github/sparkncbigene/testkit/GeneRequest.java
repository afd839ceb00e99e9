package io.github.sparkncbigene.testkit;

import java.util.List;

/**
 * The contents of a request, from its path, query string and body.
 *
 * @param symbolTaxon the taxon of the symbols, "" for none
 * @param taxon the taxon whose genes are all requested, "" for none
 * @param tableFormat name of a set of table fields, "" for none
 * @param pageSize reports per page, from 1 to 1000
 * @param pageToken token of the requested page, "" for the first
 * @param query words to search for, "" for none
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

    /** The requested part of a gene report. */
    enum Content {
        COMPLETE,
        IDS_ONLY,
        COUNTS_ONLY
    }

    /** The pages on which a tabular report starts with its header. */
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

    /** Returns a number that differs between requests, but not between pages of one request. */
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
