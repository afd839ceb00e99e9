package io.github.sparkncbigene.error;

/** Addresses of the project's documentation, for messages: whoever has the jar alone has no docs directory. */
public final class DocPage {
    private static final String DOCS = "https://github.com/spark-ncbi-gene/spark-ncbi-gene/blob/main/docs/";

    private DocPage() {}

    /**
     * The address of a page.
     *
     * @param name of the page, such as {@code joins}
     * @return its address
     */
    public static String of(String name) {
        return DOCS + name + ".md";
    }
}
