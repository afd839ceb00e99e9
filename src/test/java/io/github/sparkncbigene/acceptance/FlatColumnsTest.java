package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkncbigene.testkit.Behaviour;
import io.github.sparkncbigene.testkit.Behaviour.CellBreaks;
import io.github.sparkncbigene.testkit.Behaviour.EmptyTable;
import io.github.sparkncbigene.testkit.Behaviour.HeaderBlanks;
import io.github.sparkncbigene.testkit.Behaviour.HeaderLabels;
import io.github.sparkncbigene.testkit.Behaviour.HeaderPages;
import io.github.sparkncbigene.testkit.Behaviour.SupersededVersion;
import io.github.sparkncbigene.testkit.Behaviour.TableFilter;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whichever flat columns a query has, the rows of a table are those of JSON: over synthetic genes, well-known ones and,
 * where they are there, recorded ones; with a service that does what NCBI documents, and with strange ones.
 */
@ExtendWith(LocalSpark.class)
class FlatColumnsTest {
    private static final String TSV = "text/tab-separated-values";
    private static final int DRAWS = Sample.oneIn(5, 5);

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(service());

    /** What of a gene is named, and in which report. */
    private enum Named {
        TRANSCRIPTS("product", "transcript_accession"),
        PROTEINS("product", "protein_accession"),
        PRODUCTS_OF_GENES("product", "gene_id"),
        GENES("gene", "gene_id");

        private final String report;
        private final String column;

        Named(String report, String column) {
            this.report = report;
            this.column = column;
        }
    }

    private static final Map<Named, String> FILTERS = new EnumMap<>(Named.class);

    private static NcbiGeneService.Builder service() {
        NcbiGeneService.Builder service = NcbiGeneService.builder().synthetic(1000);
        Path recorded = Path.of(System.getProperty("ncbi.gene.recorded")).normalize();
        return Files.isDirectory(recorded) ? service.reports(recorded) : service;
    }

    private static DataFrameReader reader(SparkSession spark, Named named) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("report", named.report)
                .option("page_size", 20)
                .option("batch_size", 300)
                .option("max_partitions", 2);
    }

    /** Everything that the service knows of some genes, and what it does not know, or knows by another name. */
    @BeforeAll
    static void names(SparkSession spark) {
        List<String> genes = Stream.concat(
                        LongStream.range(0, 15).map(SyntheticGenes::geneId).mapToObj(Long::toString),
                        SERVICE.catalogue().geneIds().stream().map(String::valueOf))
                .toList();
        Set<String> transcripts = new LinkedHashSet<>();
        Set<String> proteins = new LinkedHashSet<>();
        for (Row row : reader(spark, Named.PRODUCTS_OF_GENES)
                .option("wire_format", "json")
                .option("gene_ids", String.join(",", genes))
                .load()
                .select("transcript_accession", "protein_accession")
                .collectAsList()) {
            transcripts.add(row.getString(0));
            proteins.add(row.getString(1));
        }
        transcripts.remove(null);
        proteins.remove(null);
        String version = "\\.[0-9]+$";
        String first = transcripts.iterator().next();
        List<String> others = List.of(
                first.replaceFirst(version, ""),
                first.replaceFirst(version, ".99"),
                "NM_000000000.1",
                "no name",
                "59067");
        FILTERS.put(Named.TRANSCRIPTS, in(Named.TRANSCRIPTS.column, transcripts, others));
        FILTERS.put(Named.PROTEINS, in(Named.PROTEINS.column, proteins, List.of("NP_000000000.1", first)));
        String ids = String.join(", ", genes) + ", 999999999, "
                + LongStream.range(0, 100)
                        .mapToObj(SyntheticGenes::replacedGeneId)
                        .flatMap(id -> id.stream().boxed())
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        FILTERS.put(Named.PRODUCTS_OF_GENES, "gene_id IN (" + ids + ")");
        FILTERS.put(Named.GENES, "gene_id IN (" + ids + ")");
    }

    private static String in(String column, Set<String> values, List<String> more) {
        return column
                + Stream.concat(values.stream(), more.stream()).collect(Collectors.joining("', '", " IN ('", "')"));
    }

    /** The rows of the query by JSON, all flat columns of each. */
    private static final class Expected {
        private final List<String> columns;
        private final List<Row> rows;

        Expected(SparkSession spark, Named named) {
            StructType schema = reader(spark, named).load().schema();
            this.columns = Arrays.stream(schema.fields())
                    .filter(field ->
                            !(field.dataType() instanceof ArrayType) && !(field.dataType() instanceof StructType))
                    .map(StructField::name)
                    // The gene report's table has no field for it.
                    .filter(name -> !name.equals("locus_tag"))
                    .toList();
            this.rows = query(spark, named, columns, "json").collectAsList();
        }

        List<String> of(List<String> some) {
            return rows.stream()
                    .map(row -> some.stream()
                            .map(column -> String.valueOf(row.get(columns.indexOf(column))))
                            .collect(Collectors.joining("|")))
                    .sorted()
                    .toList();
        }
    }

    private static Dataset<Row> query(SparkSession spark, Named named, List<String> columns, String format) {
        return reader(spark, named)
                .option("wire_format", format)
                .load()
                .filter(FILTERS.get(named))
                .select(columns.get(0), columns.subList(1, columns.size()).toArray(String[]::new));
    }

    private static void check(SparkSession spark, Named named, Expected expected, List<String> columns) {
        List<String> table = LocalSpark.rows(query(spark, named, columns, "auto")).stream()
                .sorted()
                .toList();

        assertThat(table).as("%s: %s", named, columns).isEqualTo(expected.of(columns));
    }

    @ParameterizedTest
    @EnumSource(Named.class)
    void theRowsAreThoseOfJsonWhateverTheColumns(Named named, SparkSession spark) {
        Expected expected = new Expected(spark, named);
        assertThat(expected.rows).hasSizeGreaterThan(30);
        List<List<String>> combinations = new ArrayList<>();
        combinations.add(expected.columns);
        if (named == Named.TRANSCRIPTS || named == Named.GENES) {
            expected.columns.forEach(column -> combinations.add(List.of(column)));
            combinations.addAll(Sample.oneIn(5, pairwise(expected.columns)));
        }
        combinations.addAll(draws(expected.columns, DRAWS, System.nanoTime()));
        SERVICE.clearRequests();

        combinations.forEach(columns -> check(spark, named, expected, columns));

        assertThat(SERVICE.requests(request -> request.header("accept").equals(Optional.of(TSV))))
                .hasSizeGreaterThan(combinations.size());
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(Named.class)
    void theRowsAreThoseOfJsonForManyMoreCombinations(Named named, SparkSession spark) {
        Expected expected = new Expected(spark, named);
        for (int i = 0; i < expected.columns.size(); i++) {
            for (int j = 0; j < i; j++) {
                check(spark, named, expected, List.of(expected.columns.get(i), expected.columns.get(j)));
            }
        }
        draws(expected.columns, 300, System.nanoTime()).forEach(columns -> check(spark, named, expected, columns));
    }

    static Stream<String> strange() {
        return STRANGE.keySet().stream();
    }

    private static final Map<String, Consumer<Behaviour>> STRANGE = new LinkedHashMap<>(Map.of(
            "ignores the filter", service -> service.accessionFilterOnTables(TableFilter.IGNORED),
            "refuses the filter", service -> service.accessionFilterOnTables(TableFilter.REFUSED),
            "repeats the header", service -> service.headerPages(HeaderPages.EVERY_PAGE),
            "writes tabs", service -> service.cellBreaks(CellBreaks.TAB),
            "writes line feeds", service -> service.cellBreaks(CellBreaks.LINE_FEED),
            "has other labels", service -> service.headerLabels(HeaderLabels.OTHER),
            "has labels without blanks", service -> service.headerBlanks(HeaderBlanks.NONE),
            "keeps genes without transcripts", service -> service.rowsWithoutMatch(true),
            "has no body for nothing", service -> service.emptyTable(EmptyTable.EMPTY),
            "warns of old versions", service -> service.supersededVersion(SupersededVersion.CURRENT_WITH_WARNING)));

    @ParameterizedTest
    @MethodSource("strange")
    void theRowsAreThoseOfJsonHoweverStrangeTheServiceIs(String strange, SparkSession spark) {
        SERVICE.configure(STRANGE.get(strange));
        for (Named named : List.of(Named.TRANSCRIPTS, Named.GENES)) {
            Expected expected = new Expected(spark, named);

            draws(expected.columns, 1, strange.hashCode()).forEach(columns -> check(spark, named, expected, columns));
        }
    }

    /** Combinations in which each two columns are both there, one without the other, and both missing. */
    private static List<List<String>> pairwise(List<String> columns) {
        List<List<String>> combinations = new ArrayList<>();
        Random random = new Random(7);
        Set<String> covered = new LinkedHashSet<>();
        int size = columns.size();
        while (covered.size() < 4 * size * (size - 1) / 2) {
            BitSet there = BitSet.valueOf(new long[] {random.nextLong()});
            Set<String> now = new LinkedHashSet<>();
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < i; j++) {
                    now.add(i + " " + there.get(i) + " " + j + " " + there.get(j));
                }
            }
            List<String> chosen = chosen(columns, there);
            if (!chosen.isEmpty() && covered.addAll(now)) {
                combinations.add(chosen);
            }
        }
        return combinations;
    }

    private static List<List<String>> draws(List<String> columns, int count, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> chosen(columns, BitSet.valueOf(new long[] {random.nextLong()})))
                .filter(chosen -> !chosen.isEmpty())
                .limit(count)
                .toList();
    }

    private static List<String> chosen(List<String> columns, BitSet there) {
        Map<String, Boolean> chosen = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            chosen.put(columns.get(i), there.get(i));
        }
        return columns.stream().filter(chosen::get).toList();
    }
}
