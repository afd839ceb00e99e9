package io.github.sparkncbigene.report;

import java.util.Locale;

/** The types of NCBI's report members. */
public enum FieldType {
    /** Text. */
    STRING("text"),
    /** One of NCBI's enumerated words, kept as text so that a new word is not lost. */
    ENUM("a word"),
    /** An unsigned 64-bit number, which NCBI sends as text. */
    UINT64("a 64-bit number"),
    /** A 32-bit count, length or order. */
    INT("a 32-bit number"),
    /** A day, as YYYY-MM-DD. */
    DATE("a date"),
    /** An object. */
    GROUP("an object");

    private final String words;

    FieldType(String words) {
        this.words = words;
    }

    /** Returns the name that messages use for a value of this type. */
    public String words() {
        return words;
    }

    static FieldType parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
