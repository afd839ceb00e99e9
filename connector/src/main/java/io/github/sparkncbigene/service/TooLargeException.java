package io.github.sparkncbigene.service;

import java.io.IOException;

/** A limit on a response was met. Repeating the same request would meet it again. */
public final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What to do. */
    private final String remedy;

    /**
     * The error of a limit.
     *
     * @param message what is too large, with the option that gives the limit and its value
     * @param remedy what to do, without a full stop
     */
    public TooLargeException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What to do. */
    String remedy() {
        return remedy;
    }
}
