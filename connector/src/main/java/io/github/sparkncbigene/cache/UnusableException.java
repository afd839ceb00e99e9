package io.github.sparkncbigene.cache;

import java.io.IOException;

/** A cached file is incomplete, damaged, of another version, or not what its place says. */
final class UnusableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
        super(message);
    }
}
