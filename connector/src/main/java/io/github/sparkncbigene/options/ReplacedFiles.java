package io.github.sparkncbigene.options;

import java.util.Locale;

/** The reaction of a stream to a file that it has read and that was replaced or shortened. */
enum ReplacedFiles {
    /** The stream fails. */
    ERROR,
    /** The stream reads the file from its start. */
    REREAD;

    /** Returns the option's value. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
