package io.github.sparkncbigene.service;

import io.github.sparkncbigene.error.NcbiGeneException;

/** A failed request: the error for users, and its kind, which says what may help. */
public final class ServiceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kind of failure, by what may help. */
    public enum Kind {
        /** The same request may succeed later. */
        TRANSIENT,
        /** The same request may succeed later; if it fails again, a smaller one may. */
        TIMEOUT,
        /** A smaller request may succeed. */
        TOO_LARGE,
        /** The service rejects something in the request: a request with other content may succeed. */
        REJECTED,
        /** No other request will succeed. */
        PERMANENT
    }

    private final Kind kind;
    private final String said;

    /** Creates a failure without a message of the service. */
    public ServiceException(Kind kind, NcbiGeneException error) {
        this(kind, error, "");
    }

    /** @param said the service's own message, which the error quotes among other text */
    public ServiceException(Kind kind, NcbiGeneException error, String said) {
        super(error);
        this.kind = kind;
        this.said = said;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the service's own message; empty if it sent none. */
    public String said() {
        return said;
    }

    /** Returns the error's message without its code, for quoting in another message. */
    public String words() {
        String code = "[" + error().code().code() + "] ";
        String message = error().getMessage();
        return message.startsWith(code) ? message.substring(code.length()) : message;
    }

    /** Returns the error for users, in case nothing helps. */
    public NcbiGeneException error() {
        return (NcbiGeneException) getCause();
    }
}
