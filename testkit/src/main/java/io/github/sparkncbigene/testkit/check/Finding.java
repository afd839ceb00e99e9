package io.github.sparkncbigene.testkit.check;

/**
 * What a check found.
 *
 * @param observed what the service did, in a few words
 */
public record Finding(Outcome outcome, String observed) {
    private static final int LONGEST = 400;

    /** The same, fit for a terminal. */
    public Finding {
        observed = printable(observed);
    }

    /** One line without control characters. */
    static String printable(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    static Finding asExpected(String observed) {
        return new Finding(Outcome.AS_EXPECTED, observed);
    }

    static Finding deviates(String observed) {
        return new Finding(Outcome.DEVIATES, observed);
    }

    static Finding notSeen(String observed) {
        return new Finding(Outcome.NOT_SEEN, observed);
    }

    static Finding of(boolean expected, String observed) {
        return expected ? asExpected(observed) : deviates(observed);
    }
}
