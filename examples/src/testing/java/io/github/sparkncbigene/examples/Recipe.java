package io.github.sparkncbigene.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of docs/recipes. Its code is the example's code, and its output is what the example printed. With {@code
 * -Ddocs.update=true}, the page is written instead of checked.
 */
final class Recipe {
    private static final boolean UPDATE = Boolean.getBoolean("docs.update");

    /** The project's root: modules are at different depths. */
    private static final Path ROOT = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .filter(directory -> Files.isDirectory(directory.resolve("docs").resolve("recipes")))
            .findFirst()
            .orElseThrow();

    private final String name;
    private final Path page;

    private Recipe(String name, Path page) {
        this.name = name;
        this.page = page;
    }

    static Recipe of(String name) {
        return new Recipe(name, ROOT.resolve(Path.of("docs", "recipes", name + ".md")));
    }

    /** Checks that the page's block in the language is the code between the recipe's marks in the example. */
    Recipe quotes(Path example, String language) throws IOException {
        String mark = "recipe: docs/recipes/" + name + ".md\n";
        Matcher marked = Pattern.compile(
                        "(?m)^ *(//|--) " + Pattern.quote(mark) + "(.*?)^ *(//|--) end$", Pattern.DOTALL)
                .matcher(Files.readString(example));
        assertThat(marked.find()).as(example + " has " + mark).isTrue();
        return shows(language, marked.group(2).stripTrailing().stripIndent() + "\n");
    }

    Recipe quotes(Class<?> example) throws IOException {
        return quotes(Path.of("src", "main", "java", example.getName().replace('.', '/') + ".java"), "java");
    }

    /** Checks that the page's block in the language is the whole file. */
    Recipe quotesAll(Path example, String language) throws IOException {
        return shows(language, Files.readString(example));
    }

    /** Checks that the page's text block is the output. */
    Recipe printsExactly(String output) throws IOException {
        return shows("text", output);
    }

    /** Checks that the page's text blocks are the tables of the output, in this order. */
    Recipe prints(String... outputs) throws IOException {
        List<String> tables = new ArrayList<>();
        for (String output : outputs) {
            tables.add(output.lines()
                    .filter(line -> line.startsWith("|") || line.startsWith("+"))
                    .reduce("", (all, line) -> all + line + "\n"));
        }
        return shows("text", tables.toArray(String[]::new));
    }

    private Recipe shows(String language, String... wanted) throws IOException {
        String text = Files.readString(page);
        Pattern fenced = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$");
        if (UPDATE) {
            int[] next = {0};
            Files.writeString(
                    page,
                    fenced.matcher(text)
                            .replaceAll(block ->
                                    Matcher.quoteReplacement("```" + language + "\n" + wanted[next[0]++] + "```")));
            return this;
        }
        assertThat(fenced.matcher(text)
                        .results()
                        .map((MatchResult block) -> block.group(1))
                        .toList())
                .as(page + ", blocks of " + language)
                .containsExactly(wanted);
        return this;
    }
}
