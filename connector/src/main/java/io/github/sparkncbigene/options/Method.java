package io.github.sparkncbigene.options;

import java.util.Locale;

/** The HTTP method of requests. */
public enum Method {
    GET,
    POST;

    /** Returns the option's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
