package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.service.TooLargeException;

/** Measures what is held of one report, or of the messages of one response, and fails at a limit. */
final class DecodedSize {
    private final String what;
    private final DecodeLimits limits;
    private int elements;
    private long bytes;

    /** @param what the measured object, for the error: "a report" */
    DecodedSize(String what, DecodeLimits limits) {
        this.what = what;
        this.limits = limits;
    }

    void clear() {
        elements = 0;
        bytes = 0;
    }

    /** Counts an element of a list. */
    void element() throws TooLargeException {
        elements++;
        if (elements > limits.elements()) {
            throw tooLarge("list elements", Option.MAX_REPORT_ELEMENTS, limits.elements());
        }
    }

    /** Counts bytes that stay in memory until the next report. */
    void add(long more) throws TooLargeException {
        check(more);
        bytes += more;
    }

    /** Fails if that many bytes more would exceed the limit. */
    void check(long more) throws TooLargeException {
        if (bytes + more > limits.bytes()) {
            throw tooLarge("bytes", Option.MAX_REPORT_BYTES, limits.bytes());
        }
    }

    /** Counts a text and its list element. */
    void text(String text) throws TooLargeException {
        element();
        add(text.length());
    }

    /** Adds the counts of another object. */
    void add(DecodedSize other) throws TooLargeException {
        add(other.bytes);
        elements += other.elements;
        // An object without elements takes memory too.
        element();
    }

    long bytes() {
        return bytes;
    }

    private TooLargeException tooLarge(String unit, Option option, int limit) {
        return new TooLargeException(
                what + " in it has more than " + option.key() + " = " + limit + " " + unit,
                "If that is right, raise " + option.key());
    }
}
