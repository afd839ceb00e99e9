package io.github.sparkncbigene.options;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalogue of options: each option's name, values, default and effect. Everything that validates, suggests,
 * resolves or documents an option starts here.
 */
public enum Option {
    REPORT("report", OptionType.oneOf("gene", "product"), "gene", """
            `gene`: a row per (identifier asked for, gene); `product`: a row per (identifier, gene, transcript)."""),
    ACCESSIONS("accessions", OptionType.LIST, null, """
            RefSeq transcript or protein accessions, with or without version; Ensembl transcript and protein ids work \
            too."""),
    ACCESSIONS_PATH("accessions_path", OptionType.PATHS, null, """
            Text files of accessions on any Hadoop file system, one a line, `#` starts a comment, gzip too; the same as \
            `load("path")`."""),
    LOCUS_TAGS("locus_tags", OptionType.LIST, null, """
            Locus tags, such as `b0001`; beside accessions only on the metadata endpoint, where NCBI decides what both \
            together mean."""),
    GENE_IDS("gene_ids", OptionType.LIST, null, "NCBI GeneIDs, whole numbers."),
    SYMBOLS("symbols", OptionType.LIST, null, """
            Gene symbols of one taxon, given by `taxon`; NCBI matches synonyms too."""),
    TAXON("taxon", OptionType.TEXT, null, """
            NCBI Taxonomy ID or name: alone, all genes of the taxon; with `symbols`, the taxon they are symbols of."""),
    TAX_SEARCH_SUBTREE("tax_search_subtree", OptionType.BOOLEAN, null, """
            Include the taxa below `taxon`; sent unchanged, NCBI's default is `false`."""),
    QUERY("query", OptionType.TEXT, null, """
            Limit to genes whose symbol, name, alias, locus tag or protein name matches; applied by NCBI, on the \
            metadata endpoint by taxon only."""),
    TYPES("types", OptionType.LIST, null, """
            Limit to types of gene, such as `PROTEIN_CODING,ncRNA`; applied by NCBI, on the metadata endpoint by taxon \
            only."""),
    ACCESSION_FILTER("accession_filter", OptionType.LIST, null, """
            Transcript or protein accessions to keep in a product report; sent to NCBI, which applies it to tabular \
            answers, and applied to the rows. An identifier of whose genes it keeps no transcript is as one for which \
            NCBI returns nothing, see `mode`."""),
    TABLE_FIELDS("table_fields", OptionType.LIST, null, """
            NCBI's tabular report instead of nested columns: exactly these table fields, in this order; see \
            docs/schema.md. `accession` may be among them."""),
    TABLE_FORMAT("table_format", OptionType.oneOf("summary", "gene-ontology"), null, """
            A named set of table fields instead of `table_fields`; `gene-ontology` for the gene report only."""),
    INCLUDE_TABULAR_HEADER(
            "include_tabular_header",
            OptionType.oneOf(
                    "INCLUDE_TABULAR_HEADER_FIRST_PAGE_ONLY",
                    "INCLUDE_TABULAR_HEADER_ALWAYS",
                    "INCLUDE_TABULAR_HEADER_NEVER"),
            null,
            "When a tabular answer carries its header line; sent unchanged, any choice reads the same."),
    RETURNED_CONTENT("returned_content", OptionType.oneOf("COMPLETE", "IDS_ONLY", "COUNTS_ONLY"), null, """
            How much of each gene NCBI returns: all of it, GeneIDs only, or GeneIDs and counts; the other columns are \
            null."""),
    SORT_FIELD("sort.field", OptionType.TEXT, null, """
            What NCBI sorts reports by, within one request; sent unchanged, its values are documented nowhere."""),
    SORT_DIRECTION(
            "sort.direction",
            OptionType.oneOf("SORT_DIRECTION_UNSPECIFIED", "SORT_DIRECTION_ASCENDING", "SORT_DIRECTION_DESCENDING"),
            null,
            "Which way NCBI sorts reports, within one request; sent unchanged."),
    PAGE_TOKEN("page_token", OptionType.TEXT, null, """
            Start with the page that this token of an earlier answer names; for a scan of a single request. \
            Identifiers answered by earlier pages are not reported as missing."""),
    ENDPOINT("endpoint", OptionType.oneOf("report", "metadata"), "report", """
            `report`: NCBI's `…/dataset_report` and `…/product_report`; `metadata`: `/gene/accession/{accessions}` and \
            its siblings, which NCBI calls deprecated and still serves."""),
    METHOD("method", OptionType.oneOf("auto", "get", "post"), "auto", """
            `auto`: GET while the URL is short, else POST."""),
    WIRE_FORMAT("wire_format", OptionType.oneOf("auto", "json", "ndjson", "tsv"), "auto", """
            What NCBI sends: `auto` is TSV for table fields where it carries all that is asked for, else JSON. The rows \
            are the same."""),
    MODE("mode", OptionType.oneOf("PERMISSIVE", "DROPMALFORMED", "FAILFAST"), "PERMISSIVE", """
            What becomes of an identifier for which NCBI returns nothing: a row whose `warnings` say why, no row, or \
            an error."""),
    PUSH_DOWN("push_down", OptionType.BOOLEAN, "true", """
            Let the query decide what is asked for; `false` reads everything that the options select, and the rows are \
            the same."""),
    BATCH_SIZE("batch_size", OptionType.intBetween(1, 1000), "1000", "Identifiers asked for in one request, at most."),
    PAGE_SIZE("page_size", OptionType.intBetween(1, 1000), "1000", """
            Reports in one page of an answer; sent unchanged, 1000 is NCBI's maximum."""),
    MAX_PARTITIONS("max_partitions", OptionType.intBetween(1, 100_000), "8", """
            Partitions of the scan, at most; a batch is never split over two. Where the rate is limited or this is not \
            given, no more than the cluster runs tasks at once."""),
    BASE_URL("base_url", OptionType.URL, "https://api.ncbi.nlm.nih.gov/datasets/v2", """
            Address of the service; the environment's `NCBI_GATEWAY_URL` where not given. Plain http only to this \
            machine, unless `allow_http` is `true`.""", "NCBI_GATEWAY_URL"),
    ALLOW_HTTP("allow_http", OptionType.BOOLEAN, "false", """
            Allow plain http to other machines; anybody between can then read the requests and the key."""),
    API_KEY("api_key", OptionType.SECRET, null, """
            NCBI API key, which raises the rate limit; where not given, the environment's `NCBI_API_KEY`, or else \
            `ncbi.api.key` of a Hadoop credential provider. Sent as a header, printed nowhere. Also called `api_token`, \
            which Spark hides where it shows settings; see docs/api-key.md.""", "NCBI_API_KEY"),
    REQUESTS_PER_SECOND("requests_per_second", OptionType.RATE, null, """
            Requests in any second, retries included; `0` for no limit. The limit holds for the whole Spark application: \
            all scans, queries and streams with the same `base_url` and key. Default: 5, or 10 with an `api_key`, which \
            is what NCBI allows. If several applications run behind one address, give each its part."""),
    MAX_IN_FLIGHT("max_in_flight", OptionType.intBetween(1, 10_000), "64", """
            Requests under way at once, over the whole query, at most; answers that wait to be read count too, save \
            that what a task waits for is always asked for."""),
    MAX_HELD_BYTES("max_held_bytes", OptionType.intBetween(1 << 20, Integer.MAX_VALUE - 16), "134217728", """
            Bytes of answers, as sent, that the tasks of a JVM hold before they stop asking ahead."""),
    MAX_RETRIES("max_retries", OptionType.intBetween(0, 1000), "10", """
            Retries of one page after transient failures: broken connection, 408, 429, 5xx but 501, a response that \
            is cut or does not answer the request. A page makes at most 1 + `max_retries` requests, whatever the \
            mixture of failures. `Retry-After` holds for all executors. An address that has never answered is given up \
            sooner, within 15 s."""),
    RETRY_WAIT("retry_wait", OptionType.DURATION, "1s", """
            First retry delay (±25 %). Doubles with each retry of the page, up to 30 s."""),
    PROXY_ADDRESS("proxy_address", OptionType.PROXY, null, """
            HTTP proxy for all requests, such as `proxy.example.org:3128`; `none` for no proxy. Where not given, \
            `HTTPS_PROXY` (`HTTP_PROXY` if `base_url` is plain http) and `NO_PROXY` of the driver's environment, in \
            capitals or not; where those are not set either, Java's own settings. See docs/tuning.md."""),
    PROXY_USERNAME("proxy_username", OptionType.CREDENTIAL, null, """
            User name for the proxy, by Basic authentication. Treated like `api_key`: never printed by the connector."""),
    PROXY_PASSWORD("proxy_password", OptionType.CREDENTIAL, null, """
            Password for the proxy. Treated like `api_key`: never printed by the connector."""),
    CONNECT_TIMEOUT(
            "connect_timeout",
            OptionType.TIMEOUT,
            "10s",
            "How long to wait for a connection; its host name is looked up within this time, too."),
    RESPONSE_TIMEOUT("response_timeout", OptionType.TIMEOUT, "120s", """
            How long the service may be silent, before it answers and while it sends."""),
    REQUEST_TIMEOUT("request_timeout", OptionType.TIMEOUT, "10m", """
            How long one response may take as a whole, whatever it is waiting for. Then the connection is cut."""),
    QUERY_TIMEOUT("query_timeout", OptionType.TIMEOUT, null, """
            How long a task may read as a whole; not given, as long as it takes."""),
    MAX_PAGES("max_pages", OptionType.intBetween(1, 1_000_000), "10000", """
            Pages of one batch, at most; more are an error."""),
    MAX_RESPONSE_BYTES("max_response_bytes", OptionType.intBetween(1 << 16, Integer.MAX_VALUE - 16), "268435456", """
            Bytes of one answer as sent, at most; a larger one is an error."""),
    MAX_DECODED_BYTES("max_decoded_bytes", OptionType.intBetween(1 << 16, Integer.MAX_VALUE - 16), "2000000000", """
            Bytes of one answer inflated, at most; a larger one is an error."""),
    MAX_REPORT_ELEMENTS("max_report_elements", OptionType.intBetween(1000, 100_000_000), "250000", """
            List elements of one report, or of the messages of one response; more are an error. The largest reports \
            known have a tenth of that."""),
    MAX_REPORT_BYTES("max_report_bytes", OptionType.intBetween(1 << 16, 1 << 30), "16777216", """
            Bytes that one report, one line of a table, or the messages of one response take in memory; more are an \
            error. Columns that the query does not read do not count."""),
    CHECKPOINT_PATH("checkpoint_path", OptionType.TEXT, null, """
            A directory on any Hadoop file system in which the answers to finished batches are kept: a job that is run \
            again makes only the requests that are missing there. Holds what NCBI answered and what was asked, no \
            key; see docs/resume.md."""),
    CHECKPOINT_MAX_AGE("checkpoint_max_age", OptionType.DURATION, "7d", """
            How old an answer in `checkpoint_path` may be to be used; older ones are asked for anew."""),
    MAX_IDS_PER_TRIGGER("max_ids_per_trigger", OptionType.intBetween(1, 100_000_000), "10000", """
            Lines with an accession that a micro-batch of a stream takes from its files, at most; for `readStream` \
            only."""),
    REPLACED_FILES("replaced_files", OptionType.oneOf("error", "reread"), "error", """
            What a stream does when a file that it has read is replaced or shortened. `error`: it ends with an error \
            that names the file; `reread`: it reads the file from its start. For `readStream` only.""");

    private static final Map<String, Option> BY_NORMALISED_KEY =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(o -> normalise(o.key), Function.identity()));

    private final String key;
    private final OptionType type;
    private final String defaultValue;
    private final String sentence;
    private final String environmentVariable;

    Option(String key, OptionType type, String defaultValue, String sentence) {
        this(key, type, defaultValue, sentence, null);
    }

    Option(String key, OptionType type, String defaultValue, String sentence, String environmentVariable) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.sentence = sentence;
        this.environmentVariable = environmentVariable;
    }

    /** Returns the option's documented name. */
    public String key() {
        return key;
    }

    /** Returns the type of its values. */
    public OptionType type() {
        return type;
    }

    /** Returns the default; empty if the option has none. */
    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** Returns the environment variable that is read if the option is not set. */
    public Optional<String> environmentVariable() {
        return Optional.ofNullable(environmentVariable);
    }

    /** Returns the description, in Markdown. */
    public String sentence() {
        return sentence;
    }

    /** Returns the release that introduced it. */
    public String since() {
        return "0.1.0";
    }

    /** Finds the option with this name, in any case and with any separator between words. */
    static Optional<Option> find(String name) {
        return Optional.ofNullable(BY_NORMALISED_KEY.get(normalise(name)));
    }

    static List<String> keys() {
        return Stream.of(values()).map(Option::key).toList();
    }

    static String normalise(String name) {
        StringBuilder normalised = new StringBuilder(name.length());
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c != '_' && c != '-' && c != '.') {
                normalised.append(c);
            }
        }
        return normalised.toString();
    }
}
