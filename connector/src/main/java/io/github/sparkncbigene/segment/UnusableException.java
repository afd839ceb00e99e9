package io.github.sparkncbigene.segment;

import java.io.IOException;

/** A cached file is incomplete, damaged, of another version, or not what its place says. */
public final class UnusableException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnusableException(String message) {
        super(message);
    }
}
