package io.github.sparkncbigene.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.identifier.Identifiers;
import io.github.sparkncbigene.read.NcbiGenePartition;
import io.github.sparkncbigene.read.NcbiGeneReaderFactory;
import io.github.sparkncbigene.testing.Given;
import io.github.sparkncbigene.testing.Serialized;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class NcbiGeneScanBuilderTest {
    private static final Predicate ACCESSION = equal("accession", "a");
    private static final Predicate DESCRIPTION = equal("description", "a");
    private static final Predicate ACCESSION_KNOWN = known("accession");
    private static final Predicate SYMBOL_KNOWN = known("symbol");

    private static Predicate equal(String column, String text) {
        return new Predicate("=", new Expression[] {
            Expressions.column(column), new LiteralValue<>(UTF8String.fromString(text), DataTypes.StringType)
        });
    }

    private static Predicate known(String column) {
        return new Predicate("IS_NOT_NULL", new Expression[] {Expressions.column(column)});
    }

    private static NcbiGeneScanBuilder builder(String... options) {
        return new NcbiGeneScanBuilder(Given.options(options));
    }

    private static StructType columns(String... names) {
        StructType full = NcbiGeneScanBuilder.schema(Given.options());
        return new StructType(Arrays.stream(names).map(full::apply).toArray(StructField[]::new));
    }

    @Test
    void keyFiltersAreTakenAndTheOthersAreSparks() {
        NcbiGeneScanBuilder builder = builder("accessions", "a,b");

        assertThat(builder.pushPredicates(new Predicate[] {ACCESSION_KNOWN, ACCESSION, DESCRIPTION, SYMBOL_KNOWN}))
                .containsExactlyInAnyOrder(DESCRIPTION, SYMBOL_KNOWN);
        assertThat(builder.pushedPredicates()).containsExactlyInAnyOrder(ACCESSION, ACCESSION_KNOWN);
        assertThat(builder.build().description()).contains("pushed: accession = a", "by 1 accessions");
    }

    @Test
    void withoutPushDownEverythingIsSparks() {
        NcbiGeneScanBuilder builder = builder("accessions", "a,b", "push_down", "false");

        assertThat(builder.pushPredicates(new Predicate[] {ACCESSION, DESCRIPTION}))
                .containsExactly(ACCESSION, DESCRIPTION);
        assertThat(builder.pushedPredicates()).isEmpty();
        assertThat(builder.pushLimit(5)).isFalse();
        builder.pruneColumns(columns("gene_id"));
        assertThat(builder.build().readSchema()).isEqualTo(NcbiGeneScanBuilder.schema(Given.options()));
        assertThat(((NcbiGeneScan) builder.build()).filterAttributes()).isEmpty();
    }

    @Test
    void columnsArePrunedInNestedReadsOnly() {
        NcbiGeneScanBuilder nested = builder("accessions", "a");
        nested.pruneColumns(columns("symbol"));
        assertThat(nested.build().readSchema().fieldNames()).containsExactly("symbol");

        NcbiGeneScanBuilder tabular = builder("accessions", "a", "table_fields", "gene-id,symbol");
        tabular.pruneColumns(columns("symbol"));
        assertThat(tabular.build().readSchema().fieldNames()).containsExactly("gene_id", "symbol");
    }

    @Test
    void inATableOnlyTheAccessionIsAKey() {
        Predicate symbol = equal("symbol", "x");

        assertThat(builder("accessions", "a", "table_fields", "symbol,accession")
                        .pushPredicates(new Predicate[] {symbol, ACCESSION}))
                .containsExactly(symbol);
        assertThat(builder("accessions", "a", "table_fields", "symbol").pushPredicates(new Predicate[] {symbol}))
                .containsExactly(symbol);
    }

    @Test
    void equalQueriesAreEqualAndOthersAreNot() {
        Scan scan = builder("accessions", "a,b", "api_key", "K").build();

        assertThat(builder("accessions", "a,b", "api_key", "K").build())
                .isEqualTo(scan)
                .hasSameHashCodeAs(scan);
        assertThat(builder("accessions", "a,b", "api_key", "L").build()).isNotEqualTo(scan);
        assertThat(builder("accessions", "a,c", "api_key", "K").build()).isNotEqualTo(scan);
        NcbiGeneScanBuilder filtered = builder("accessions", "a,b", "api_key", "K");
        filtered.pushPredicates(new Predicate[] {ACCESSION});
        assertThat(filtered.build()).isNotEqualTo(scan);
        NcbiGeneScanBuilder limited = builder("accessions", "a,b", "api_key", "K");
        limited.pushLimit(3);
        assertThat(limited.build()).isNotEqualTo(scan);
        assertThat(scan.toBatch())
                .isEqualTo(builder("accessions", "a,b", "api_key", "K").build().toBatch());
    }

    @Test
    void aScanIsNarrowedByAJoinOnKeysThatAreRead() {
        NcbiGeneScanBuilder builder = builder("accessions", "a,b,c");
        builder.pruneColumns(columns("accession", "symbol"));
        NcbiGeneScan scan = (NcbiGeneScan) builder.build();
        assertThat(Arrays.stream(scan.filterAttributes()).map(NamedReference::describe))
                .containsExactly("accession");
        scan.filter(new Predicate[] {equal("accession", "b"), equal("symbol", "not a key of joins"), SYMBOL_KNOWN});

        assertThat(((NcbiGeneBatch) scan.toBatch()).plan().batches())
                .singleElement()
                .satisfies(batch -> assertThat(batch.identifiers()).containsExactly("b"));
    }

    /** What the executors get of a scan that keeps no answers. */
    private static NcbiGeneReaderFactory factory(Scan scan) {
        ScanPlan plan = ((NcbiGeneBatch) scan.toBatch()).plan();
        return new NcbiGeneReaderFactory(plan.spec().forTasks(), plan.limit(), null, new UUID(0, 0));
    }

    @Test
    void nothingAboutAScanShowsTheKey() {
        NcbiGeneScanBuilder builder = builder("accessions", "a,b", "api_key", "SECRETKEY");
        builder.pushPredicates(new Predicate[] {ACCESSION});
        Scan scan = builder.build();

        assertThat(scan + scan.description() + scan.toBatch() + factory(scan)).doesNotContain("SECRETKEY");
        for (var partition : scan.toBatch().planInputPartitions()) {
            assertThat(partition.toString()).doesNotContain("SECRETKEY");
        }
    }

    @Test
    void whatGoesToExecutorsTravels() {
        NcbiGeneScanBuilder builder = builder("accessions", "a,b", "batch_size", "1");
        builder.pushPredicates(new Predicate[] {equal("symbol", "x")});
        builder.pushLimit(7);
        Scan scan = builder.build();

        assertThat(Serialized.copy(factory(scan)).spec())
                .isEqualTo(factory(scan).spec());
        assertThat(List.of(scan.toBatch().planInputPartitions()))
                .isNotEmpty()
                .allSatisfy(partition -> assertThat(Serialized.copy(partition)).isEqualTo(partition));
    }

    private static List<String> accessions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format("NM_%09d.1", i))
                .toList();
    }

    @Test
    void eachTaskGetsItsPartOfAListAndNoneTheWhole() {
        Scan scan = builder("accessions", String.join(",", accessions(100_000)), "max_partitions", "5")
                .build();
        InputPartition[] partitions = scan.toBatch().planInputPartitions();

        assertThat(partitions).hasSizeGreaterThan(1);
        // A batch takes 5 kB; its accessions, as texts of 14 letters, would take 16 kB.
        assertThat(partitions).allSatisfy(partition -> assertThat(Serialized.size(partition))
                .isLessThan(((NcbiGenePartition) partition).batches().size() * 8000 + 2000));
        assertThat(Serialized.size(factory(scan))).isLessThan(20_000);
    }

    @Test
    void aLongFilterTravelsToExecutorsCompressed() {
        List<String> accessions = accessions(100_000);
        Expression[] in = Stream.concat(
                        Stream.of(Expressions.column("accession")),
                        accessions.stream()
                                .map(text -> new LiteralValue<>(UTF8String.fromString(text), DataTypes.StringType)))
                .toArray(Expression[]::new);
        NcbiGeneScanBuilder builder = builder();
        assertThat(builder.pushPredicates(new Predicate[] {new Predicate("IN", in)}))
                .isEmpty();
        Scan scan = builder.build();

        assertThat(Serialized.size(factory(scan))).isLessThan(accessions.size() * 6);
        assertThat(Serialized.copy(factory(scan)).spec().filters().of("accession"))
                .contains(Identifiers.of(accessions));
    }

    @Test
    void buildingAScanReadsNoFile() {
        Scan scan = builder("accessions_path", "/no/such/file").build();

        assertThat(scan.readSchema().fieldNames()).contains("accession");
    }

    @Test
    void aTableHasNoMetadataColumns() {
        assertThat(NcbiGeneScanBuilder.metadata(Given.options()).fieldNames())
                .containsExactly("_requested", "_query", "_request_id", "_retrieved_at");
        assertThat(NcbiGeneScanBuilder.metadata(Given.options("table_fields", "symbol"))
                        .fieldNames())
                .isEmpty();
    }

    @Test
    void theScanSaysHowMuchItIs() {
        NcbiGeneScan listed = (NcbiGeneScan) builder("accessions", "a,b,c").build();
        NcbiGeneScan unbounded = (NcbiGeneScan) builder().build();

        assertThat(listed.isUnbounded()).isFalse();
        assertThat(listed.estimateStatistics().numRows()).hasValue(3);
        assertThat(listed.estimateStatistics().sizeInBytes().orElseThrow()).isBetween(3L, 1_000_000L);
        assertThat(unbounded.isUnbounded()).isTrue();
        assertThat(unbounded.estimateStatistics().numRows()).isEmpty();
        assertThat(unbounded.estimateStatistics().sizeInBytes().orElseThrow()).isGreaterThan(1L << 40);
    }

    @Test
    void theLimitIsPartOfTheScanAndReachesTheTasks() {
        NcbiGeneScanBuilder some = builder();
        assertThat(some.pushLimit(7)).isTrue();
        Scan limited = some.build();
        Scan whole = builder().build();

        assertThat(Serialized.copy(factory(limited)).limit()).hasValue(7);
        assertThat(Serialized.copy(factory(whole)).limit()).isEmpty();
        assertThat(limited).isNotEqualTo(whole);
        assertThat(limited.toBatch()).isNotEqualTo(whole.toBatch());
        assertThat(builder().build()).isEqualTo(whole).hasSameHashCodeAs(whole);
    }
}
