package io.github.sparkncbigene.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierBatch;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.rate.RateShare;
import io.github.sparkncbigene.testing.Given;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static Selector accessions(int count) {
        return new Selector(
                Optional.of(IdentifierKind.ACCESSION),
                Identifiers.of(IntStream.range(0, count)
                        .mapToObj(i -> String.format("NM_%06d.1", i))
                        .toList()),
                Identifiers.NONE,
                Optional.empty());
    }

    @Property
    void batchesHoldEveryIdentifierOnceInOrder(
            @ForAll @IntRange(max = 5000) int identifiers, @ForAll @IntRange(min = 1, max = 1000) int batchSize) {
        Selector selector = accessions(identifiers);
        List<IdentifierBatch> batches = Planner.batches(selector, batchSize);

        assertThat(batches.stream().flatMap(batch -> batch.identifiers().stream()))
                .containsExactlyElementsOf(selector.identifiers());
        assertThat(batches).allSatisfy(batch -> {
            assertThat(batch.identifiers()).hasSizeBetween(1, batchSize);
            assertThat(batch.kind()).contains(IdentifierKind.ACCESSION);
        });
        assertThat(batches).hasSize((identifiers + batchSize - 1) / batchSize);
    }

    @Property
    void partitionsHoldEveryBatchOnceInOrderAndAreEven(
            @ForAll @IntRange(min = 1, max = 3000) int identifiers,
            @ForAll @IntRange(min = 1, max = 100) int batchSize,
            @ForAll @IntRange(min = 1, max = 200) int maxPartitions,
            @ForAll @IntRange(min = 1, max = 1_000_000) int weight) {
        List<IdentifierBatch> batches = Planner.batches(accessions(identifiers), batchSize);
        int count = Math.min(batches.size(), maxPartitions);
        List<List<IdentifierBatch>> partitions = Planner.partitions(batches, Collections.nCopies(count, weight));

        assertThat(partitions.stream().flatMap(List::stream)).containsExactlyElementsOf(batches);
        assertThat(partitions).hasSize(count).allSatisfy(partition -> assertThat(partition)
                .isNotEmpty());
        int least = partitions.stream().mapToInt(List::size).min().orElseThrow();
        int most = partitions.stream().mapToInt(List::size).max().orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
    }

    @Property
    void partitionsAreAsLongAsTheirWeightsSay(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 10) Integer> weights,
            @ForAll @IntRange(max = 5000) int more) {
        List<IdentifierBatch> batches = Planner.batches(accessions(weights.size() + more), 1);
        List<List<IdentifierBatch>> partitions = Planner.partitions(batches, weights);
        double total = weights.stream().mapToInt(Integer::intValue).sum();

        assertThat(partitions.stream().flatMap(List::stream)).containsExactlyElementsOf(batches);
        assertThat(partitions).hasSameSizeAs(weights).allSatisfy(partition -> assertThat(partition)
                .isNotEmpty());
        if (batches.size() >= total) {
            for (int i = 0; i < weights.size(); i++) {
                assertThat((double) partitions.get(i).size())
                        .isCloseTo(batches.size() * weights.get(i) / total, within(1.0));
            }
        }
    }

    @Property(tries = 50)
    void equalInputsGiveEqualPlans(
            @ForAll @IntRange(min = 20, max = 2000) int identifiers,
            @ForAll @IntRange(min = 1, max = 100) int batchSize) {
        List<List<IdentifierBatch>> plan =
                Planner.partitions(Planner.batches(accessions(identifiers), batchSize), List.of(1));
        List<List<IdentifierBatch>> again =
                Planner.partitions(Planner.batches(accessions(identifiers), batchSize), List.of(1));

        assertThat(again).isEqualTo(plan).hasSameHashCodeAs(plan);
    }

    @Property
    void batchesMayGrowToTheirSize(
            @ForAll @IntRange(max = 5000) int identifiers,
            @ForAll @IntRange(min = 1, max = 2000) int firstSize,
            @ForAll @IntRange(min = 1, max = 1000) int batchSize) {
        Selector selector = accessions(identifiers);
        List<IdentifierBatch> batches = Planner.batches(selector, firstSize, batchSize);

        assertThat(batches.stream().flatMap(batch -> batch.identifiers().stream()))
                .containsExactlyElementsOf(selector.identifiers());
        int most = Math.min(firstSize, batchSize);
        for (int i = 0; i < batches.size(); i++) {
            int size = batches.get(i).identifiers().size();
            assertThat(size).isPositive().isLessThanOrEqualTo(most);
            assertThat(size == most || i == batches.size() - 1)
                    .as("only the last is smaller")
                    .isTrue();
            most = Math.min(most * 4, batchSize);
        }
    }

    @Test
    void aWholeTaxonIsOneBatchWithoutIdentifiers() {
        Selector taxon = new Selector(Optional.empty(), Identifiers.NONE, Identifiers.NONE, Optional.of("human"));
        List<IdentifierBatch> batches = Planner.batches(taxon, 1000);

        assertThat(batches).containsExactly(IdentifierBatch.wholeTaxon());
        assertThat(Planner.partitions(batches, List.of(5))).containsExactly(batches);
    }

    @Test
    void nothingToAskForIsNoBatchAndNoPartition() {
        assertThat(Planner.batches(accessions(0), 1000)).isEmpty();
        assertThat(Planner.partitions(List.of(), List.of())).isEmpty();
    }

    @Test
    void locusTagsBesideAccessionsAreAskedForInTheirBatch() {
        Selector selector = Selector.of(
                        Given.options("accessions", "b,a", "locus_tags", "t2 t1", "endpoint", "metadata"), List.of())
                .orElseThrow();

        assertThat(Planner.batches(selector, 1000))
                .containsExactly(new IdentifierBatch(IdentifierKind.ACCESSION, List.of("a", "b"), List.of("t1", "t2")));
    }

    @Test
    void locusTagsBesideAnEmptyListOfAccessionsAreAskedForAllTheSame() {
        Selector selector = Selector.of(
                        Given.options("accessions_path", "empty.txt", "locus_tags", "t1", "endpoint", "metadata"),
                        List.of())
                .orElseThrow();

        assertThat(Planner.batches(selector, 1000).stream()
                        .flatMap(batch -> batch.requested().stream())
                        .map(Identifier::text))
                .containsExactly("t1");
    }

    @Test
    void manyBatchesOverManyPartitionsAreNoOverflow() {
        IdentifierBatch batch = new IdentifierBatch(IdentifierKind.GENE_ID, List.of("1"), List.of());
        List<List<IdentifierBatch>> runs =
                Planner.partitions(Collections.nCopies(70_000, batch), Collections.nCopies(65_000, 1));

        assertThat(runs).hasSize(65_000);
        assertThat(runs.stream().mapToInt(List::size).sum()).isEqualTo(70_000);
    }

    @Test
    void withoutARateLimitManyBatchesOverManyPartitionsAreNoOverflowEither() {
        IdentifierBatch batch = new IdentifierBatch(IdentifierKind.GENE_ID, List.of("1"), List.of());
        List<List<IdentifierBatch>> runs = Planner.partitions(
                Collections.nCopies(70_000, batch),
                RateShare.divide(Double.POSITIVE_INFINITY, 65_000).stream()
                        .map(RateShare::permits)
                        .toList());

        assertThat(runs.stream().mapToInt(List::size).sum()).isEqualTo(70_000);
    }

    @Test
    void malformedIdentifiersMakeBatchesNoSmaller() {
        Selector selector = new Selector(
                Optional.of(IdentifierKind.ACCESSION),
                Identifiers.of(List.of("1", "2", "A1", "A2", "A3 B", "A4", "A5", "A6:c", "B:c")),
                Identifiers.NONE,
                Optional.empty(),
                Map.of("2", "entry 5 of accessions"));

        List<IdentifierBatch> batches = Planner.batches(selector, 2);

        assertThat(batches)
                .containsExactly(
                        new IdentifierBatch(
                                IdentifierKind.ACCESSION,
                                List.of("1", "2", "A1", "A2", "A3 B"),
                                List.of(),
                                Map.of("2", "entry 5 of accessions")),
                        new IdentifierBatch(IdentifierKind.ACCESSION, List.of("A4", "A5", "A6:c", "B:c"), List.of()));
        assertThat(batches.get(0).wellFormed().identifiers()).containsExactly("A1", "A2");
        assertThat(batches.get(0).malformedOnly().identifiers()).containsExactly("1", "2", "A3 B");
        assertThat(Planner.batches(
                        new Selector(
                                Optional.of(IdentifierKind.ACCESSION),
                                Identifiers.of(List.of("1", "2")),
                                Identifiers.NONE,
                                Optional.empty()),
                        2))
                .singleElement()
                .extracting(IdentifierBatch::isSent)
                .isEqualTo(false);
    }
}
