package io.github.sparkncbigene.testkit;

/** The two kinds of report. */
enum Report {
    GENE("gene"),
    PRODUCT("product");

    private final String member;

    Report(String member) {
        this.member = member;
    }

    /** Returns the member of a match that contains the report. */
    String member() {
        return member;
    }
}
