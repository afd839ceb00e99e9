package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a join with no list given, for every line of the table in docs/joins.md. */
@ExtendWith(LocalSpark.class)
class LookupJoinTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(NcbiGeneService.builder());

    @TempDir
    static Path directory;

    private static final Map<Line, List<String>> WITH_A_LIST = new HashMap<>();

    private static SparkSession alone;
    private static SparkSession extended;

    /** A line of the table. */
    record Line(String shape, String query, String alone, String extended) {
        static Line parse(String line) {
            String[] cells = line.split("\\|", -1);
            return new Line(cells[1].strip(), cells[2].strip().replace("`", ""), cells[3].strip(), cells[4].strip());
        }

        /** The column of genes by which keys are asked for. */
        LookupTables.Key key() {
            if (query.contains(" products ")) {
                return query.contains("= p.protein_accession") ? LookupTables.Key.PROTEIN : LookupTables.Key.TRANSCRIPT;
            }
            return query.contains("gene_id")
                    ? LookupTables.Key.GENE_ID
                    : query.contains("locus_tag") ? LookupTables.Key.LOCUS_TAG : LookupTables.Key.ACCESSION;
        }

        /** The keys that the other side of its join holds. */
        Set<String> keys() {
            return query.contains("= 's1'") ? key().ofSampleOne() : key().all();
        }

        @Override
        public String toString() {
            return shape;
        }
    }

    @BeforeAll
    static void sessions(SparkSession spark) {
        LookupTables.write(spark, directory);
        alone = spark.newSession();
        extended = LookupTables.extended(new NcbiGeneExtensions());
        LookupTables.registerVariants(alone, directory);
        LookupTables.registerVariants(extended, directory);
    }

    static Stream<Arguments> lines() throws IOException {
        List<Arguments> lines = new ArrayList<>();
        Path page = Path.of(System.getProperty("ncbi.gene.root"), "docs", "joins.md");
        for (String line : Files.readAllLines(page)) {
            if (line.contains("`SELECT ") && line.startsWith("|")) {
                for (boolean ansi : new boolean[] {true, false}) {
                    for (boolean adaptive : new boolean[] {true, false}) {
                        lines.add(Arguments.of(Line.parse(line), ansi, adaptive));
                    }
                }
            }
        }
        // Each line is in the sample, and so is each of the four settings.
        return Sample.oneIn(3, lines).stream();
    }

    @ParameterizedTest(name = "{0}, ANSI {1}, adaptive {2}")
    @MethodSource("lines")
    void alone(Line line, boolean ansi, boolean adaptive) {
        check(alone, line, line.alone(), ansi, adaptive);
    }

    @ParameterizedTest(name = "{0}, ANSI {1}, adaptive {2}")
    @MethodSource("lines")
    void extended(Line line, boolean ansi, boolean adaptive) {
        check(extended, line, line.extended(), ansi, adaptive);
    }

    private static void check(SparkSession spark, Line line, String outcome, boolean ansi, boolean adaptive) {
        spark.conf().set("spark.sql.ansi.enabled", ansi);
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
        LookupTables.registerGenes(spark, SERVICE.baseUrl());
        boolean pruned =
                switch (outcome) {
                    case "keys" -> true;
                    case "keys without AQE" -> !adaptive;
                    case "keys from Spark 4.3" -> LocalSpark.version(spark) >= 4.3;
                    case "error" -> false;
                    default -> throw new IllegalArgumentException("docs/joins.md says '" + outcome + "'");
                };
        if (!pruned) {
            assertThatThrownBy(() -> spark.sql(line.query()).collectAsList())
                    .hasStackTraceContaining("[NCBI_GENE_NO_SELECTOR]");
            assertThat(SERVICE.requests()).isEmpty();
            return;
        }
        List<String> rows = LocalSpark.rows(spark.sql(line.query()));
        int mentions = line.query().split(" (genes|products) ", -1).length - 1;
        // An accession without a line in the table is requested again.
        boolean isTable = line.query().contains(" products ");
        List<RecordedRequest> again = SERVICE.requests(request ->
                isTable && request.ids().size() == 1 && request.ids().get(0).endsWith("_000000000.1"));
        if (isTable && line.keys().size() > 2) {
            mentions++;
            assertThat(again).hasSize(1);
        }
        // Spark 3.5 may find out too late that it has computed the keys of another look-up; see docs/compatibility.md.
        boolean oneMore = mentions > 1 && adaptive && LocalSpark.version(spark) < 4;
        assertThat(SERVICE.requests())
                .as("a request for each mention of genes")
                .hasSizeBetween(mentions, oneMore ? mentions + 1 : mentions)
                .filteredOn(request -> !again.contains(request))
                .allSatisfy(request -> assertThat(request.ids()).containsExactlyInAnyOrderElementsOf(line.keys()));
        assertThat(rows).containsExactlyInAnyOrderElementsOf(WITH_A_LIST.computeIfAbsent(line, LookupJoinTest::listed));
    }

    /** As the page says: what is named by its GeneID has no accession to join by. */
    @Test
    void genesThatAFilterNamesHaveAnAccessionOnlyIfTheKeysAskForThem() {
        String query = "SELECT DISTINCT g.symbol FROM variants v JOIN genes g ON v.transcript = g.accession"
                + " WHERE g.gene_id = 59067";
        LookupTables.registerGenes(alone, SERVICE.baseUrl());
        LookupTables.registerGenes(extended, SERVICE.baseUrl());

        assertThat(LocalSpark.rows(alone.sql(query))).isEmpty();
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .containsExactly("59067"));
        SERVICE.clearRequests();

        assertThat(LocalSpark.rows(extended.sql(query))).containsExactly("IL21");
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .containsExactlyInAnyOrderElementsOf(LookupTables.Key.ACCESSION.all()));
    }

    /** The rows where genes has a list. */
    private static List<String> listed(Line line) {
        LookupTables.registerListedGenes(alone, SERVICE.baseUrl(), line.key());
        return LocalSpark.rows(alone.sql(line.query()));
    }
}
