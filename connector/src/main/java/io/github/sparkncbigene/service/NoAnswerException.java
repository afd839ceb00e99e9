package io.github.sparkncbigene.service;

import java.io.IOException;

/** A well-formed response that does not answer its request. Another attempt may bring one that does. */
public final class NoAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The service's own words. */
    private final String said;

    /** Whether it may be an earlier page that fell short. */
    private final boolean ofAllPages;

    /**
     * An objection to a response.
     *
     * @param message why it is no answer, with the service's words where there are any
     * @param said the service's own words; empty where it said nothing
     * @param ofAllPages whether all pages together are no answer, so that an earlier one may be to blame
     */
    public NoAnswerException(String message, String said, boolean ofAllPages) {
        super(message);
        this.said = said;
        this.ofAllPages = ofAllPages;
    }

    /** The service's own words; empty where it said nothing. */
    String said() {
        return said;
    }

    /** Whether it may be an earlier page that fell short, so that all pages have to be read again. */
    boolean isOfAllPages() {
        return ofAllPages;
    }
}
