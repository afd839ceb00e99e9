package io.github.sparkncbigene.testkit.check;

import io.github.sparkncbigene.testkit.check.CheckRequest.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The requests of the check, in the order in which they are sent. */
enum Probe {
    ACCESSION("/gene/accession/NM_021803.4/dataset_report"),
    METADATA("/gene/accession/NM_021803.4"),
    POST_REPORT("/gene/dataset_report", "{\"accessions\":[\"NM_021803.4\",\"NM_000546.6\"],\"page_size\":1000}"),
    PRODUCT("/gene/accession/NM_003002.4,NM_000546.6/product_report"),
    NO_VERSION("/gene/accession/NM_000546/dataset_report"),
    SUPERSEDED_VERSION("/gene/accession/NM_000546.5/dataset_report"),
    SEVERAL_FOR_ONE_GENE("/gene/accession/NM_000546.6%2CNP_000537.3/dataset_report"),
    UNKNOWN_ALONE("/gene/accession/NM_999999999.1/dataset_report"),
    UNKNOWN_BESIDE_KNOWN("/gene/accession/NM_021803.4,NM_999999999.1/dataset_report"),
    NO_ACCESSION("/gene/accession/NM_021803.4,NOT_AN_ACCESSION/dataset_report"),
    LOWER_CASE("/gene/accession/nm_021803.4/dataset_report"),
    OTHER_DATABASES("/gene/accession/ENST00000269305,WP_000516135.1,NG_017013.2,U49845.1/dataset_report"),
    IDS_ONLY("/gene/accession/NM_021803.4/dataset_report", Kind.PARTIAL, "returned_content=IDS_ONLY"),
    COUNTS_ONLY("/gene/accession/NM_021803.4/dataset_report", Kind.PARTIAL, "returned_content=COUNTS_ONLY"),
    PAGE_1("/gene/id/6392,1956,59067,50615,7157/dataset_report", Kind.WHOLE, "page_size=3"),
    PAGE_2("/gene/id/6392,1956,59067,50615,7157/dataset_report", Kind.WHOLE, "page_size=3"),
    PAGE_SIZE_2000("/gene/id/59067,50615/dataset_report", Kind.WHOLE, "page_size=2000"),
    SORT(
            "/gene/id/672,1080,3043,7157/dataset_report",
            Kind.WHOLE,
            "sort.field=symbol",
            "sort.direction=SORT_DIRECTION_ASCENDING"),
    ACCESSION_AND_LOCUS_TAG("/gene/accession/NP_068575.1", Kind.OTHER_SELECTOR, "locus_tags=b0001"),
    GENE_ID_AND_LOCUS_TAG("/gene/dataset_report", "{\"gene_ids\":[59067],\"locus_tags\":[\"b0001\"]}"),
    SYMBOL("/gene/dataset_report", "{\"symbols_for_taxon\":{\"symbols\":[\"il21\"],\"taxon\":\"human\"}}"),
    SYNONYM("/gene/symbol/CVID11/taxon/9606/dataset_report", Kind.OTHER_SELECTOR),
    UNKNOWN_SYMBOL("/gene/symbol/NOSUCHGENE99/taxon/9606/dataset_report", Kind.OTHER_SELECTOR),
    LOCUS_TAG("/gene/locus_tag/b0001/dataset_report", Kind.OTHER_SELECTOR),
    LINES("/gene/id/59067,50615,7157/dataset_report", Kind.LINES, "page_size=2"),
    FIELDS_IN_JSON("/gene/accession/NM_021803.4/dataset_report", Kind.PARTIAL, "table_fields=gene-id"),
    TABLE(
            "/gene/id/59067,50615,7157/dataset_report",
            Kind.TABLE,
            "page_size=2",
            "table_fields=symbol",
            "table_fields=gene-id"),
    TABLE_PAGE_2(
            "/gene/id/59067,50615,7157/dataset_report",
            Kind.TABLE,
            "page_size=2",
            "table_fields=symbol",
            "table_fields=gene-id"),
    EMPTY_TABLE(
            "/gene/accession/NM_999999999.1/dataset_report", Kind.TABLE, "table_fields=gene-id", "table_fields=symbol"),
    GENE_LABELS(
            "/gene/id/26834/dataset_report",
            Kind.TABLE,
            "table_fields=gene-id",
            "table_fields=transcript-count",
            "table_fields=protein-count",
            "table_fields=go-bp-id",
            "table_fields=go-bp-name",
            "table_fields=go-bp-reference-pmid",
            "table_fields=go-cc-id",
            "table_fields=go-cc-name",
            "table_fields=go-mf-id",
            "table_fields=go-mf-name",
            "table_fields=summary-description",
            "table_fields=annotation-genomic-range-accession"),
    PRODUCT_LABELS(
            "/gene/id/26834/product_report",
            Kind.TABLE,
            "table_fields=gene-id",
            "table_fields=transcript-count",
            "table_fields=protein-count",
            "table_fields=transcript-length",
            "table_fields=transcript-protein-accession",
            "table_fields=transcript-protein-length",
            "table_fields=transcript-select-category",
            "table_fields=transcript-genomic-location-accession"),
    REPEATED_OBJECTS(
            "/gene/id/59067/dataset_report",
            Kind.TABLE,
            "table_fields=annotation-assembly-accession",
            "table_fields=go-mf-id"),
    SUMMARY_FORMAT("/gene/id/59067/dataset_report", Kind.TABLE, "table_format=summary"),
    ONTOLOGY_FORMAT("/gene/id/26834/dataset_report", Kind.TABLE, "table_format=gene-ontology"),
    PRODUCT_SUMMARY_FORMAT("/gene/id/26834/product_report", Kind.TABLE, "table_format=summary"),
    FILTERED_TABLE(
            "/gene/accession/NP_000537.3/product_report",
            Kind.TABLE,
            "accession_filter=NM_001126112.3",
            "table_fields=gene-id",
            "table_fields=transcript-accession"),
    FILTERED_JSON("/gene/accession/NP_000537.3/product_report", Kind.PARTIAL, "accession_filter=NM_001126112.3"),
    FILTER_WITHOUT_MATCH(
            "/gene/accession/NM_000546.6/product_report",
            Kind.TABLE,
            "accession_filter=NM_021803.4",
            "table_fields=gene-id",
            "table_fields=transcript-accession"),
    WRONG_FIELD("/gene/accession/NM_021803.4/dataset_report", Kind.TABLE, "table_fields=no-such-field");

    static final String JSON = "application/json";
    static final String NDJSON = "application/x-ndjson";
    static final String TSV = "text/tab-separated-values";

    /** The kind of response, for recordings. */
    enum Kind {
        /** A page of complete reports, by accession or GeneID. */
        WHOLE(JSON),
        /** A page of complete reports, by anything else. */
        OTHER_SELECTOR(JSON),
        /** A page of reports with less than all of their members. */
        PARTIAL(JSON),
        /** Lines of JSON. */
        LINES(NDJSON),
        /** A table. */
        TABLE(TSV);

        private final String accept;

        Kind(String accept) {
            this.accept = accept;
        }
    }

    private final String path;
    private final Kind kind;
    private final List<Parameter> query = new ArrayList<>();
    private final Optional<String> body;

    Probe(String path) {
        this(path, Kind.WHOLE);
    }

    Probe(String path, Kind kind, String... query) {
        this.path = path;
        this.kind = kind;
        this.body = Optional.empty();
        for (String parameter : query) {
            int equals = parameter.indexOf('=');
            this.query.add(new Parameter(parameter.substring(0, equals), parameter.substring(equals + 1)));
        }
    }

    Probe(String path, String body) {
        this.path = path;
        this.kind = body.contains("accessions") ? Kind.WHOLE : Kind.OTHER_SELECTOR;
        this.body = Optional.of(body);
    }

    Kind kind() {
        return kind;
    }

    boolean isProduct() {
        return path.endsWith("/product_report");
    }

    /** Returns the short name of the request. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the request before this one, if this one requests a next page. */
    Optional<Probe> previous() {
        return switch (this) {
            case PAGE_2 -> Optional.of(PAGE_1);
            case TABLE_PAGE_2 -> Optional.of(TABLE);
            default -> Optional.empty();
        };
    }

    /**
     * Returns the request as it is sent.
     *
     * @param token the page token, empty for a first page
     */
    CheckRequest request(Optional<String> token) {
        List<Parameter> parameters = new ArrayList<>(query);
        token.ifPresent(text -> parameters.add(new Parameter("page_token", text)));
        return new CheckRequest(id(), path, List.copyOf(parameters), body, kind.accept);
    }

    /** Returns the request before it is sent: a next page has a placeholder for its token. */
    CheckRequest planned() {
        return request(previous().map(page -> "TOKEN_OF_" + page.name()));
    }
}
