package io.github.sparkncbigene.testkit.check;

/** The evidence for an assumption before a check. */
public enum Evidence {
    /** NCBI's OpenAPI document, manual or published client states it. */
    DOCUMENTED("documented"),
    /** A recorded response of the service shows it. */
    RECORDED("recorded"),
    /** Scripts or reports of people who use the service show it. */
    REPORTED("reported"),
    /** No source states it, but it is the most likely behaviour. */
    INFERRED("inferred"),
    /** Nothing is known: the expectation is a guess. */
    UNKNOWN("unknown");

    private final String word;

    Evidence(String word) {
        this.word = word;
    }

    /** Returns the word for people. */
    public String word() {
        return word;
    }
}
