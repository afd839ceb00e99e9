package io.github.sparkncbigene.testkit.check;

/** What a check found. */
public enum Outcome {
    /** The service does as assumed. */
    AS_EXPECTED("as expected"),
    /** The service does something else. */
    DEVIATES("deviates"),
    /** The responses do not show it. */
    NOT_SEEN("not seen");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** The words for people. */
    public String word() {
        return word;
    }
}
