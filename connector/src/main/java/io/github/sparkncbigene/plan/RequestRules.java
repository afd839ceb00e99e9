package io.github.sparkncbigene.plan;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.error.Quoted;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.options.AccessionRows;
import io.github.sparkncbigene.options.Endpoint;
import io.github.sparkncbigene.options.Method;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.text.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for combining options: which parameters each of NCBI's endpoints accepts, and which work over several
 * requests.
 */
public final class RequestRules {
    private static final List<Option> WITHIN_ONE_REQUEST =
            List.of(Option.PAGE_TOKEN, Option.SORT_FIELD, Option.SORT_DIRECTION);

    private static final List<String> GENE_TYPES = List.of(
            "UNKNOWN",
            "tRNA",
            "rRNA",
            "snRNA",
            "scRNA",
            "snoRNA",
            "PROTEIN_CODING",
            "PSEUDO",
            "TRANSPOSON",
            "miscRNA",
            "ncRNA",
            "BIOLOGICAL_REGION",
            "OTHER");

    private RequestRules() {}

    /**
     * Checks the rules that do not depend on the number of requests.
     *
     * @throws NcbiGeneException with {@link ErrorCode#CONFLICTING_OPTIONS} or {@link ErrorCode#INVALID_OPTION}
     */
    public static void check(Options options, Report report, Selector selector) {
        boolean metadata = options.endpoint() == Endpoint.METADATA;
        if (metadata && report == Report.PRODUCT) {
            throw conflict("endpoint = metadata has no product report", "set endpoint to report");
        }
        Set<Option> taken = metadata ? takenByMetadata(selector) : takenByReport(report, selector);
        for (Option option : List.of(
                Option.RETURNED_CONTENT,
                Option.QUERY,
                Option.TYPES,
                Option.ACCESSION_FILTER,
                Option.TAX_SEARCH_SUBTREE,
                Option.SORT_FIELD,
                Option.SORT_DIRECTION)) {
            if (options.has(option) && !taken.contains(option)) {
                throw conflict(
                        "NCBI's " + (metadata ? "metadata endpoint" : report.word() + " report") + " by "
                                + words(selector) + " does not take " + option.key(),
                        "drop it"
                                + (metadata
                                                || (report == Report.GENE
                                                        && takenByMetadata(selector)
                                                                .contains(option))
                                        ? ", or change endpoint"
                                        : ""));
            }
        }
        checkAccessionRows(options, report);
        for (String type : options.list(Option.TYPES)) {
            if (!GENE_TYPES.contains(type)) {
                throw NcbiGeneException.of(
                        ErrorCode.INVALID_OPTION,
                        "Option types holds '" + Quoted.of(type) + "', which is not a type of gene."
                                + Nearest.didYouMean(Nearest.of(type, GENE_TYPES, t -> t.toLowerCase(Locale.ROOT)))
                                + " Types are " + String.join(", ", GENE_TYPES) + ".");
            }
        }
        boolean onlyPost = metadata && selector.kind().equals(Optional.of(IdentifierKind.LOCUS_TAG));
        if (onlyPost && options.method().equals(Optional.of(Method.GET))) {
            throw conflict(
                    "endpoint = metadata has no GET by locus tag", "set method to auto or post, or endpoint to report");
        }
    }

    /** Checks the option {@code accession_rows}. */
    private static void checkAccessionRows(Options options, Report report) {
        AccessionRows rows = options.accessionRows();
        if (rows == AccessionRows.GENE) {
            return;
        }
        String given = "option accession_rows = " + rows;
        if (report != Report.PRODUCT) {
            throw conflict(given + " is for the product report", "set report to product");
        }
        if (!options.has(Option.ACCESSIONS) && !options.has(Option.ACCESSIONS_PATH)) {
            throw conflict(
                    given + " is for a list of accessions",
                    "give accessions or accessions_path, or drop it: a filter or a join by transcript_accession or"
                            + " protein_accession needs no such option");
        }
        for (Option option : List.of(Option.ACCESSION_FILTER, Option.TABLE_FIELDS, Option.TABLE_FORMAT)) {
            if (options.has(option)) {
                throw conflict(given + " does not go together with " + option.key(), "drop one of them");
            }
        }
    }

    /** Returns true if an option only works within one request. */
    public static boolean needOneRequest(Options options, Selector selector) {
        return WITHIN_ONE_REQUEST.stream().anyMatch(options::has)
                || !selector.locusTags().isEmpty();
    }

    /**
     * Checks the options that only work within one request.
     *
     * @throws NcbiGeneException with {@link ErrorCode#CONFLICTING_OPTIONS}
     */
    public static void checkBatches(Options options, Selector selector, int batches) {
        if (batches <= 1) {
            return;
        }
        String several = "this scan needs " + batches + " requests";
        for (Option option : WITHIN_ONE_REQUEST) {
            if (options.has(option)) {
                throw conflict(
                        "option " + option.key() + " only makes sense within one request, and " + several,
                        option == Option.PAGE_TOKEN
                                ? "drop it, or request fewer identifiers"
                                : "drop it and use orderBy, or request fewer identifiers");
            }
        }
        if (!selector.locusTags().isEmpty()) {
            throw conflict(
                    "options locus_tags beside accessions only make sense within one request, and " + several,
                    "request at most batch_size accessions, or read locus_tags on their own");
        }
    }

    private static Set<Option> takenByMetadata(Selector selector) {
        Set<Option> common = Set.of(
                Option.RETURNED_CONTENT,
                Option.ACCESSION_FILTER,
                Option.TAX_SEARCH_SUBTREE,
                Option.SORT_FIELD,
                Option.SORT_DIRECTION);
        return selector.kind().isPresent() ? common : with(common, Option.QUERY, Option.TYPES);
    }

    private static Set<Option> takenByReport(Report report, Selector selector) {
        Set<Option> taken = Set.of(Option.QUERY, Option.TYPES);
        if (report == Report.GENE) {
            taken = with(taken, Option.RETURNED_CONTENT);
        }
        if (selector.kind().isEmpty()) {
            return with(taken, Option.TAX_SEARCH_SUBTREE);
        }
        taken = switch (selector.kind().get()) {
            case ACCESSION, GENE_ID -> with(taken, Option.SORT_FIELD, Option.SORT_DIRECTION);
            case LOCUS_TAG -> with(taken, Option.SORT_FIELD);
            case SYMBOL -> with(taken, Option.TAX_SEARCH_SUBTREE);
        };
        if (report == Report.PRODUCT && selector.kind().get() != IdentifierKind.SYMBOL) {
            taken = with(taken, Option.ACCESSION_FILTER);
        }
        return report == Report.PRODUCT && selector.kind().get() == IdentifierKind.ACCESSION
                ? with(taken, Option.TAX_SEARCH_SUBTREE)
                : taken;
    }

    private static Set<Option> with(Set<Option> options, Option... more) {
        Set<Option> all = new HashSet<>(options);
        all.addAll(List.of(more));
        return all;
    }

    private static String words(Selector selector) {
        return selector.kind().map(IdentifierKind::words).orElse("taxon");
    }

    private static NcbiGeneException conflict(String what, String remedy) {
        return NcbiGeneException.of(
                ErrorCode.CONFLICTING_OPTIONS,
                Character.toUpperCase(what.charAt(0)) + what.substring(1) + "; " + remedy + ".");
    }
}
