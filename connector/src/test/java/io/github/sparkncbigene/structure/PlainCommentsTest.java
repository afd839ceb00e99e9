package io.github.sparkncbigene.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first words of a doc comment say what the thing is or does: a noun, or a verb such as "Returns". */
class PlainCommentsTest {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final Pattern QUESTION =
            Pattern.compile("(?m)^\\s*(?:/\\*\\*|\\*) ?(?:Whether|What|How|Where|Which)\\b.*$");

    @ParameterizedTest
    @ValueSource(strings = {"connector/src/main", "testkit/src/main", "examples", "benchmarks"})
    void noDocCommentOpensLikeAQuestion(String sources) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(PROJECT.resolve(sources))) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }

        assertThat(files).isNotEmpty();
        assertThat(files.stream().flatMap(PlainCommentsTest::questions))
                .as("say \"Returns true if …\" for \"Whether …\", and name the thing for \"What …\" or \"How …\"")
                .isEmpty();
    }

    @Test
    void theOpeningsAreFoundOnTheFirstLineAndOnOthers() {
        assertThat(openings("    /** Whether it may. */\n")).hasSize(1);
        assertThat(openings("/**\n * How long to wait.\n */")).hasSize(1);
        assertThat(openings("/** Returns how long to wait. */ // What?\n/** Whatever. */"))
                .isEmpty();
    }

    private static Stream<String> questions(Path file) {
        try {
            return openings(Files.readString(file)).stream().map(line -> PROJECT.relativize(file) + ": " + line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> openings(String source) {
        return QUESTION.matcher(source)
                .results()
                .map(MatchResult::group)
                .map(String::strip)
                .toList();
    }
}
