package io.github.sparkncbigene.options;

/** White space of every kind that people paste: what Java and Unicode call so, and characters without a width. */
public final class Blanks {
    /** The same characters as a class of Java's regular expressions, which Spark SQL uses too. */
    public static final String CHARACTER_CLASS = "[\\s\\p{Z}\u000B\u001C-\u001F\u0085\u180E\u200B-\u200F\u2060\uFEFF]";

    private Blanks() {}

    /** Tells whether a character is white space. */
    public static boolean isBlank(char c) {
        if (c < 0x80) {
            return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
        }
        return c == '\u0085'
                || c == '\u180E'
                || (c >= '\u200B' && c <= '\u200F')
                || c == '\u2060'
                || c == '\uFEFF'
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c);
    }

    /** The text without white space at its ends. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Tells whether there is white space inside. */
    public static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isBlank(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
