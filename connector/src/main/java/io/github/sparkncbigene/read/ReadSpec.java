package io.github.sparkncbigene.read;

import io.github.sparkncbigene.decode.AccessionFilter;
import io.github.sparkncbigene.decode.NestedLayout;
import io.github.sparkncbigene.decode.RowLayout;
import io.github.sparkncbigene.decode.TabularLayout;
import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.plan.IdentifierKind;
import io.github.sparkncbigene.plan.KeyDomains;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.report.Report;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * What a task needs to know to read its batches.
 *
 * @param requests makes the requests
 * @param schema of the rows
 * @param filters that the rows pass
 * @param ownRowsOnly whether the identifiers are accessions of transcripts or proteins that were filtered by, each of
 *     which gives its own rows only
 */
public record ReadSpec(RequestFactory requests, StructType schema, KeyDomains filters, boolean ownRowsOnly)
        implements Serializable {

    public ReadSpec with(RequestFactory other) {
        return new ReadSpec(other, schema, filters, ownRowsOnly);
    }

    public ReadSpec with(KeyDomains other) {
        return new ReadSpec(requests, schema, other, ownRowsOnly);
    }

    public ReadSpec with(boolean ownRows) {
        return new ReadSpec(requests, schema, filters, ownRows);
    }

    /** Returns the specification for tasks: without the list of identifiers, since each task has its own. */
    public ReadSpec forTasks() {
        return with(requests.withoutLists());
    }

    public Options options() {
        return requests.options();
    }

    public Mode mode() {
        return Mode.valueOf(options().text(Option.MODE));
    }

    /** The taxon that is requested, by itself or beside symbols. */
    Optional<String> taxon() {
        return Optional.ofNullable(requests.narrowed().taxon())
                .or(() -> options().find(Option.TAXON));
    }

    /** What decides whether responses answer a batch of a kind of identifier; null for a whole taxon. */
    ResponseCheck check(IdentifierKind kind, BatchMatcher matcher) {
        boolean filtered = options().has(Option.ACCESSION_FILTER)
                || !requests.narrowed().accessionFilter().isEmpty();
        boolean countsHold = !filtered && !options().has(Option.PAGE_TOKEN);
        return new ResponseCheck(matcher, taxon(), kind == null, countsHold);
    }

    /** Returns the error for a value of the wrong type if mode is FAILFAST. */
    NcbiGeneException malformed(String reference, String remark) {
        return new NcbiGeneException(
                ErrorCode.MALFORMED_VALUE,
                "In the answer to " + reference + " " + remark
                        + " with mode PERMISSIVE, and is an error with FAILFAST.");
    }

    public boolean isTabular() {
        return !requests.tableFields().isEmpty();
    }

    /** How rows are made for batches of a kind of identifier; null for a whole taxon. */
    RowLayout layout(IdentifierKind kind) {
        List<String> filtered =
                requests.report() == Report.PRODUCT ? options().list(Option.ACCESSION_FILTER) : List.of();
        AccessionFilter filter = new AccessionFilter(filtered);
        return isTabular()
                ? new TabularLayout(requests.report(), requests.tableFields(), filter, filters)
                : new NestedLayout(requests.report(), schema, kind, filter, filters, ownRowsOnly);
    }
}
