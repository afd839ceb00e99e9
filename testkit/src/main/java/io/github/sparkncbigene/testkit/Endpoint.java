package io.github.sparkncbigene.testkit;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The endpoints below {@code /gene}, with the query parameters that NCBI documents for each. */
enum Endpoint {
    METADATA(Report.GENE, ""),
    DATASET_REPORT(Report.GENE, "dataset_report"),
    PRODUCT_REPORT(Report.PRODUCT, "product_report");

    /** The selectors of a GET request. */
    enum By {
        ACCESSION("accession", "accessions"),
        ID("id", "gene_ids"),
        LOCUS_TAG("locus_tag", "locus_tags"),
        SYMBOL("symbol", "symbols"),
        TAXON("taxon", "taxon");

        private final String segment;
        private final String parameter;

        By(String segment, String parameter) {
            this.segment = segment;
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }

        static By ofSegment(String segment) {
            return Arrays.stream(values())
                    .filter(by -> by.segment.equals(segment))
                    .findFirst()
                    .orElseThrow(InvalidRequest::notFound);
        }
    }

    private static final List<String> COMMON =
            List.of("table_fields", "include_tabular_header", "page_size", "page_token");
    private static final List<String> REPORTS = List.of("table_format", "query", "types");
    private static final List<String> SORT = List.of("sort.field", "sort.direction");

    private final Report report;
    private final String segment;

    Endpoint(Report report, String segment) {
        this.report = report;
        this.segment = segment;
    }

    Report report() {
        return report;
    }

    static Endpoint ofSegment(String segment) {
        return Arrays.stream(values())
                .filter(endpoint -> endpoint.segment.equals(segment))
                .findFirst()
                .orElseThrow(InvalidRequest::notFound);
    }

    /** Returns the names of the query parameters that GET accepts. */
    Set<String> parameters(By by) {
        Set<String> names = new LinkedHashSet<>(COMMON);
        switch (this) {
            case METADATA -> {
                names.addAll(List.of("returned_content", "locus_tags", "accession_filter", "tax_search_subtree"));
                names.addAll(SORT);
                if (by == By.TAXON) {
                    names.addAll(List.of("query", "types"));
                }
            }
            case DATASET_REPORT -> {
                names.add("returned_content");
                names.addAll(REPORTS);
            }
            case PRODUCT_REPORT -> {
                names.addAll(REPORTS);
                if (by == By.ID || by == By.ACCESSION || by == By.LOCUS_TAG) {
                    names.add("accession_filter");
                }
                if (by == By.ACCESSION) {
                    names.add("tax_search_subtree");
                }
            }
        }
        if (this != METADATA) {
            switch (by) {
                case ID, ACCESSION -> names.addAll(SORT);
                case LOCUS_TAG -> names.add("sort.field");
                case SYMBOL, TAXON -> names.add("tax_search_subtree");
            }
        }
        return names;
    }
}
