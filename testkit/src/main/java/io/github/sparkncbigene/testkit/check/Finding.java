package io.github.sparkncbigene.testkit.check;

/**
 * The result for one assumption.
 *
 * @param observed the service's behaviour, in a few words
 */
public record Finding(Outcome outcome, String observed) {
    private static final int LONGEST = 400;

    /** Removes control characters, for terminals. */
    public Finding {
        observed = printable(observed);
    }

    /** Returns one line without control characters. */
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
