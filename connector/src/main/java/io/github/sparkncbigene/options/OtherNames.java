package io.github.sparkncbigene.options;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Other names that people use for an option, or for something that is not an option: synonyms, and names from NCBI's
 * other tools.
 */
final class OtherNames {
    private static final Map<String, String> ADVICE = new HashMap<>();

    static {
        means(Option.TAXON, "organism", "organisms", "species", "tax", "taxname", "taxonomy", "taxonid", "genus");

        means(
                Option.ACCESSIONS,
                "refseq",
                "refseqs",
                "refseqid",
                "refseqids",
                "ids",
                "id",
                "identifiers",
                "transcripts",
                "transcript",
                "proteins",
                "list",
                "ensembl");
        means(Option.GENE_IDS, "entrez", "entrezid", "entrezids", "ncbigeneids", "uid", "uids");
        means(Option.SYMBOLS, "gene", "genes", "genesymbol", "genesymbols", "names", "hgnc");
        means(Option.LOCUS_TAGS, "locus", "loci", "tags");
        means(Option.ACCESSIONS_PATH, "file", "files", "filename", "input", "inputfile");
        means(Option.TABLE_FIELDS, "fields", "field");
        means(
                Option.CACHE_PATH,
                "cache",
                "cachedir",
                "cachedirectory",
                "cachelocation",
                "checkpoint",
                "checkpointpath");
        means(Option.CACHE_MAX_AGE, "checkpointmaxage", "cachettl", "ttl", "maxage");
        means(Option.CACHE_SECRET, "cachekey", "cachehmac", "cachepassword");
        means(Option.REQUESTS_PER_SECOND, "rate", "ratelimit", "rps", "qps", "throttle");
        means(Option.MAX_RETRIES, "retries", "retry", "retrycount", "attempts", "tries");
        means(Option.RESPONSE_TIMEOUT, "timeout", "readtimeout", "sockettimeout");
        means(Option.MAX_PARTITIONS, "partitions", "numpartitions", "parallelism", "parallel", "threads", "workers");
        means(Option.MAX_IN_FLIGHT, "concurrency", "maxconcurrency", "connections", "maxconnections");
        means(Option.BATCH_SIZE, "batch", "chunksize", "chunk", "batches");
        means(Option.PAGE_SIZE, "fetchsize", "pagelimit");
        means(Option.BASE_URL, "url", "host", "server", "gateway", "serviceurl", "baseuri");
        means(Option.API_KEY, "key", "ncbiapikey", "apitoken", "token", "ncbikey");
        means(Option.MODE, "errors", "onerror", "errormode", "badrecords", "readmode");
        means(Option.PUSH_DOWN, "pushdown", "predicatepushdown", "filterpushdown");
        means(Option.REPORT, "table", "dbtable", "reporttype");
        means(Option.SORT_FIELD, "orderby", "sort", "sortby");
        means(Option.QUERY, "search", "term", "text");
        means(Option.TYPES, "genetype", "genetypes", "type", "biotype");
        means(Option.TAX_SEARCH_SUBTREE, "subtree", "includesubtree", "children");
        means(Option.MAX_IDS_PER_TRIGGER, "maxfilespertrigger", "maxrowspertrigger", "maxoffsetspertrigger");
        says(" Choose columns with select: the connector fetches only those.", "columns", "column", "select", "schema");
        says(
                " Set Java's own properties, such as -Dhttps.proxyHost and -Dhttps.proxyPort, in"
                        + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions.",
                "proxy",
                "proxyhost",
                "proxyport",
                "httpproxy",
                "httpsproxy");
        says(
                " Use limit(n) on the DataFrame: the connector fetches no more than needed.",
                "limit",
                "maxrows",
                "rows",
                "retmax",
                "top",
                "n");
        says(
                " Use where on the DataFrame: the connector sends supported filters to NCBI.",
                "filter",
                "where",
                "predicate");
        says(
                " The service does not need it: remove the option.",
                "email",
                "mail",
                "tool",
                "user",
                "username",
                "password");
        says(" The service has only one database: remove the option.", "db", "database");
        says(" Lists have no header: start a header line with # to skip it.", "header", "skiprows");
        says(
                " Lists are separated by commas, white space or line breaks: remove the option.",
                "sep",
                "delimiter",
                "separator",
                "lineSep");
    }

    private OtherNames() {}

    private static void means(Option option, String... names) {
        for (String name : names) {
            ADVICE.put(Option.normalise(name), "\0" + option.key());
        }
    }

    private static void says(String sentence, String... names) {
        for (String name : names) {
            ADVICE.put(Option.normalise(name), sentence);
        }
    }

    /**
     * Returns a sentence of advice, after a blank; empty if the name is not in use elsewhere.
     *
     * @param prefix the prefix of option names
     */
    static Optional<String> advice(String name, String prefix) {
        return Optional.ofNullable(ADVICE.get(Option.normalise(name)))
                .map(advice -> advice.startsWith("\0") ? " Use '" + prefix + advice.substring(1) + "'." : advice);
    }
}
