package io.github.sparkncbigene.error;

/** Addresses of the project's documentation, for messages: a user with only the jar has no docs directory. */
public final class DocPage {
    private static final String DOCS = "https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/";

    private DocPage() {}

    /**
     * Returns the address of a page.
     *
     * @param name name of the page, such as {@code joins}
     * @return its address
     */
    public static String of(String name) {
        return DOCS + name + ".md";
    }
}
