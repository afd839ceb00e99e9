package io.github.sparkncbigene.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every open question about the service has a check. */
class OpenQuestionsTest {
    private static final Path NOTES = Path.of(System.getProperty("basedir", ""), "../../shared/ncbi-gene-api.md")
            .toAbsolutePath()
            .normalize();

    private static final Pattern MARK = Pattern.compile("\\[(I|\\?)]");

    /** Words of the notes in front of or behind each mark, with the ids of the checks. */
    private static final Map<String, List<String>> MARKED = new TreeMap<>(Map.ofEntries(
            Map.entry("`sort.field` values are documented nowhere [?]", List.of("sort-field")),
            Map.entry("no evidence at all [?]", List.of("accession-and-locus-tag", "several-selectors")),
            Map.entry("several of the ids hit one gene [I]", List.of("query-several")),
            Map.entry("under IDS_ONLY / COUNTS_ONLY: [I]", List.of("query-ids-only", "query-counts-only")),
            Map.entry("unknown in v2 [?]", List.of("superseded-version")),
            Map.entry("`{\"gene\":…,\"query\":…}` [I]", List.of("line-shape")),
            Map.entry("[I] Gene Ontology Biological Process Reference PMIDs", List.of("label-go-bp-reference-pmid")),
            Map.entry("[I] Summary Description", List.of("label-summary-description")),
            Map.entry("[I] Transcript Count", List.of("label-transcript-count")),
            Map.entry("[I] Transcript Select Category", List.of("label-transcript-select-category")),
            Map.entry("\"API rate limit exceeded\",…}` [I]", List.of("too-many-requests")),
            Map.entry("is unknown [?]", List.of("error-in-200"))));

    @Test
    void eachOpenQuestionHasChecks() {
        Set<String> ids = ids();
        assertThat(LiveCheck.openQuestions()).allSatisfy(question -> {
            assertThat(question.checks()).isNotEmpty();
            assertThat(ids).containsAll(question.checks());
        });
    }

    @Test
    void eachAssumptionThatIsUnsureAnswersAQuestion() {
        Set<String> asked = new TreeSet<>(List.of("wrong-value"));
        LiveCheck.openQuestions().forEach(question -> asked.addAll(question.checks()));
        assertThat(LiveCheck.assumptions())
                .filteredOn(assumption ->
                        assumption.evidence() == Evidence.UNKNOWN || assumption.evidence() == Evidence.INFERRED)
                .extracting(Assumption::id)
                .isSubsetOf(asked);
    }

    @Test
    void eachMarkOfTheNotesHasAnOpenQuestion() throws IOException {
        assumeTrue(Files.isRegularFile(NOTES), () -> "Skipped for want of " + NOTES);
        int marks = 0;
        for (String line : Files.readAllLines(NOTES)) {
            Matcher mark = MARK.matcher(line.replace("**", ""));
            int inLine = 0;
            while (mark.find()) {
                inLine++;
            }
            // The line that explains the marks.
            if (line.contains("**[I]** inferred")) {
                continue;
            }
            assertThat(MARKED.keySet().stream().filter(line::contains)).as(line).hasSize(inLine);
            marks += inLine;
        }
        assertThat(marks).isEqualTo(MARKED.size());
        Set<String> asked = new TreeSet<>();
        LiveCheck.openQuestions().forEach(question -> asked.addAll(question.checks()));
        MARKED.values().forEach(checks -> assertThat(asked).containsAll(checks));
    }

    private static Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        LiveCheck.assumptions().forEach(assumption -> ids.add(assumption.id()));
        return ids;
    }
}
