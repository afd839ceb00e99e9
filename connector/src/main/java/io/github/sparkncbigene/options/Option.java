package io.github.sparkncbigene.options;

import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.View;
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
    REPORT("report", OptionType.oneOf(View.reportsAndViews()), Report.GENE.word(), """
            `gene`: one row per requested identifier and gene; `product`: one row per identifier, gene and transcript. \
            `location` and `transcript` are views of them without nested columns: where a gene lies on each assembly, \
            and which transcripts are MANE or RefSeq Select."""),
    ACCESSIONS("accessions", OptionType.LIST, null, """
            RefSeq transcript or protein accessions, with or without version. Ensembl transcript and protein IDs work \
            too."""),
    ACCESSIONS_PATH("accessions_path", OptionType.PATHS, null, """
            Text files of accessions on any Hadoop file system, gzip included: one accession per line; `#` starts a \
            comment. Same as `load("path")`."""),
    LOCUS_TAGS("locus_tags", OptionType.LIST, null, """
            Locus tags, such as `b0001`. Together with accessions only on the metadata endpoint, where NCBI decides \
            how the two combine."""),
    GENE_IDS("gene_ids", OptionType.LIST, null, "NCBI GeneIDs, whole numbers."),
    SYMBOLS("symbols", OptionType.LIST, null, """
            Gene symbols of the taxon that `taxon` names; NCBI matches synonyms too."""),
    TAXON("taxon", OptionType.TEXT, null, """
            NCBI Taxonomy ID or name. Alone: all genes of the taxon. With `symbols`: the taxon of the symbols."""),
    TAX_SEARCH_SUBTREE("tax_search_subtree", OptionType.BOOLEAN, null, """
            Include the taxa below `taxon`. Sent unchanged; NCBI's default is `false`."""),
    QUERY("query", OptionType.TEXT, null, """
            Limit to genes whose symbol, name, alias, locus tag or protein name matches. Applied by NCBI; on the \
            metadata endpoint, only by taxon."""),
    TYPES("types", OptionType.LIST, null, """
            Limit to types of gene, such as `PROTEIN_CODING,ncRNA`. Applied by NCBI; on the metadata endpoint, only by \
            taxon."""),
    ACCESSION_FILTER("accession_filter", OptionType.LIST, null, """
            Transcript or protein accessions to keep in a product report. Sent to NCBI, which applies it to tabular \
            responses, and applied to the rows. An identifier whose genes have no matching transcript counts as not \
            found, see `mode`."""),
    ACCESSION_ROWS("accession_rows", OptionType.oneOf(AccessionRows.values()), AccessionRows.GENE, """
            The rows of the product report that a listed accession gives. `gene`: all transcripts of its gene; \
            `transcript`: the transcript that it is; `protein`: the transcripts of the protein that it is. An accession \
            without a version gives the current one. An accession that is no transcript, or no protein, counts as not \
            found, see `mode`."""),
    TABLE_FIELDS("table_fields", OptionType.LIST, null, """
            The columns of NCBI's tabular report, in this order, instead of nested columns; see docs/schema.md. May \
            include `accession`."""),
    TABLE_FORMAT("table_format", OptionType.oneOf(TableFormat.values()), null, """
            A named set of table fields instead of `table_fields`; `gene-ontology` for the gene report only."""),
    INCLUDE_TABULAR_HEADER("include_tabular_header", OptionType.oneOf(TabularHeader.values()), null, """
            The pages of a tabular response that have a header line. Sent unchanged; the rows are the same for every \
            value."""),
    RETURNED_CONTENT("returned_content", OptionType.oneOf(ReturnedContent.values()), null, """
            How much of each gene NCBI returns: everything, GeneIDs only, or GeneIDs and counts. Other columns are \
            null."""),
    SORT_FIELD("sort.field", OptionType.TEXT, null, """
            The field by which NCBI sorts reports within one request. Sent unchanged; NCBI does not document its \
            values."""),
    SORT_DIRECTION(
            "sort.direction",
            OptionType.oneOf(
                    Stream.of("SORT_DIRECTION_UNSPECIFIED", "SORT_DIRECTION_ASCENDING", "SORT_DIRECTION_DESCENDING")),
            null,
            "The direction in which NCBI sorts reports within one request. Sent unchanged."),
    PAGE_TOKEN("page_token", OptionType.TEXT, null, """
            Start at the page that this token of an earlier response names. Only for a scan of a single request. \
            Identifiers on earlier pages are not reported as missing."""),
    ENDPOINT("endpoint", OptionType.oneOf(Endpoint.values()), Endpoint.REPORT, """
            `report`: NCBI's `…/dataset_report` and `…/product_report`; `metadata`: `/gene/accession/{accessions}` and \
            related paths, which NCBI calls deprecated but still serves."""),
    METHOD("method", OptionType.autoOr(Method.values()), "auto", """
            `auto`: GET if the URL is short, otherwise POST."""),
    WIRE_FORMAT("wire_format", OptionType.autoOr(WireFormat.values()), "auto", """
            Format of NCBI's responses. `auto`: TSV for table fields if TSV contains everything requested, and for rows \
            that name their own transcript, protein or GeneID, see [push-down.md](push-down.md#rows-of-transcripts); \
            otherwise \
            JSON. The rows are the same."""),
    MODE("mode", OptionType.oneOf(Mode.values()), Mode.PERMISSIVE, """
            Treatment of an identifier for which NCBI returns nothing: a row with the reason in `warnings`, no row, or \
            an error."""),
    PUSH_DOWN("push_down", OptionType.BOOLEAN, "true", """
            Fetch only what the query needs. `false` fetches everything that the options select; the rows are the \
            same."""),
    BATCH_SIZE("batch_size", OptionType.intBetween(1, 1000), "1000", "Largest number of identifiers in one request."),
    PAGE_SIZE("page_size", OptionType.intBetween(1, 1000), "1000", """
            Reports on one page of a response. Sent unchanged; NCBI's maximum is 1000."""),
    MAX_PARTITIONS("max_partitions", OptionType.intBetween(1, 100_000), "8", """
            Largest number of partitions of the scan. A batch is never split between two. If the rate is limited or \
            this option is not set, the scan has no more partitions than the cluster can run tasks at once."""),
    BASE_URL("base_url", OptionType.URL, "https://api.ncbi.nlm.nih.gov/datasets/v2", """
            Address of the service; if not set, the environment variable `NCBI_GATEWAY_URL`. Plain http is allowed \
            only to this machine, unless `allow_http` is `true`.""", "NCBI_GATEWAY_URL"),
    ALLOW_HTTP("allow_http", OptionType.BOOLEAN, "false", """
            Allow plain http to other machines. Anybody on the network path can then read the requests and the API \
            key."""),
    API_KEY("api_key", OptionType.SECRET, null, """
            NCBI API key, which raises the rate limit. If not set: the environment variable `NCBI_API_KEY`, then \
            `ncbi.api.key` of a Hadoop credential provider. Sent as a header, never printed. Also called `api_token`, \
            which Spark hides wherever it shows settings; see docs/api-key.md.""", "NCBI_API_KEY"),
    REQUESTS_PER_SECOND("requests_per_second", OptionType.RATE, null, """
            Largest number of requests in any second, retries included; `0` for no limit. The limit applies to the \
            whole Spark application: all scans, queries and streams with the same `base_url` and key. Default: NCBI's \
            limit of 5, or 10 with an `api_key`. If several applications share one address, divide the rate among \
            them."""),
    MAX_IN_FLIGHT("max_in_flight", OptionType.intBetween(1, 10_000), "64", """
            Largest number of requests under way, over the whole query. Responses received but not yet read count too. \
            A page that a task is waiting for is always requested."""),
    MAX_HELD_BYTES("max_held_bytes", OptionType.intBetween(1 << 20, Integer.MAX_VALUE - 16), "134217728", """
            Bytes of responses, as sent, that the tasks of a JVM hold before they stop requesting pages ahead."""),
    MAX_RETRIES("max_retries", OptionType.intBetween(0, 1000), "10", """
            Retries of one page after transient failures: a broken connection, status 408, 429 or 5xx except 501, or a \
            response that is truncated or does not match the request. A page makes at most 1 + `max_retries` requests, \
            whatever the mixture of failures. `Retry-After` holds for all executors. The connector gives up sooner, \
            within 15 s, on an address that has never responded."""),
    RETRY_WAIT("retry_wait", OptionType.DURATION, "1s", """
            First retry delay (±25 %). Doubles with each retry of the page, up to 30 s."""),
    PROXY_ADDRESS("proxy_address", OptionType.PROXY, null, """
            HTTP proxy for all requests, such as `proxy.example.org:3128`; `none` for no proxy. If not set: \
            `HTTPS_PROXY` (`HTTP_PROXY` if `base_url` is plain http) and `NO_PROXY` of the driver's environment, in \
            upper or lower case, then Java's own settings. See docs/tuning.md."""),
    PROXY_USERNAME("proxy_username", OptionType.CREDENTIAL, null, """
            User name for the proxy (Basic authentication). Like `api_key`, the connector never prints it."""),
    PROXY_PASSWORD("proxy_password", OptionType.CREDENTIAL, null, """
            Password for the proxy. Like `api_key`, the connector never prints it."""),
    CONNECT_TIMEOUT(
            "connect_timeout",
            OptionType.TIMEOUT,
            "10s",
            "Longest time to open a connection, including the lookup of the host name."),
    RESPONSE_TIMEOUT("response_timeout", OptionType.TIMEOUT, "120s", """
            Longest silence of the service, before its response and within it."""),
    REQUEST_TIMEOUT("request_timeout", OptionType.TIMEOUT, "10m", """
            Longest time for one response as a whole. After it, the connection is closed."""),
    QUERY_TIMEOUT("query_timeout", OptionType.TIMEOUT, null, """
            Longest time that a task may run; no limit if not set."""),
    MAX_PAGES("max_pages", OptionType.intBetween(1, 1_000_000), "10000", """
            Largest number of pages of one batch; more are an error."""),
    MAX_RESPONSE_BYTES("max_response_bytes", OptionType.intBetween(1 << 16, Integer.MAX_VALUE - 16), "268435456", """
            Largest size in bytes of one response as sent; a larger one is an error."""),
    MAX_DECODED_BYTES("max_decoded_bytes", OptionType.intBetween(1 << 16, Integer.MAX_VALUE - 16), "2000000000", """
            Largest size in bytes of one response after decompression; a larger one is an error."""),
    MAX_REPORT_ELEMENTS("max_report_elements", OptionType.intBetween(1000, 100_000_000), "250000", """
            Largest number of list elements in one report, or in the messages of one response; more are an error. The \
            largest known reports have a tenth of the default."""),
    MAX_REPORT_BYTES("max_report_bytes", OptionType.intBetween(1 << 16, 1 << 30), "16777216", """
            Largest size in bytes that one report, one line of a table, or the messages of one response take in \
            memory; more are an error. Columns that the query does not read do not count."""),
    CACHE_PATH("cache_path", OptionType.TEXT, null, """
            A directory on any Hadoop file system in which NCBI's responses are cached, identifier by identifier. A read \
            fetches only the identifiers whose responses are not cached, whatever list they were first fetched in. Holds \
            NCBI's responses and your identifiers, no key; see docs/cache.md."""),
    CACHE_MAX_AGE("cache_max_age", OptionType.DURATION, "7d", """
            Largest age of a cached response. Older ones are fetched again."""),
    CACHE_MODE("cache_mode", OptionType.oneOf(CacheMode.values()), CacheMode.NORMAL, """
            `normal`: fetch what is not cached. `refresh`: fetch everything, and replace what is cached. `offline`: \
            fetch nothing; an identifier that is not cached is a row with the warning `NOT_CACHED`."""),
    CACHE_SECRET("cache_secret", OptionType.CREDENTIAL, null, """
            Any text. Responses are sealed with it, and only responses sealed with the same text are used: somebody who can \
            write to `cache_path` but does not know the text cannot change a row. Where not given, the environment's \
            `NCBI_GENE_CACHE_SECRET`. Treated like `api_key`: never printed by the connector.""", "NCBI_GENE_CACHE_SECRET"),
    MAX_IDS_PER_TRIGGER("max_ids_per_trigger", OptionType.intBetween(1, 100_000_000), "10000", """
            Largest number of lines with an accession that a micro-batch of a stream takes from its files. For \
            `readStream` only."""),
    REPLACED_FILES("replaced_files", OptionType.oneOf(ReplacedFiles.values()), ReplacedFiles.ERROR, """
            What a stream does if a file that it has read was replaced or shortened. `error`: it fails and names the \
            file; `reread`: it reads the file from its start. For `readStream` only.""");

    private static final Map<String, Option> BY_NORMALISED_KEY =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(o -> normalise(o.key), Function.identity()));

    private final String key;
    private final OptionType type;
    private final String defaultValue;
    private final String sentence;
    private final String environmentVariable;

    Option(String key, OptionType type, Object defaultValue, String sentence) {
        this(key, type, defaultValue, sentence, null);
    }

    Option(String key, OptionType type, Object defaultValue, String sentence, String environmentVariable) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue == null ? null : defaultValue.toString();
        this.sentence = sentence;
        this.environmentVariable = environmentVariable;
    }

    /** Returns the option's documented name. */
    public String key() {
        return key;
    }

    /** Returns the type of its values. */
    OptionType type() {
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
