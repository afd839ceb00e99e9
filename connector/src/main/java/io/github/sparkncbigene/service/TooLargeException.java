package io.github.sparkncbigene.service;

import java.io.IOException;

/** A response exceeded a limit. Repeating the same request would exceed it again. */
public final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The advice for users. */
    private final String remedy;

    /**
     * Creates the error of a limit.
     *
     * @param message what is too large, with the option that sets the limit and its value
     * @param remedy the advice, without a full stop
     */
    public TooLargeException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** Returns the advice for users. */
    String remedy() {
        return remedy;
    }
}
