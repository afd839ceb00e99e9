package io.github.sparkncbigene.testkit.check;

/** The outcome of a check. */
public enum Outcome {
    /** The service behaves as assumed. */
    AS_EXPECTED("as expected"),
    /** The service behaves differently. */
    DEVIATES("deviates"),
    /** The responses do not show it. */
    NOT_SEEN("not seen");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** Returns the words for people. */
    public String word() {
        return word;
    }
}
