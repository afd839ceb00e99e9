package io.github.sparkncbigene.layout;

import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportForm;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.service.Retrieval;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The conversion of a report to rows: the members that are read into each slot, and the rows that the slots become. */
public interface RowLayout extends ReportForm {
    /**
     * Creates the rows of a report.
     *
     * @param hits the identifiers that the report belongs to
     * @param once knows the rows created before
     * @param rows receives each row, in Spark's internal values
     */
    void rows(ReportValues report, List<Identifier> hits, EmittedRows once, Consumer<Object[]> rows);

    /** Creates the rows of a report of a whole taxon, which belongs to no requested identifier. */
    void rowsOfTaxon(ReportValues report, EmittedRows once, Consumer<Object[]> rows);

    /**
     * Creates the row, if this layout has one, of an identifier without a report.
     *
     * @param from the response that lacks the report
     */
    void missing(Identifier identifier, List<NcbiWarning> why, Retrieval from, Consumer<Object[]> rows);

    /** Returns true if {@code accession_filter} removes the whole report, as if the service had left it out. */
    boolean isFilteredOut(ReportValues report);

    /** Returns true if a row of the report is the identifier's own; the other rows are left out. */
    boolean hasOwnRow(ReportValues report, Identifier hit);

    /** Returns the GeneID of the report, if it has one. */
    Optional<Object> geneId(ReportValues report);

    /** Returns the report's own names of its subject, for responses that do not echo the request. */
    List<String> selfNames(ReportValues report);
}
