package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;

/**
 * Limits on what is held in memory of one report, or of the messages of one response. A few bytes of gzip can inflate
 * to millions of list elements.
 *
 * @param elements largest number of elements in all lists together
 * @param bytes largest size of all values together, in bytes
 */
public record DecodeLimits(int elements, int bytes) {
    /** The limits that apply if no option sets others. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(
            Integer.parseInt(Option.MAX_REPORT_ELEMENTS.defaultValue().orElseThrow()),
            Integer.parseInt(Option.MAX_REPORT_BYTES.defaultValue().orElseThrow()));

    /** Returns the limits set by the options. */
    public static DecodeLimits of(Options options) {
        return new DecodeLimits(options.integer(Option.MAX_REPORT_ELEMENTS), options.integer(Option.MAX_REPORT_BYTES));
    }
}
