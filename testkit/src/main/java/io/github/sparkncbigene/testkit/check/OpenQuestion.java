package io.github.sparkncbigene.testkit.check;

import java.util.List;

/**
 * A question about the service that no source answers.
 *
 * @param question the question in words
 * @param checks IDs of the assumptions that a check compares for it
 */
public record OpenQuestion(String question, List<String> checks) {
    static List<OpenQuestion> all() {
        return List.of(
                of("Which names `sort.field` takes", "sort-field"),
                of(
                        "What several selectors in one request find, such as accessions beside `locus_tags`",
                        "accession-and-locus-tag",
                        "several-selectors"),
                of("What `accession_filter` does outside of tables", "accession-filter-json", "filter-without-match"),
                of("What `table_fields` does outside of tables", "table-fields-json"),
                of("What `query` holds if several identifiers hit one gene", "query-several"),
                of("Whether `query` is there with `IDS_ONLY`", "query-ids-only"),
                of("Whether `query` is there with `COUNTS_ONLY`", "query-counts-only"),
                of("What a superseded version of an accession finds", "superseded-version"),
                of("What a line of NDJSON is", "line-shape"),
                of("The label of the column `go-bp-reference-pmid`", "label-go-bp-reference-pmid"),
                of("The label of the column `summary-description`", "label-summary-description"),
                of("The label of the column `transcript-count` in the product report", "label-transcript-count"),
                of("The label of the column `transcript-select-category`", "label-transcript-select-category"),
                of(
                        "Which columns a table format has",
                        "summary-format",
                        "gene-ontology-format",
                        "product-summary-format"),
                of("Whether later pages of a table repeat the header", "header-of-later-pages"),
                of("What a table is if nothing is found", "empty-table"),
                of("What a `page_size` above 1000 does", "page-size-over-1000"),
                of("Whether letter case matters in an identifier", "lower-case", "symbol-case"),
                of("What a word that cannot be an accession does to the others", "no-accession"),
                of("Headers and body of status 429", "too-many-requests"),
                of("Whether a response with status 200 can hold an error", "error-in-200"));
    }

    private static OpenQuestion of(String question, String... checks) {
        return new OpenQuestion(question, List.of(checks));
    }
}
