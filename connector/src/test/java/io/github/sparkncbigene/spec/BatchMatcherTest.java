package io.github.sparkncbigene.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BatchMatcherTest {
    private static BatchMatcher matcher(IdentifierKind kind, List<Identifier> identifiers) {
        IdentifierBatch none = new IdentifierBatch(kind, List.of(), List.of());
        return new BatchMatcher(identifiers.isEmpty() ? none : none.of(identifiers));
    }

    private static Identifier accession(String text) {
        return new Identifier(IdentifierKind.ACCESSION, text);
    }

    private static List<Identifier> accessions(String... texts) {
        return Arrays.stream(texts).map(BatchMatcherTest::accession).toList();
    }

    private static BatchMatcher requested(String... texts) {
        return matcher(IdentifierKind.ACCESSION, accessions(texts));
    }

    @Test
    void theEchoIsMatchedExactly() {
        BatchMatcher matcher = requested("NM_1.1", "NM_2.1");
        BatchMatcher.Hits hits = matcher.hits(List.of("NM_2.1"), List.of());

        assertThat(hits.now()).containsExactly(accession("NM_2.1"));
        assertThat(hits.inDoubt()).isEmpty();
        assertThat(matcher.unmatched()).containsExactly(accession("NM_1.1"));
        assertThat(matcher.isMatched(accession("NM_2.1"))).isTrue();
        assertThat(matcher.isMatched(accession("NM_1.1"))).isFalse();
    }

    @Test
    void severalIdentifiersMayHitOneGene() {
        BatchMatcher matcher = requested("NM_1.1", "NP_1.1", "NM_2.1");

        assertThat(matcher.hits(List.of("NP_1.1", "NM_1.1"), List.of()).now())
                .containsExactlyInAnyOrder(accession("NM_1.1"), accession("NP_1.1"));
        assertThat(matcher.unmatched()).containsExactly(accession("NM_2.1"));
    }

    @Test
    void theVersionMayDiffer() {
        assertThat(requested("NM_1.3").hits(List.of("NM_1.4"), List.of()).now()).containsExactly(accession("NM_1.3"));
        assertThat(requested("NM_1").hits(List.of("NM_1.4"), List.of()).now()).containsExactly(accession("NM_1"));
        assertThat(requested("NM_1.3").hits(List.of("NM_1"), List.of()).now()).containsExactly(accession("NM_1.3"));
    }

    @Test
    void theCaseMayDiffer() {
        assertThat(requested("nm_1.3").hits(List.of("NM_1.3"), List.of()).now()).containsExactly(accession("nm_1.3"));
        assertThat(matcher(IdentifierKind.SYMBOL, List.of(new Identifier(IdentifierKind.SYMBOL, "tp53")))
                        .hits(List.of("TP53"), List.of())
                        .now())
                .containsExactly(new Identifier(IdentifierKind.SYMBOL, "tp53"));
    }

    @Test
    void onlyAccessionsHaveVersions() {
        BatchMatcher matcher = matcher(IdentifierKind.SYMBOL, List.of(new Identifier(IdentifierKind.SYMBOL, "AC0.1")));

        assertThat(matcher.hits(List.of("AC0.2"), List.of()).foreign())
                .containsExactly(new Identifier(IdentifierKind.SYMBOL, "AC0.2"));
        assertThat(matcher.unmatched()).hasSize(1);
    }

    @Test
    void whatIsNoVersionIsPartOfTheName() {
        for (String other : List.of("NM_1.x", "NM_1.", "NM_11", "NM_1.1.1", ".1", "")) {
            BatchMatcher matcher = requested("NM_1");
            matcher.hits(List.of(other), List.of());

            assertThat(matcher.unmatched()).as(other).containsExactly(accession("NM_1"));
        }
    }

    @Test
    void aReplacedIdentifierIsMatchedByTheWarning() {
        BatchMatcher matcher = requested("XM_9.1", "NM_2.1");

        assertThat(matcher.hits(List.of("NM_1.5"), List.of("XM_9.1")).now()).containsExactly(accession("XM_9.1"));
        assertThat(matcher.unmatched()).containsExactly(accession("NM_2.1"));
        assertThat(requested("XM_9.1").hits(List.of(), List.of("XM_9.1")).now()).containsExactly(accession("XM_9.1"));
    }

    @Test
    void whatNobodyAskedForIsKeptUnderItsName() {
        BatchMatcher matcher = requested("NM_1.1");

        assertThat(matcher.hits(List.of("NM_7.1", "NM_8.1"), List.of("NM_9.9")).foreign())
                .containsExactly(accession("NM_7.1"), accession("NM_8.1"));
        assertThat(matcher.unmatched()).containsExactly(accession("NM_1.1"));
        assertThat(matcher.hits(List.of("NM_1.1", "NM_7.1"), List.of()).now())
                .as("beside what was asked for it is left out")
                .containsExactly(accession("NM_1.1"));
    }

    @Test
    void ofSeveralVersionsAskedForTheOneEchoedIsTheAnswer() {
        BatchMatcher matcher = requested("NM_1", "NM_1.3", "NM_1.4");
        BatchMatcher.Hits hits = matcher.hits(List.of("NM_1.4"), List.of());

        assertThat(hits.now()).containsExactly(accession("NM_1.4"));
        assertThat(hits.inDoubt()).containsExactlyInAnyOrder(accession("NM_1"), accession("NM_1.3"));
        assertThat(matcher.unmatched()).containsExactly(accession("NM_1"), accession("NM_1.3"));
    }

    @Test
    void ofSeveralVersionsAskedForNoneMayBeEchoed() {
        BatchMatcher.Hits hits = requested("NM_1.3", "NM_1.4").hits(List.of("NM_1.5"), List.of());

        assertThat(hits.now()).isEmpty();
        assertThat(hits.inDoubt()).containsExactlyInAnyOrder(accession("NM_1.3"), accession("NM_1.4"));
    }

    @Test
    void aReplacedVersionIsNoDoubt() {
        BatchMatcher.Hits hits = requested("NM_1.3", "NM_1.4").hits(List.of("NM_1.4"), List.of("NM_1.3"));

        assertThat(hits.now()).containsExactlyInAnyOrder(accession("NM_1.3"), accession("NM_1.4"));
        assertThat(hits.inDoubt()).isEmpty();
    }

    @Test
    void aReplacedVersionThatNobodyAskedForLeavesADoubtOnlyBetweenSeveral() {
        assertThat(requested("NM_1.3")
                        .hits(List.of("NM_9.1"), List.of("NM_1.2"))
                        .now())
                .containsExactly(accession("NM_1.3"));
        assertThat(requested("NM_1.3", "NM_1.4").hits(List.of("NM_9.1"), List.of("NM_1.2")))
                .isEqualTo(new BatchMatcher.Hits(List.of(), accessions("NM_1.3", "NM_1.4"), List.of()));
    }

    @Test
    void versionsAreAskedApart() {
        assertThat(requested().apart(accessions("NM_1.1", "NM_2.1", "NM_1.2", " NM_1.1", "NM_1", "NM_2.2")))
                .containsExactly(
                        accessions("NM_1.1", "NM_2.1", " NM_1.1"), accessions("NM_1.2", "NM_2.2"), accessions("NM_1"));
        assertThat(requested().apart(List.of())).isEmpty();
    }

    /** Asked apart, every echo of any of them is an answer without doubt: nothing is asked apart twice. */
    @Property(tries = 500)
    void apartThereIsNoDoubt(@ForAll("askedFor") Set<String> texts, @ForAll("echoes") List<Echo> echoes) {
        List<Identifier> all = texts.stream().map(BatchMatcherTest::accession).toList();
        for (List<Identifier> part : requested().apart(all)) {
            BatchMatcher matcher = matcher(IdentifierKind.ACCESSION, part);
            for (Echo echo : echoes) {
                assertThat(matcher.hits(echo.query(), echo.requested()).inDoubt())
                        .isEmpty();
            }
        }
    }

    @Test
    void locusTagsBesideAccessionsKeepTheirKind() {
        Identifier tag = new Identifier(IdentifierKind.LOCUS_TAG, "b0001");
        BatchMatcher matcher = matcher(IdentifierKind.ACCESSION, List.of(accession("NM_1.1"), tag));

        assertThat(matcher.hits(List.of("b0001"), List.of()).now()).containsExactly(tag);
        assertThat(matcher.unmatched()).containsExactly(accession("NM_1.1"));
    }

    @Test
    void anAccessionAndALocusTagOfTheSameTextAreBothAccountedFor() {
        Identifier tag = new Identifier(IdentifierKind.LOCUS_TAG, "X1");
        BatchMatcher matcher = matcher(IdentifierKind.ACCESSION, List.of(accession("X1"), tag));

        assertThat(matcher.unmatched()).containsExactlyInAnyOrder(accession("X1"), tag);
    }

    @Test
    void aSingleIdentifierIsKnown() {
        assertThat(requested("NM_1.1").single()).containsExactly(accession("NM_1.1"));
        assertThat(requested("NM_1.1", "NM_2.1").single()).isEmpty();
        assertThat(requested().single()).isEmpty();
    }

    @Test
    void whatIsTakenAsAnsweredIs() {
        BatchMatcher matcher = requested("NM_1.1", "NM_2.1");
        matcher.match(accession("NM_1.1"));

        assertThat(matcher.unmatched()).containsExactly(accession("NM_2.1"));
    }

    /** One report: what it echoes, and what its warnings say was asked for. */
    record Echo(List<String> query, List<String> requested) {}

    @Property(tries = 1000)
    void everyIdentifierIsEitherMatchedOrNotAndAHitWhenItIs(
            @ForAll("askedFor") Set<String> texts, @ForAll("echoes") List<Echo> echoes) {
        List<Identifier> askedFor =
                texts.stream().map(BatchMatcherTest::accession).toList();
        BatchMatcher matcher = matcher(IdentifierKind.ACCESSION, askedFor);
        Set<Identifier> hit = new HashSet<>();
        for (Echo echo : echoes) {
            BatchMatcher.Hits hits = matcher.hits(echo.query(), echo.requested());
            hit.addAll(hits.now());
            assertThat(hits.now()).doesNotHaveDuplicates();
            assertThat(hits.inDoubt()).noneMatch(hits.now()::contains);
            assertThat(askedFor).containsAll(hits.inDoubt());
            assertThat(hits.now().size()
                            + hits.inDoubt().size()
                            + hits.foreign().size())
                    .as("a report with an echo is never without an identifier")
                    .isGreaterThanOrEqualTo(echo.query().isEmpty() ? 0 : 1);
        }
        for (Identifier identifier : askedFor) {
            assertThat(matcher.isMatched(identifier))
                    .isEqualTo(hit.contains(identifier))
                    .isNotEqualTo(matcher.unmatched().contains(identifier));
        }
        assertThat(matcher.unmatched()).isSubsetOf(askedFor).doesNotHaveDuplicates();
    }

    @Property(tries = 1000)
    void theOrderOfReportsDoesNotMatterForWhatEndsMatched(
            @ForAll("askedFor") Set<String> texts, @ForAll("echoes") List<Echo> echoes, @ForAll Random random) {
        List<Echo> shuffled = new ArrayList<>(echoes);
        Collections.shuffle(shuffled, random);

        assertThat(end(texts, shuffled)).isEqualTo(end(texts, echoes));
    }

    /** The identifiers that a batch finally answers, those that were doubtful until its end included. */
    private static Set<Identifier> end(Set<String> texts, List<Echo> echoes) {
        BatchMatcher matcher = matcher(
                IdentifierKind.ACCESSION,
                texts.stream().map(BatchMatcherTest::accession).toList());
        Set<Identifier> doubtful = new HashSet<>();
        Set<Identifier> matched = new HashSet<>();
        for (Echo echo : echoes) {
            BatchMatcher.Hits hits = matcher.hits(echo.query(), echo.requested());
            matched.addAll(hits.now());
            doubtful.addAll(hits.inDoubt());
        }
        matched.addAll(doubtful);
        return matched;
    }

    @Provide
    Arbitrary<Set<String>> askedFor() {
        return names().set().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Echo>> echoes() {
        return names().list()
                .ofMaxSize(3)
                .flatMap(query -> names().list().ofMaxSize(1).map(requested -> new Echo(query, requested)))
                .list()
                .ofMaxSize(8);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of(
                "NM_1", "NM_1.1", "NM_1.2", "nm_1.2", "NM_2", "NM_2.1", "NP_1.1", "XM_1.1", "XM_1", "NM_3.10");
    }
}
