package io.github.sparkncbigene.service;

import java.io.IOException;

/** A well-formed response that does not match its request. A retry may bring a matching one. */
public final class WrongResponseException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The service's own message. */
    private final String said;

    /** True if an earlier page may have been incomplete. */
    private final boolean ofAllPages;

    /**
     * Creates the rejection of a response.
     *
     * @param message the reason, with the service's message if there is one
     * @param said the service's own message; empty if it sent none
     * @param ofAllPages true if all pages together do not match, so that an earlier page may be the cause
     */
    public WrongResponseException(String message, String said, boolean ofAllPages) {
        super(message);
        this.said = said;
        this.ofAllPages = ofAllPages;
    }

    /** Returns the service's own message; empty if it sent none. */
    String said() {
        return said;
    }

    /** Returns true if an earlier page may have been incomplete, so that all pages have to be read again. */
    boolean isOfAllPages() {
        return ofAllPages;
    }
}
