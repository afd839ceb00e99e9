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
    private final String said;

    /** Trouble of which the service said nothing. */
    public ServiceTrouble(Kind kind, NcbiGeneException error) {
        this(kind, error, "");
    }

    /** @param said the service's own words, which the error quotes among others */
    public ServiceTrouble(Kind kind, NcbiGeneException error, String said) {
        super(error);
        this.kind = kind;
        this.said = said;
    }

    public Kind kind() {
        return kind;
    }

    /** The service's own words; empty where it said nothing. */
    public String said() {
        return said;
    }

    /** The error users read if nothing helps. */
    public NcbiGeneException error() {
        return (NcbiGeneException) getCause();
    }
}
