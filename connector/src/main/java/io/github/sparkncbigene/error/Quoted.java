package io.github.sparkncbigene.error;

/** Shortens foreign text for a message: one line, no longer than helps to find the text. */
public final class Quoted {
    private static final int SHOWN = 100;
    private static final int WORDS = 300;

    private Quoted() {}

    /**
     * Shortens a message of a service or a library, which may be longer than a value.
     *
     * @param words the message
     * @return the message on one line, cut to its beginning if it is long
     */
    public static String longer(String words) {
        return shown(words, WORDS);
    }

    /**
     * Shortens a value, and escapes its control characters.
     *
     * @param value the value
     * @return the value on one line, cut to its beginning if it is long
     */
    public static String of(String value) {
        return shown(value, SHOWN);
    }

    private static String shown(String value, int most) {
        String start = value.length() <= most ? value : value.substring(0, most - 3) + "...";
        StringBuilder shown = new StringBuilder(start.length());
        start.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }
}
