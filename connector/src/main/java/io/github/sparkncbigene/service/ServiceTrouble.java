package io.github.sparkncbigene.service;

import io.github.sparkncbigene.error.NcbiGeneException;

/** A request that failed: the error users would read, and what may be tried about it. */
public final class ServiceTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    /** What may be tried. */
    public enum Kind {
        /** The same again, later. */
        PASSING,
        /** The same again, later; and if it lasts, less at once. */
        SLOW,
        /** Less at once. */
        TOO_LARGE,
        /** Something in the request is refused: find out which part. */
        REFUSED,
        /** Nothing. */
        FINAL
    }

    private final Kind kind;

    public ServiceTrouble(Kind kind, NcbiGeneException error) {
        super(error);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The error users read if nothing helps. */
    public NcbiGeneException error() {
        return (NcbiGeneException) getCause();
    }
}
