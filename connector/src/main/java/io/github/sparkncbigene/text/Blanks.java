package io.github.sparkncbigene.text;

/**
 * White space of every kind that people paste: white space as Java and Unicode define it, and characters without a
 * width.
 */
public final class Blanks {
    /** These characters as a class for Java's regular expressions, which Spark SQL uses too. */
    public static final String CHARACTER_CLASS = "[\\s\\p{Z}\u000B\u001C-\u001F\u0085\u180E\u200B-\u200F\u2060\uFEFF]";

    private Blanks() {}

    /** Returns true if a character is white space. */
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

    /** Removes white space from both ends of the text. */
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

    /** Returns true if the text contains white space. */
    public static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isBlank(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
