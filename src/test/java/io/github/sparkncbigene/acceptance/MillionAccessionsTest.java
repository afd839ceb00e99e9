package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.join.NcbiGeneLookup;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten rows joined with a list of a million accessions, or with none, make one request for ten. */
@ExtendWith(LocalSpark.class)
@ParameterizedClass(name = "ansi={0}, adaptive={1}")
@MethodSource("settings")
record MillionAccessionsTest(boolean ansi, boolean adaptive) {
    private static final long MILLION = 1_000_000;

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(MILLION).compact(true));

    @TempDir
    static Path directory;

    private static SparkSession extended;

    static Stream<Arguments> settings() {
        return Sample.oneIn(2, List.of(Arguments.of(true, true), Arguments.of(false, false))).stream();
    }

    @BeforeAll
    static void write(SparkSession spark) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(directory.resolve("accessions.txt"))) {
            for (long i = 0; i < MILLION; i++) {
                lines.write(SyntheticGenes.accession(i) + "\n");
            }
        }
        spark.createDataset(
                        LongStream.range(0, 10)
                                .mapToObj(i -> SyntheticGenes.accession(i * 90_000))
                                .toList(),
                        Encoders.STRING())
                .toDF("transcript")
                .selectExpr("transcript", "'x' AS tissue")
                .write()
                .parquet(directory.resolve("dimension").toString());
        extended = LookupTables.extended(new NcbiGeneExtensions());
    }

    @BeforeEach
    void configure() {
        extended.conf().set("spark.sql.ansi.enabled", ansi);
        extended.conf().set("spark.sql.adaptive.enabled", adaptive);
        // Also where no side is broadcast, and the joins are by sorting.
        extended.conf().set("spark.sql.autoBroadcastJoinThreshold", adaptive ? "10MB" : "-1");
        dimension().createOrReplaceTempView("dimension");
    }

    private static Dataset<Row> dimension() {
        return extended.read().parquet(directory.resolve("dimension").toString());
    }

    private static Dataset<Row> listed() {
        return LookupTables.genes(extended, SERVICE.baseUrl())
                .load(directory.resolve("accessions.txt").toString());
    }

    private static List<String> symbols(Dataset<Row> joined) {
        return LocalSpark.rows(joined.select("symbol"));
    }

    private static void assertOneRequestForTen(List<String> symbols) {
        assertThat(symbols)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 10)
                        .mapToObj(i -> SyntheticGenes.symbol(i * 90_000))
                        .toList());
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .hasSize(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dimension JOIN genes ON transcript = accession",
                "dimension LEFT JOIN genes ON transcript = accession",
                "genes WHERE accession IN (SELECT transcript FROM dimension)"
            })
    void theExtension(String from) {
        for (boolean list : new boolean[] {true, false}) {
            SERVICE.clearRequests();
            (list ? listed() : LookupTables.genes(extended, SERVICE.baseUrl()).load()).createOrReplaceTempView("genes");

            assertOneRequestForTen(symbols(extended.sql("SELECT symbol FROM " + from)));
        }
    }

    @Test
    void theHelper() {
        NcbiGeneLookup lookup = NcbiGeneLookup.of(dimension(), "transcript").option("base_url", SERVICE.baseUrl());

        assertOneRequestForTen(symbols(lookup.left()));
        SERVICE.clearRequests();
        assertOneRequestForTen(symbols(lookup.inner()));
    }

    @Test
    void whatIsShownIsOneSmallRequest() {
        listed().show();

        assertThat(SERVICE.requests()).singleElement().satisfies(request -> {
            assertThat(request.ids()).hasSizeLessThanOrEqualTo(21);
            assertThat(request.body() + request.parameters())
                    .contains("page_size")
                    .doesNotContain("1000");
        });
    }

    @Test
    void explainTellsWhatWouldBeAskedFor() {
        String plan = listed().queryExecution().executedPlan().toString();

        assertThat(plan)
                .contains("ncbi-gene gene report by 1000000 accessions, wire: JSON, requests: 1000, partitions: ");
        assertThat(SERVICE.requests()).isEmpty();
    }
}
