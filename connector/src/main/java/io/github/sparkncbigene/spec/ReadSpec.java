package io.github.sparkncbigene.spec;

import io.github.sparkncbigene.error.ErrorCode;
import io.github.sparkncbigene.error.NcbiGeneException;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.layout.AccessionFilter;
import io.github.sparkncbigene.layout.NestedLayout;
import io.github.sparkncbigene.layout.OwnRows;
import io.github.sparkncbigene.layout.RowLayout;
import io.github.sparkncbigene.layout.TabularLayout;
import io.github.sparkncbigene.layout.ViewLayout;
import io.github.sparkncbigene.options.Mode;
import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;
import io.github.sparkncbigene.plan.RequestFactory;
import io.github.sparkncbigene.report.Report;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * The information that a task needs to read its batches.
 *
 * @param requests builds the requests
 * @param schema schema of the rows
 * @param filters filters that the rows pass
 * @param ownRowsOnly true if the identifiers are accessions of transcripts or proteins, from a filter or from a list
 *     with {@code accession_rows}, each of which selects only its own rows
 * @param shown the columns of the view that the rows become; null where they are the report's own
 */
public record ReadSpec(
        RequestFactory requests, StructType schema, KeyDomains filters, boolean ownRowsOnly, StructType shown)
        implements Serializable {

    /** A read of a report itself. */
    public ReadSpec(RequestFactory requests, StructType schema, KeyDomains filters, boolean ownRowsOnly) {
        this(requests, schema, filters, ownRowsOnly, null);
    }

    /** The columns that Spark gets. */
    public StructType columns() {
        return shown == null ? schema : shown;
    }

    public ReadSpec with(RequestFactory other) {
        return new ReadSpec(other, schema, filters, ownRowsOnly, shown);
    }

    public ReadSpec with(KeyDomains other) {
        return new ReadSpec(requests, schema, other, ownRowsOnly, shown);
    }

    public ReadSpec with(boolean ownRows) {
        return new ReadSpec(requests, schema, filters, ownRows, shown);
    }

    /** Returns the specification for tasks: without the list of identifiers, since each task has its own. */
    public ReadSpec forTasks() {
        return with(requests.withoutLists());
    }

    public Options options() {
        return requests.options();
    }

    public Mode mode() {
        return options().mode();
    }

    /** Returns the requested taxon, alone or with symbols. */
    public Optional<String> taxon(IdentifierBatch batch) {
        return requests.taxon(batch);
    }

    /** Returns the check of whether responses match a batch. */
    public ResponseCheck check(IdentifierBatch batch, BatchMatcher matcher) {
        boolean filtered = options().has(Option.ACCESSION_FILTER)
                || !requests.narrowed().accessionFilter().isEmpty();
        boolean countsHold = !filtered && !options().has(Option.PAGE_TOKEN);
        return new ResponseCheck(matcher, taxon(batch), batch.isWholeTaxon(), countsHold);
    }

    /** Returns the error for a value of the wrong type if mode is FAILFAST. */
    public NcbiGeneException malformed(String reference, String remark) {
        return NcbiGeneException.of(
                ErrorCode.MALFORMED_VALUE,
                "In the response to " + reference + " " + remark
                        + " with mode PERMISSIVE, and is an error with FAILFAST.");
    }

    public boolean isTabular() {
        return !requests.tableFields().isEmpty();
    }

    /** Returns the row layout for a batch. A filter or a join on symbols compares the gene's own symbol. */
    public RowLayout layout(IdentifierBatch batch) {
        List<String> filtered =
                requests.report() == Report.PRODUCT ? options().list(Option.ACCESSION_FILTER) : List.of();
        AccessionFilter filter = new AccessionFilter(filtered);
        if (isTabular()) {
            return new TabularLayout(requests.report(), requests.tableFields(), filter, filters);
        }
        RowLayout rows = nestedLayout(batch, filter);
        return shown == null ? rows : new ViewLayout(rows, options().view().orElseThrow(), shown);
    }

    /** Returns the layout that builds a batch's rows from the lines of a table. */
    public NestedLayout tableLayout(IdentifierBatch batch) {
        return nestedLayout(batch, new AccessionFilter(List.of()));
    }

    private NestedLayout nestedLayout(IdentifierBatch batch, AccessionFilter filter) {
        return new NestedLayout(requests.report(), schema, batch.kind(), filter, filters, own(batch));
    }

    private OwnRows own(IdentifierBatch batch) {
        Optional<String> listed = requests.ownColumn();
        if (listed.isPresent()) {
            return OwnRows.listed(listed.get());
        }
        if (batch.taxon().isPresent()) {
            return OwnRows.OF_SYMBOL;
        }
        return ownRowsOnly ? OwnRows.named(filters) : OwnRows.ALL;
    }
}
