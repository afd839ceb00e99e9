package io.github.sparkncbigene.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A page of docs/ that is made from the code: a test compares the two, and {@code make docs} writes the page. */
public final class GeneratedPage {
    private final String name;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param name of the file in docs/
     * @param source what it is made from, in words
     */
    public GeneratedPage(String name, String title, String source) {
        this.name = name;
        line("# " + title);
        line("");
        line("<!-- Made from " + source + " by `make docs`. Do not edit. -->");
        line("");
    }

    public GeneratedPage line(String line) {
        text.append(line.stripTrailing()).append('\n');
        return this;
    }

    public GeneratedPage paragraph(String paragraph) {
        return line(paragraph.strip()).line("");
    }

    /** Starts a table. */
    public GeneratedPage head(String... columns) {
        row(columns);
        return line("|" + "---|".repeat(columns.length));
    }

    /** A row of a table; the bars of {@code cells} are escaped already. */
    public GeneratedPage row(String... cells) {
        return line("| " + String.join(" | ", List.of(cells)) + " |");
    }

    /** Fails where the page in docs/ is another one; writes it there with {@code -Ddocs.update=true}. */
    public void check() throws IOException {
        Path file = file(name);
        String expected = text.toString().stripTrailing() + "\n";
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("docs/%s is made from the code. Run make docs, which writes it, and commit the page", name)
                .isEqualTo(expected);
    }

    /** A file of docs/. */
    public static Path file(String name) {
        return Path.of(System.getProperty("basedir", ""), "..", "docs", name);
    }

    public static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
