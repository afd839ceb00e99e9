package io.github.sparkncbigene.table;

import java.io.IOException;

/** A table that does not prove what its cells are. The same reports as JSON do. */
public final class UnprovenTableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Returns true if the form of the table is the cause, which other batches share. */
    private final boolean ofForm;

    private UnprovenTableException(String message, boolean ofForm) {
        super(message);
        this.ofForm = ofForm;
    }

    /** The response is no table, or has another header. */
    static UnprovenTableException form(String message) {
        return new UnprovenTableException(message, true);
    }

    /** A line does not fit the header. */
    static UnprovenTableException line(String message) {
        return new UnprovenTableException(message, false);
    }

    /** True if the tables of other batches are likely to be no better. */
    public boolean isOfForm() {
        return ofForm;
    }
}
