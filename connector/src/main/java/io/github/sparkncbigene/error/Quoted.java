package io.github.sparkncbigene.error;

/** A value of somebody else's as an error shows it: on one line, and no longer than helps to find it. */
public final class Quoted {
    private static final int SHOWN = 100;

    private Quoted() {}

    /**
     * Shortens a value, and writes control characters out.
     *
     * @param value to show
     * @return the value, its start where it is long, on one line
     */
    public static String of(String value) {
        String start = value.length() <= SHOWN ? value : value.substring(0, SHOWN - 3) + "...";
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
