package io.github.sparkncbigene.decode;

/** The members of a report that a query needs, and the slots that they are read into. */
public interface ReportForm {
    /** Returns the number of slots for one report. */
    int width();

    /** Reads the report's object into the slots. */
    ObjectReader reportReader();
}
