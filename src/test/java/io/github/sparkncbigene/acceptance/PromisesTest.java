package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages on errors and security promise is held by tests, which they name. */
class PromisesTest {
    private static final Path ROOT = Path.of(System.getProperty("ncbi.gene.root"));
    private static final Pattern TEST = Pattern.compile("`(\\w+Test|test_\\w+\\.py)(?:\\.(\\w+))?`");
    private static final Pattern CODE = Pattern.compile("^\\| `NCBI_GENE_(\\w+)`");

    /** Each row of a table, or each item of a list, is a promise. */
    @ParameterizedTest
    @CsvSource({"errors.md, '| `NCBI_GENE_', 24", "security.md, '- ', 18"})
    void eachPromiseNamesATestThatExists(String page, String start, int least) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("docs").resolve(page));
        List<String> promises =
                lines.stream().filter(line -> line.startsWith(start)).toList();
        assertThat(promises).hasSizeGreaterThanOrEqualTo(least).allSatisfy(line -> assertThat(line)
                .containsPattern(TEST));
        for (String line : lines) {
            for (MatchResult test : TEST.matcher(line).results().toList()) {
                String source = source(test.group(1));
                if (test.group(2) != null) {
                    assertThat(source).as(test.group()).containsPattern("void " + test.group(2) + "\\(");
                }
                CODE.matcher(line).results().forEach(code -> assertThat(source)
                        .as(test.group() + " is about " + code.group(1))
                        .contains(code.group(1)));
            }
        }
    }

    private static String source(String test) throws IOException {
        String file = test.endsWith(".py") ? test : test + ".java";
        StringBuilder text = new StringBuilder();
        for (String directory :
                List.of("src/test", "src/fuzz", "connector/src/test", "testkit/src/test", "python/tests")) {
            FilesBelow.of(ROOT.resolve(directory), "/" + file).stream()
                    .filter(path -> !path.toString().contains("/target/"))
                    .forEach(path -> text.append(read(path)));
        }
        assertThat(text.toString()).as("The test " + test + " exists").isNotEmpty();
        return text.toString();
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
