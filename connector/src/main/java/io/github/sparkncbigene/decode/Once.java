package io.github.sparkncbigene.decode;

/** Remembers which rows were made, so that a report that comes again, on another page or attempt, makes none. */
public interface Once {
    /** Whether a row of this key is made for the first time; takes note of it. */
    boolean first(Object key);
}
