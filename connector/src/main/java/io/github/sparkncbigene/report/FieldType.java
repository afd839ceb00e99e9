package io.github.sparkncbigene.report;

import java.util.Locale;

/** The types of NCBI's report members. */
public enum FieldType {
    /** Text. */
    STRING("text"),
    /** One of NCBI's enumerated words, kept as text so that a new word is not lost. */
    ENUM("word"),
    /** An unsigned 64-bit number, which NCBI sends as text. */
    UINT64("number of 64 bits"),
    /** A 32-bit count, length or order. */
    INT("number of 32 bits"),
    /** A day, as YYYY-MM-DD. */
    DATE("date"),
    /** An object. */
    GROUP("object");

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
