package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.plan.Identifier;
import io.github.sparkncbigene.service.Retrieval;
import java.util.List;
import java.util.function.Consumer;

/** The conversion of a report to rows: the members that are read into each slot, and the rows that the slots become. */
public interface RowLayout {
    /** Slots that one report is read into. */
    int width();

    /** Reads the report's object into the slots. */
    ObjectReader reportReader();

    /**
     * Makes the rows of a report.
     *
     * @param hits the identifiers the report is the answer to
     * @param once knows which rows were made already
     * @param rows takes each row, in Spark's internal values
     */
    void rows(ReportValues report, List<Identifier> hits, EmittedRows once, Consumer<Object[]> rows);

    /**
     * Makes the row, if this layout has one, of an identifier for which nothing came back.
     *
     * @param from the response that it is not in
     */
    void missing(Identifier identifier, List<NcbiWarning> why, Retrieval from, Consumer<Object[]> rows);

    /** Whether {@code accession_filter} leaves nothing of the report, just as if the service had left it out. */
    boolean isFilteredOut(ReportValues report);

    /** Whether the report says which gene it is. */
    boolean isIdentified(ReportValues report);

    /** The names by which the report itself shows what it is about, for answers that do not echo the request. */
    List<String> selfNames(ReportValues report);
}
