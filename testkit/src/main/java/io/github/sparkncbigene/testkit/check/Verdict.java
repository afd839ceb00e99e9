package io.github.sparkncbigene.testkit.check;

/** The result of the whole check. */
public enum Verdict {
    /** Everything observed is as expected. */
    AS_EXPECTED(0, "The service does what the connector expects."),
    /** Something deviates. */
    DEVIATES(1, "The service deviates from what the connector expects."),
    /** The service demanded a stop. */
    STOPPED(3, "The service refused a request with status 429 or 403; the check stopped at once."),
    /** Some server responds, but not NCBI's gene service. */
    NOT_THE_SERVICE(3, "This is not NCBI's gene service, or it knows none of the genes that everybody knows."),
    /** No server responds. */
    NO_RESPONSE(3, "The service does not respond, or fails.");

    private final int exitCode;
    private final String sentence;

    Verdict(int exitCode, String sentence) {
        this.exitCode = exitCode;
        this.sentence = sentence;
    }

    /** Returns the exit code of the program. */
    public int exitCode() {
        return exitCode;
    }

    /** Returns the verdict for people. */
    public String sentence() {
        return sentence;
    }
}
