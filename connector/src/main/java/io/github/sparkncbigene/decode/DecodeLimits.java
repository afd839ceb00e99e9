package io.github.sparkncbigene.decode;

import io.github.sparkncbigene.options.Option;
import io.github.sparkncbigene.options.Options;

/**
 * How much of one report, or of the messages of one response, is held in memory. A few bytes of gzip can spell millions
 * of list elements.
 *
 * @param elements of all lists together, at most
 * @param bytes of all values together, at most
 */
public record DecodeLimits(int elements, int bytes) {
    /** The limits where no option gives others. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(
            Integer.parseInt(Option.MAX_REPORT_ELEMENTS.defaultValue().orElseThrow()),
            Integer.parseInt(Option.MAX_REPORT_BYTES.defaultValue().orElseThrow()));

    /** The limits that the options give. */
    public static DecodeLimits of(Options options) {
        return new DecodeLimits(options.integer(Option.MAX_REPORT_ELEMENTS), options.integer(Option.MAX_REPORT_BYTES));
    }
}
