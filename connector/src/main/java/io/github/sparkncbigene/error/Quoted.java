package io.github.sparkncbigene.error;

/** A value of somebody else's as an error shows it: on one line, and no longer than helps to find it. */
public final class Quoted {
    private static final int SHOWN = 100;
    private static final int WORDS = 300;

    private Quoted() {}

    /**
     * Shows a message of somebody else's, which may take more words than a value.
     *
     * @param words to show
     * @return the words, their start where they are long, on one line
     */
    public static String longer(String words) {
        return shown(words, WORDS);
    }

    /**
     * Shortens a value, and writes control characters out.
     *
     * @param value to show
     * @return the value, its start where it is long, on one line
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
