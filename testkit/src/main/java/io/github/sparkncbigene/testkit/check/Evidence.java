package io.github.sparkncbigene.testkit.check;

/** How sure the project is of an assumption, before a check. */
public enum Evidence {
    /** NCBI's OpenAPI document, manual or published client says so. */
    DOCUMENTED("documented"),
    /** A recorded response of the service shows it. */
    RECORDED("recorded"),
    /** Scripts or reports of people who use the service show it. */
    REPORTED("reported"),
    /** Nobody says so, but it is the likeliest. */
    INFERRED("inferred"),
    /** Nothing is known: the expectation is a guess. */
    UNKNOWN("unknown");

    private final String word;

    Evidence(String word) {
        this.word = word;
    }

    /** The word for people. */
    public String word() {
        return word;
    }
}
