package io.github.sparkncbigene.service;

import io.github.sparkncbigene.error.NcbiGeneException;

/** A request that failed: the error for users, and what may help. */
public final class ServiceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What may help. */
    public enum Kind {
        /** The same request, later. */
        TRANSIENT,
        /** The same request, later; if it fails again, a smaller one. */
        TIMEOUT,
        /** A smaller request. */
        TOO_LARGE,
        /** Other content: the service rejects something in the request. */
        REJECTED,
        /** Nothing. */
        PERMANENT
    }

    private final Kind kind;
    private final String said;

    /** A failure without a message of the service. */
    public ServiceException(Kind kind, NcbiGeneException error) {
        this(kind, error, "");
    }

    /** @param said the service's own message, which the error quotes among others */
    public ServiceException(Kind kind, NcbiGeneException error, String said) {
        super(error);
        this.kind = kind;
        this.said = said;
    }

    public Kind kind() {
        return kind;
    }

    /** The service's own message; empty if it sent none. */
    public String said() {
        return said;
    }

    /** The error's message without its code, to be quoted in another one. */
    public String words() {
        String code = "[" + error().code().code() + "] ";
        String message = error().getMessage();
        return message.startsWith(code) ? message.substring(code.length()) : message;
    }

    /** The error for users if nothing helps. */
    public NcbiGeneException error() {
        return (NcbiGeneException) getCause();
    }
}
