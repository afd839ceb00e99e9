package io.github.sparkncbigene.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.sparkncbigene.testing.Serialized;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IdentifierBatchTest {
    private final IdentifierBatch both = new IdentifierBatch(IdentifierKind.ACCESSION, List.of("a", "b"), List.of("t"));

    private static IdentifierBatch batch(int accessions, int tags) {
        return new IdentifierBatch(
                accessions == 0 ? IdentifierKind.LOCUS_TAG : IdentifierKind.ACCESSION,
                IntStream.range(0, accessions == 0 ? tags : accessions)
                        .mapToObj(i -> "i" + i)
                        .toList(),
                accessions == 0
                        ? List.of()
                        : IntStream.range(0, tags).mapToObj(i -> "t" + i).toList());
    }

    @Test
    void everythingAskedForIsNamedWithItsKind() {
        assertThat(both.requested())
                .containsExactly(
                        new Identifier(IdentifierKind.ACCESSION, "a"),
                        new Identifier(IdentifierKind.ACCESSION, "b"),
                        new Identifier(IdentifierKind.LOCUS_TAG, "t"));
        assertThat(IdentifierBatch.wholeTaxon().requested()).isEmpty();
    }

    @Test
    void onlyMoreThanOneIdentifierCanBeDivided() {
        assertThat(both.isDivisible()).isTrue();
        assertThat(batch(1, 1).isDivisible()).isTrue();
        assertThat(batch(1, 0).isDivisible()).isFalse();
        assertThat(IdentifierBatch.wholeTaxon().isDivisible()).isFalse();
    }

    @Property
    void halvesAskForTheSameAndAreEvenToOne(
            @ForAll @IntRange(max = 30) int accessions, @ForAll @IntRange(min = 2, max = 30) int tags) {
        IdentifierBatch batch = batch(accessions, tags);
        List<IdentifierBatch> halves = batch.halves();

        assertThat(halves).hasSize(2);
        assertThat(halves.stream().flatMap(half -> half.requested().stream()))
                .containsExactlyElementsOf(batch.requested());
        int first = halves.get(0).requested().size();
        int second = halves.get(1).requested().size();
        assertThat(first).isPositive();
        assertThat(Math.abs(first - second)).isLessThanOrEqualTo(1);
    }

    @Property
    void dividedAgainAndAgainEveryIdentifierEndsUpAlone(
            @ForAll @IntRange(max = 20) int accessions, @ForAll @IntRange(min = 1, max = 20) int tags) {
        List<IdentifierBatch> left = new ArrayList<>(List.of(batch(accessions, tags)));
        List<Identifier> alone = new ArrayList<>();
        while (!left.isEmpty()) {
            IdentifierBatch next = left.remove(0);
            if (next.isDivisible()) {
                left.addAll(0, next.halves());
            } else {
                assertThat(next).isEqualTo(next.single(next.requested().get(0)));
                alone.addAll(next.requested());
            }
        }
        assertThat(alone).containsExactlyElementsOf(batch(accessions, tags).requested());
    }

    @Test
    void withoutSomeTheOthersAreLeft() {
        Identifier a = new Identifier(IdentifierKind.ACCESSION, "a");
        Identifier b = new Identifier(IdentifierKind.ACCESSION, "b");
        Identifier t = new Identifier(IdentifierKind.LOCUS_TAG, "t");

        assertThat(both.without(List.of(a)))
                .isEqualTo(new IdentifierBatch(IdentifierKind.ACCESSION, List.of("b"), List.of("t")));
        assertThat(both.without(List.of(t)))
                .isEqualTo(new IdentifierBatch(IdentifierKind.ACCESSION, List.of("a", "b"), List.of()));
        assertThat(both.without(List.of(a, b)))
                .isEqualTo(new IdentifierBatch(IdentifierKind.LOCUS_TAG, List.of("t"), List.of()));
        assertThat(both.without(List.of(new Identifier(IdentifierKind.LOCUS_TAG, "a"))))
                .isEqualTo(both);
    }

    @Test
    void itTravels() {
        assertThat(Serialized.copy(both)).isEqualTo(both);
    }

    @Test
    void onlyAWholeTaxonHasNoKind() {
        assertThat(IdentifierBatch.wholeTaxon().isWholeTaxon()).isTrue();
        assertThat(IdentifierBatch.wholeTaxon().kind()).isEmpty();
        assertThat(IdentifierBatch.wholeTaxon().isSent()).isTrue();
        assertThat(both.isWholeTaxon()).isFalse();
        assertThat(both.kind()).contains(IdentifierKind.ACCESSION);
        assertThat(both.isOf(IdentifierKind.ACCESSION)).isTrue();
        assertThatNullPointerException().isThrownBy(() -> new IdentifierBatch(null, List.of(), List.of()));
    }

    @Test
    void aCopyForATaskEqualsTheBatch() {
        IdentifierBatch ofHuman =
                new IdentifierBatch(IdentifierKind.SYMBOL, List.of("TP53"), List.of()).inTaxon("9606");
        for (IdentifierBatch batch : List.of(both, ofHuman, IdentifierBatch.wholeTaxon())) {
            IdentifierBatch copy = Serialized.copy(batch);

            assertThat(copy).isEqualTo(batch).hasSameHashCodeAs(batch).hasToString(batch.toString());
            assertThat(copy.kind()).isEqualTo(batch.kind());
            assertThat(copy.taxon()).isEqualTo(batch.taxon());
        }
        assertThat(ofHuman).isNotEqualTo(ofHuman.with(List.of("EGFR"))).isNotEqualTo(ofHuman.inTaxon("10090"));
        assertThat(ofHuman).hasToString("symbol [TP53] of taxon 9606");
        assertThat(IdentifierBatch.wholeTaxon()).hasToString("whole taxon");
    }
}
