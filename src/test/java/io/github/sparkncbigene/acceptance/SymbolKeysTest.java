package io.github.sparkncbigene.acceptance;

import static org.apache.spark.sql.functions.countDistinct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.join.NcbiGeneLookup;
import io.github.sparkncbigene.testkit.Behaviour;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that hold symbols, GeneIDs or locus tags: every row gets its genes back, and no whole taxon is read. */
@ExtendWith(LocalSpark.class)
class SymbolKeysTest {
    private static final int TAXA = 10;
    private static final int GENES = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().reports(reports()).synthetic(200).compact(true));

    private static SparkSession extended;

    /**
     * Ten taxa of 300 genes: half of the symbols are the same in all taxa. Some symbols are synonyms of other genes, some
     * differ in letter case alone, and some genes have replaced others.
     */
    private static Path reports() {
        List<String> lines = new ArrayList<>();
        for (int taxon = 0; taxon < TAXA; taxon++) {
            for (int gene = 0; gene < GENES; gene++) {
                long id = 800_000_000L + taxon * 1000L + gene;
                String replaced = gene % 11 == 3 ? ",\"replaced_gene_id\":\"" + (id + 50_000_000) + "\"" : "";
                String synonyms = gene % 3 == 0
                        ? ",\"synonyms\":[\"alias" + gene + "\",\"" + symbol(taxon, (gene + 6) % GENES) + "\"]"
                        : gene % 3 == 1 ? ",\"synonyms\":[\"many\"]" : "";
                lines.add("{\"gene_id\":\"" + id + "\",\"symbol\":\"" + symbol(taxon, gene) + "\",\"tax_id\":\""
                        + taxId(taxon) + "\",\"taxname\":\"Testudo n" + taxon + "\",\"type\":\"PROTEIN_CODING\""
                        + replaced + synonyms + "}");
            }
        }
        try {
            Path directory = Files.createTempDirectory("symbols");
            directory.toFile().deleteOnExit();
            // The JVM deletes in reverse order, so the file goes before its directory.
            Files.write(directory.resolve("genes.jsonl"), lines).toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long taxId(int taxon) {
        return 770_000L + taxon;
    }

    private static String symbol(int taxon, int gene) {
        return gene >= GENES - 4
                ? (gene % 2 == 0 ? "w" : "W") + gene / 2
                : gene % 2 == 0 ? "Sym" + gene : "Own" + taxon + "x" + gene;
    }

    @BeforeAll
    static void session(SparkSession spark) {
        extended = LookupTables.extended(new NcbiGeneExtensions());
    }

    @BeforeEach
    void configure(SparkSession spark) {
        for (SparkSession session : List.of(spark, extended)) {
            session.conf().set("spark.datasource.ncbi-gene.base_url", SERVICE.baseUrl());
        }
        counts(spark).createOrReplaceTempView("counts");
        // Of a file, as tables are; Spark answers some queries of VALUES by itself.
        counts(extended).createOrReplaceTempView("counts");
    }

    @AfterEach
    void restore(SparkSession spark) {
        spark.conf().unset("spark.datasource.ncbi-gene.base_url");
    }

    private static Dataset<Row> counts(SparkSession spark) {
        return spark.sql("""
                SELECT * FROM VALUES (1, 'tp53'), (2, 'P53'), (3, 'NOTAGENE'), (4, 'TP53'), (5, NULL)
                AS t(n, gene)
                """);
    }

    private static DataFrameReader reader(SparkSession spark) {
        return spark.read().format("ncbi-gene");
    }

    private static Dataset<Row> listed(SparkSession spark) {
        return reader(spark)
                .option("symbols", "tp53,P53,NOTAGENE,TP53")
                .option("taxon", "human")
                .load();
    }

    private static List<String> rows(Dataset<Row> data, String... expressions) {
        Dataset<Row> shown = expressions.length == 0 ? data : data.selectExpr(expressions);
        return LocalSpark.rows(shown).stream().sorted().toList();
    }

    private static final List<String> INNER = List.of(
            "1|tp53|TP53|7157|null", "2|P53|TP53|7157|null", "3|NOTAGENE|null|null|NOT_FOUND", "4|TP53|TP53|7157|null");
    private static final List<String> LEFT = List.of(
            "1|tp53|TP53|7157|null",
            "2|P53|TP53|7157|null",
            "3|NOTAGENE|null|null|NOT_FOUND",
            "4|TP53|TP53|7157|null",
            "5|null|null|null|null");

    private static final String[] SHOWN = {
        "n", "gene", "if(gene_id IS NULL, NULL, symbol) AS symbol", "gene_id", "warnings[0].code AS code"
    };

    @ParameterizedTest
    @ValueSource(strings = {"LEFT", "INNER"})
    void symbolsAreJoinedBackByWhatWasRequestedInSql(String join, SparkSession spark) {
        listed(spark).selectExpr("_requested", "*").createOrReplaceTempView("genes");

        Dataset<Row> joined = spark.sql("SELECT t.*, g.symbol, g.gene_id, g.warnings FROM counts t " + join
                + " JOIN genes g ON g._requested = t.gene");

        assertThat(rows(joined, SHOWN)).isEqualTo(join.equals("LEFT") ? LEFT : INNER);
        assertSymbols(SERVICE.requests().get(0).ids(), "tp53", "P53", "NOTAGENE", "TP53");
    }

    @ParameterizedTest
    @ValueSource(strings = {"left", "inner"})
    void symbolsAreJoinedBackByWhatWasRequestedInADataFrame(String join, SparkSession spark) {
        Dataset<Row> genes = listed(spark).selectExpr("_requested", "symbol", "gene_id", "warnings");
        Dataset<Row> counts = counts(spark);

        Dataset<Row> joined = counts.join(genes, counts.col("gene").equalTo(genes.col("_requested")), join);

        assertThat(rows(joined, SHOWN)).isEqualTo(join.equals("left") ? LEFT : INNER);
    }

    @Test
    void theHelperFindsByAliasAndLetterCase(SparkSession spark) {
        NcbiGeneLookup lookup =
                NcbiGeneLookup.of(counts(spark), "gene").on("symbol").option("taxon", "human");

        assertThat(rows(lookup.left(), SHOWN)).isEqualTo(LEFT);
        assertThat(SERVICE.requests()).hasSize(1);
        assertThat(rows(lookup.inner(), SHOWN)).isEqualTo(INNER);
        assertThat(rows(lookup.option("mode", "DROPMALFORMED").inner(), "n")).containsExactly("1", "2", "4");
        // One that is found by a synonym alone, or in other letters, is no exact match.
        assertThat(rows(lookup.exact().left(), SHOWN))
                .containsExactly(
                        "1|tp53|null|null|null",
                        "2|P53|null|null|null",
                        "3|NOTAGENE|null|null|NOT_FOUND",
                        "4|TP53|TP53|7157|null",
                        "5|null|null|null|null");
        assertThat(rows(lookup.option("report", "product").inner(), "gene", "transcript_accession"))
                .contains("P53|NM_000546.6");
    }

    @Test
    void ambiguityIsCountedWithOneLineEach(SparkSession spark) {
        Dataset<Row> genes = reader(spark)
                .option("symbols", "many,Sym0,alias0,Sym2")
                .option("taxon", taxId(1))
                .load();

        assertThat(rows(genes.groupBy("_requested")
                        .agg(countDistinct("gene_id").as("genes"))
                        .where("genes > 1")))
                .containsExactly("Sym0|2", "many|100");
        assertThat(rows(genes.groupBy("gene_id")
                        .agg(countDistinct("_requested").as("symbols"))
                        .where("symbols > 1")))
                .containsExactly("800001000|2");
    }

    @Test
    void theHelperNeedsToKnowTheTaxon(SparkSession spark) {
        NcbiGeneLookup lookup = NcbiGeneLookup.of(counts(spark), "gene").on("symbol");

        assertThatThrownBy(lookup::left)
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] A symbol names a gene only within a taxon. Give"
                        + " option(\"taxon\", \"human\"), or taxonColumn(\"tax_id\") with a column of the data.");
        assertThatThrownBy(
                        () -> lookup.option("taxon", "human").taxonColumn("n").left())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Both the option taxon and the column 'n' name the taxa of"
                        + " symbols. Give one of them.");
        assertThatThrownBy(() -> lookup.on("locus_tag").taxonColumn("n").left())
                .hasMessage("[NCBI_GENE_CONFLICTING_OPTIONS] Only symbols are looked up by taxon, not locus_tag. Drop"
                        + " taxonColumn(\"n\").");
        assertThat(SERVICE.requests()).isEmpty();
    }

    /** Ten taxa of 300 symbols each, and of one of them 800 more that are not there. */
    private static Dataset<Row> organisms(SparkSession spark) {
        List<Row> rows = new ArrayList<>();
        for (int taxon = 0; taxon < TAXA; taxon++) {
            for (int gene = 0; gene < (taxon == 3 ? 1100 : GENES); gene++) {
                String symbol = gene < GENES ? symbol(taxon, gene) : "none" + gene;
                rows.add(RowFactory.create(symbol, taxId(taxon), "Testudo n" + taxon));
            }
        }
        return spark.createDataFrame(
                rows,
                new StructType()
                        .add("gene", DataTypes.StringType)
                        .add("organism", DataTypes.LongType)
                        .add("species", DataTypes.StringType));
    }

    private static void assertRequestsAreThoseOfTheirTaxa() {
        // Nine taxa of up to 1000 symbols, and one that takes two requests.
        assertThat(SERVICE.requests()).hasSize(TAXA + 1);
        assertThat(SERVICE.requests()).allSatisfy(request -> assertThat(request.body() + request.path())
                .contains("symbol"));
    }

    @ParameterizedTest
    @CsvSource({"organism", "species", "cast(organism AS DOUBLE)"})
    void severalTaxaOfATableAreSeveralRequestsOfTheHelper(String column, SparkSession spark) {
        Dataset<Row> found = NcbiGeneLookup.of(organisms(spark).selectExpr("*", column + " AS taxon"), "gene")
                .on("symbol")
                .taxonColumn("taxon")
                .exact()
                .left();

        assertThat(rows(found, "count(*)", "count(gene_id)", "sum(if(tax_id = organism, 1, 0))"))
                .containsExactly("3800|3000|3000");
        assertRequestsAreThoseOfTheirTaxa();
    }

    @ParameterizedTest
    @CsvSource({
        "LEFT, g.tax_id = t.organism",
        "INNER, g.tax_id = t.organism",
        "LEFT, g.tax_name = t.species",
        "LEFT, g.tax_id = CAST(t.organism AS DOUBLE)",
        "LEFT, g.tax_id = t.organism AND g.tax_name = t.species"
    })
    void severalTaxaOfATableAreSeveralRequestsOfAJoin(String join, String taxa) {
        organisms(extended).write().mode("overwrite").saveAsTable("organisms");
        reader(extended).load().createOrReplaceTempView("genes");
        try {
            Dataset<Row> found = extended.sql("SELECT t.gene, t.organism, g.gene_id, g.tax_id FROM organisms t " + join
                    + " JOIN genes g ON g.symbol = t.gene AND " + taxa);

            assertThat(rows(found, "count(*)", "count(gene_id)", "sum(if(tax_id = organism, 1, 0))"))
                    .containsExactly((join.equals("LEFT") ? "3800" : "3000") + "|3000|3000");
            assertRequestsAreThoseOfTheirTaxa();
            SERVICE.clearRequests();
            // A filter on the other column leaves the taxa to it.
            assertThat(rows(
                            extended.sql(
                                    "SELECT t.gene, g.gene_id FROM organisms t JOIN genes g ON g.symbol = t.gene AND "
                                            + taxa + " WHERE g.tax_id = " + taxId(2)),
                            "count(gene_id)"))
                    .containsExactly("300");
            assertThat(SERVICE.requests()).hasSizeBetween(1, 4);
        } finally {
            extended.sql("DROP TABLE organisms");
        }
    }

    @Test
    void aJoinBySymbolTakesTheTaxonOfAFilterOrAnOption() {
        reader(extended).load().createOrReplaceTempView("genes");
        reader(extended).option("taxon", "human").load().createOrReplaceTempView("human_genes");
        for (String query : List.of(
                "SELECT t.n, g.gene_id FROM counts t LEFT JOIN genes g ON g.symbol = t.gene AND g.tax_id = 9606",
                "SELECT t.n, g.gene_id FROM counts t LEFT JOIN (SELECT * FROM genes WHERE tax_name = 'Homo sapiens') g"
                        + " ON g.symbol = t.gene",
                "SELECT t.n, g.gene_id FROM counts t LEFT JOIN human_genes g ON g.symbol = t.gene")) {
            SERVICE.clearRequests();

            // The join compares official symbols, letter for letter.
            assertThat(LocalSpark.rows(extended.sql(query)).stream().sorted())
                    .as(query)
                    .containsExactly("1|null", "2|null", "3|null", "4|7157", "5|null");
            assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                    .contains("tp53", "P53", "NOTAGENE", "TP53")
                    .hasSizeBetween(4, 5));
        }
    }

    @Test
    void aJoinBySymbolWithoutATaxonSaysHowToGiveOne() {
        reader(extended).load().createOrReplaceTempView("genes");

        assertThatThrownBy(() -> extended.sql(
                                "SELECT t.n, g.gene_id FROM counts t LEFT JOIN genes g ON g.symbol =" + " t.gene")
                        .collectAsList())
                .hasStackTraceContaining("[NCBI_GENE_NO_SELECTOR]")
                .hasStackTraceContaining("The join compares symbol, which names genes of one taxon only: add tax_id ="
                        + " 9606, compare tax_id as well, or set the option taxon.");
        assertThatThrownBy(
                        () -> reader(extended).load().where("symbol = 'TP53'").collectAsList())
                .hasStackTraceContaining(
                        "A filter on symbol names genes of one taxon only: add tax_id = 9606, or set the"
                                + " option taxon.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void filtersOnSymbolsNeverReadTheWholeTaxon(SparkSession spark) {
        String two = "symbol IN ('TP53', 'IL21', 'P53', 'NOTAGENE')";
        List<String> expected = List.of("IL21|59067|null", "TP53|7157|null");
        for (Dataset<Row> genes : List.of(
                reader(spark).option("taxon", "human").load().where(two),
                reader(spark).load().where(two + " AND tax_id = 9606"),
                reader(spark).load().where(two + " AND tax_name = 'Homo sapiens'"))) {
            SERVICE.clearRequests();
            assertThat(rows(genes, "symbol", "gene_id", "warnings[0].code")).isEqualTo(expected);
            assertThat(SERVICE.requests())
                    .singleElement()
                    .satisfies(request -> assertSymbols(request.ids(), "TP53", "IL21", "P53", "NOTAGENE"));
        }
        SERVICE.clearRequests();
        assertThat(rows(
                        reader(spark)
                                .load()
                                .where("symbol = 'Sym0' AND tax_id IN (" + taxId(1) + ", " + taxId(2) + ")"),
                        "symbol",
                        "tax_id"))
                .containsExactly("Sym0|" + taxId(1), "Sym0|" + taxId(2));
        assertThat(SERVICE.requests()).hasSize(2);
        // Nothing else is different from reading the whole taxon.
        assertThat(rows(
                        reader(spark)
                                .option("taxon", "human")
                                .option("push_down", "false")
                                .load()
                                .where(two),
                        "symbol",
                        "gene_id",
                        "warnings[0].code"))
                .isEqualTo(expected);
    }

    /** The stand-in lists the taxon of symbols among what was requested. */
    private static void assertSymbols(List<String> ids, String... symbols) {
        assertThat(ids).contains(symbols).hasSizeBetween(symbols.length, symbols.length + 1);
    }

    @Test
    void whatIsMissingNamesItsTaxon(SparkSession spark) {
        DataFrameReader reader = reader(spark).option("symbols", "TP53").option("taxon", "klingon");

        assertThat(rows(reader.load(), "_requested", "warnings[0].code", "warnings[0].message"))
                .containsExactly("TP53|NOT_FOUND|NCBI returned nothing for symbol TP53 of taxon 'klingon'");
        assertThatThrownBy(() -> reader.option("mode", "FAILFAST").load().collectAsList())
                .hasStackTraceContaining(
                        "NCBI returned nothing for symbol 'TP53' of taxon 'klingon', and mode is" + " FAILFAST.");
        SERVICE.configure(behaviour -> behaviour.unknownIds(Behaviour.UnknownIds.NAMED));
        assertThat(rows(reader.option("mode", "PERMISSIVE").load(), "_requested", "warnings[0].code"))
                .containsExactly("TP53|UNRECOGNIZED_TAX_TOKEN");
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.SupersededVersion.class,
            names = {"CURRENT_SILENTLY", "CURRENT_WITH_WARNING"})
    void aReplacedGeneIdFindsItsGene(Behaviour.SupersededVersion answer, SparkSession spark) {
        SERVICE.configure(behaviour -> behaviour.supersededVersion(answer));
        long replaced = 850_000_003L;
        Dataset<Row> data =
                spark.sql("SELECT * FROM VALUES (1, " + replaced + "L), (2, 800000003L), (3, 1L) AS t(n, id)");
        NcbiGeneLookup lookup = NcbiGeneLookup.of(data, "id").on("gene_id");

        assertThat(rows(lookup.left(), "n", "id", "if(symbol IS NULL, NULL, gene_id)", "symbol"))
                .containsExactly(
                        "1|" + replaced + "|800000003|Own0x3", "2|800000003|800000003|Own0x3", "3|1|null|null");
        assertThat(rows(lookup.exact().left(), "n", "symbol")).containsExactly("1|null", "2|Own0x3", "3|null");
    }

    /** What brute force finds: every gene of the catalogue is compared with every key. */
    private static Set<String> expected(List<Row> data, boolean exact) throws IOException {
        List<JsonNode> genes = new ArrayList<>();
        LongStream ids = LongStream.concat(
                SERVICE.catalogue().geneIds().stream().mapToLong(Long::longValue),
                LongStream.range(900_000_000, 900_000_200));
        for (long id : ids.toArray()) {
            genes.add(JSON.readTree(
                    SERVICE.catalogue().geneReportJson(Long.toString(id)).orElseThrow()));
        }
        Set<String> expected = new TreeSet<>();
        for (Row row : data) {
            String key = row.getString(0);
            for (JsonNode gene : genes) {
                Set<String> names = new TreeSet<>();
                names.add(gene.path("symbol").asText());
                if (!exact) {
                    gene.path("synonyms").forEach(synonym -> names.add(synonym.asText()));
                }
                boolean named = names.stream().anyMatch(name -> exact ? name.equals(key) : name.equalsIgnoreCase(key));
                if (named && gene.path("tax_id").asLong() == row.getLong(1)) {
                    expected.add(key + " " + row.getLong(1) + " "
                            + gene.path("gene_id").asText());
                }
            }
        }
        return expected;
    }

    private static Set<String> found(Dataset<Row> data) {
        return new TreeSet<>(LocalSpark.rows(
                data.where("gene_id IS NOT NULL").selectExpr("concat_ws(' ', gene, organism, gene_id)")));
    }

    @ParameterizedTest
    @CsvSource({"1, AS_REQUESTED, 1000", "2, AS_REQUESTED, 7", "3, SYMBOLS_IN_CAPITALS, 50", "4, OMITTED, 1000"})
    void theHelperFindsWhatBruteForceFinds(int seed, Behaviour.QueryEcho echo, int batchSize, SparkSession spark)
            throws IOException {
        SERVICE.configure(behaviour -> behaviour.queryEcho(echo));
        Random random = new Random(seed);
        List<String> humanNames = List.of("TP53", "P53", "IL21", "CD360", "ns3", "B-RAF1", "SYN3", "syn3-alt", "SYN9");
        List<Row> data = IntStream.range(0, echo == Behaviour.QueryEcho.OMITTED ? 20 : 120)
                .mapToObj(n -> {
                    int taxon = random.nextInt(3);
                    String name =
                            switch (random.nextInt(6)) {
                                case 0 -> symbol(taxon, random.nextInt(GENES));
                                case 1 -> symbol(taxon, GENES - 1 - random.nextInt(4));
                                case 2 -> "alias" + random.nextInt(GENES);
                                case 3 -> "many";
                                case 4 -> "none" + random.nextInt(9);
                                default -> humanNames.get(random.nextInt(humanNames.size()));
                            };
                    String written = random.nextBoolean()
                            ? name
                            : random.nextBoolean() ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT);
                    return RowFactory.create(written, humanNames.contains(name) ? 9606L : taxId(taxon));
                })
                .distinct()
                .toList();
        Dataset<Row> table = spark.createDataFrame(
                data, new StructType().add("gene", DataTypes.StringType).add("organism", DataTypes.LongType));
        NcbiGeneLookup lookup = NcbiGeneLookup.of(table, "gene")
                .on("symbol")
                .taxonColumn("organism")
                .option("batch_size", batchSize);

        assertThat(found(lookup.left())).isEqualTo(expected(data, false));
        assertThat(found(lookup.inner())).isEqualTo(expected(data, false));
        assertThat(found(lookup.exact().left())).isEqualTo(expected(data, true));
        // Every row is there, found or not.
        assertThat(lookup.left().select("gene", "organism").distinct().count()).isEqualTo(data.size());

        Dataset<Row> ofExtended = extended.createDataFrame(data, table.schema());
        ofExtended.write().mode("overwrite").saveAsTable("keys");
        try {
            reader(extended).option("batch_size", batchSize).load().createOrReplaceTempView("genes");
            assertThat(found(extended.sql("SELECT k.*, g.gene_id FROM keys k LEFT JOIN genes g ON g.symbol = k.gene AND"
                            + " g.tax_id = k.organism")))
                    .isEqualTo(expected(data, true));
        } finally {
            extended.sql("DROP TABLE keys");
        }
    }
}
