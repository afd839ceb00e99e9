package io.github.sparkncbigene.error;

import java.util.Arrays;
import java.util.Optional;

/** The stable codes of the connector's errors, each with its cause and its remedy. */
public enum ErrorCode {
    /** The scan has neither a list of identifiers nor a filter that gives one. */
    NO_SELECTOR(
            "Nothing says which genes to read.",
            "Give accessions, accessions_path, locus_tags, gene_ids, symbols" + " with taxon, or taxon."),
    /** More than one kind of identifier is set. */
    SEVERAL_SELECTORS("Several options say which genes to read.", "Give one of them, or read twice and union."),
    /** The connector has no option of this name. */
    UNKNOWN_OPTION("The connector has no option of this name.", "Check its name against docs/options.md."),
    /** An option's value is invalid. */
    INVALID_OPTION("An option has an invalid value.", "Give one of the values that the message names."),
    /** Options contradict one another, or the chosen endpoint does not support them. */
    CONFLICTING_OPTIONS("Options contradict one another.", "Remove or change the option that the message names."),
    /** A name in {@code table_fields} is not a table field of the report. */
    UNKNOWN_TABLE_FIELD("The report has no table field of this name.", "Check its name against docs/schema.md."),
    /** The list of identifiers cannot be read, or holds an invalid identifier. */
    INVALID_IDENTIFIER("A list of identifiers is invalid.", "Correct the entry that the message names."),
    /** {@code mode} is FAILFAST and NCBI returned nothing for an identifier. */
    NOT_FOUND(
            "NCBI has no gene for an identifier, and mode is FAILFAST.",
            "Correct the identifier, or read with" + " mode PERMISSIVE or DROPMALFORMED."),
    /** {@code cache_mode} is offline, and what the query needs is not cached. */
    NOT_CACHED(
            "What a query needs is not cached, and cache_mode is offline.",
            "Read once with cache_mode normal while NCBI can be reached."),
    /** {@code mode} is FAILFAST and a value in a report is not of its field's type. */
    MALFORMED_VALUE(
            "A value is not of its field's type, and mode is FAILFAST.",
            "Read with mode PERMISSIVE to get" + " null and a warning instead."),
    /** The service could not be reached, or the connection broke. */
    SERVICE_UNREACHABLE("The service cannot be reached.", "Check base_url, proxy and network of the executors."),
    /** The service refused the request: status 4xx. */
    REQUEST_REFUSED("The service refused a request.", "Read NCBI's message; check base_url and the identifiers."),
    /** The service kept responding that the rate limit is exceeded: status 429. */
    RATE_LIMITED(
            "The service keeps responding that the rate limit is exceeded.",
            "Wait, set an api_key, or lower the rate; other jobs behind the same address count too."),
    /** A task has lost contact with the driver, which keeps the rate limit. */
    RATE_LIMITER_UNREACHABLE(
            "An executor cannot reach the rate limiter on the driver.",
            "Check the network between them; Spark retries the task."),
    /** The service failed: status 5xx. */
    SERVICE_FAILED("The service failed.", "Try again later; quote the request id to NCBI's support."),
    /**
     * The response cannot be read or does not match its request: HTML, truncated JSON, an error object, other genes.
     */
    BAD_RESPONSE(
            "A response cannot be read, or does not match its request.",
            "Try again later. If the error persists, check that base_url is NCBI's gene service and that no proxy"
                    + " responds in its place."),
    /** The response is larger than the limit. */
    RESPONSE_TOO_LARGE(
            "A response is larger than the limit.",
            "Lower page_size or batch_size, or raise the limit that" + " the message names."),
    /** The task has run longer than its time limit. */
    QUERY_TIMEOUT("A task has run longer than query_timeout.", "Raise or remove query_timeout."),
    /** The page tokens never reach a last page. */
    TOKEN_TROUBLE(
            "The service's page tokens never reach a last page.",
            "Try again later; quote the request id to" + " NCBI's support."),
    /** A file of identifiers cannot be read. */
    FILE_UNREADABLE("A file of identifiers cannot be read.", "Check the path and the file system's settings."),
    /** A file that a stream has already read was replaced or has become shorter. */
    FILE_REPLACED(
            "A file that a stream has read was replaced or shortened.",
            "Put new identifiers into a file with another name, or set replaced_files to reread."),
    /** The Dataset of a lookup returned keys that it did not hold on its first read. */
    DATA_CHANGED(
            "The data of a lookup returned different rows when it was read again.",
            "Cache the data before the" + " lookup."),
    /** The checkpoint of a stream holds an offset that this connector did not write. */
    CHECKPOINT_UNREADABLE(
            "The checkpoint of a stream cannot be read.",
            "Set checkpointLocation to a new directory: the old one is damaged or belongs to another source."),
    /** A query tried to write to the data source. */
    READ_ONLY("The data source is read-only.", "Write to another format."),
    /** A fault in the connector. */
    INTERNAL_ERROR("The connector has a bug.", "Report it to the project, with the whole stack trace.");

    private final String cause;
    private final String remedy;

    ErrorCode(String cause, String remedy) {
        this.cause = cause;
        this.remedy = remedy;
    }

    /** {@return the code that users see and search for, such as {@code NCBI_GENE_NO_SELECTOR}} */
    public String code() {
        return "NCBI_GENE_" + name();
    }

    /** {@return what happened, in one sentence} */
    public String cause() {
        return cause;
    }

    /** {@return what to do, in one sentence} */
    public String remedy() {
        return remedy;
    }

    /** {@return true if the service or the way to it caused the error, and not what the user gave} */
    public boolean isOfService() {
        return switch (this) {
            case MALFORMED_VALUE,
                    SERVICE_UNREACHABLE,
                    REQUEST_REFUSED,
                    RATE_LIMITED,
                    RATE_LIMITER_UNREACHABLE,
                    SERVICE_FAILED,
                    BAD_RESPONSE,
                    RESPONSE_TOO_LARGE,
                    QUERY_TIMEOUT,
                    TOKEN_TROUBLE -> true;
            default -> false;
        };
    }

    /**
     * Finds the error code of an exception that a read threw. An error of a task reaches the driver as a cause of
     * Spark's own exception. If the jar was added to one session only, the cause is an exception of the JDK with the
     * same message.
     *
     * @param error the exception that a read threw
     * @return the code of the first connector error among the exception and its causes, if any
     */
    public static Optional<ErrorCode> of(Throwable error) {
        for (Throwable one = error; one != null; one = one.getCause()) {
            if (one instanceof NcbiGeneException ours) {
                return Optional.of(ours.code());
            }
            String text = String.valueOf(one.getMessage());
            Optional<ErrorCode> named = Arrays.stream(values())
                    .filter(code -> text.contains("[" + code.code() + "]"))
                    .findFirst();
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }
}
