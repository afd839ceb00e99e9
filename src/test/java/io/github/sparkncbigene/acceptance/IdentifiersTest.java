package io.github.sparkncbigene.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkncbigene.join.NcbiGeneExtensions;
import io.github.sparkncbigene.join.NcbiGeneLookup;
import io.github.sparkncbigene.testkit.Fault;
import io.github.sparkncbigene.testkit.NcbiGeneService;
import io.github.sparkncbigene.testkit.NcbiGeneServiceExtension;
import io.github.sparkncbigene.testkit.SyntheticGenes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same text is the same identifier by every way in, and what is none is a row that says so and no request. */
@ExtendWith(LocalSpark.class)
class IdentifiersTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension SERVICE = NcbiGeneServiceExtension.of(
            NcbiGeneService.builder().synthetic(2000).compact(true));

    private static final Path PAGE = Path.of(System.getProperty("ncbi.gene.root"), "docs", "identifiers.md");
    private static final Pattern LINE = Pattern.compile("\\| (.+?) \\| `(\\w+)` \\| `(.+?)` \\| (.+) \\|");
    private static final Pattern CHARACTER = Pattern.compile("<U\\+([0-9A-F]{4})>");
    private static final Pattern OUTCOME = Pattern.compile("`(.+?)` (\\w+)(?:: (.*))?");

    @TempDir
    Path directory;

    private static DataFrameReader reader(SparkSession spark) {
        return spark.read()
                .format("ncbi-gene")
                .option("base_url", SERVICE.baseUrl())
                .option("max_retries", 0);
    }

    private static List<String> rows(Dataset<Row> data, String... expressions) {
        return LocalSpark.rows(data.selectExpr(expressions)).stream().sorted().toList();
    }

    private static String unescaped(String shown) {
        return CHARACTER
                .matcher(shown.replace('\u21b5', '\n'))
                .replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
    }

    /** A line of the table in docs/identifiers.md. */
    record Pasted(String what, String option, String text, String outcome) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Pasted> pasted() throws IOException {
        List<Pasted> lines = LINE.matcher(Files.readString(PAGE))
                .results()
                .map(line -> new Pasted(line.group(1), line.group(2), unescaped(line.group(3)), line.group(4)))
                .toList();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(30);
        return lines;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pasted")
    void whatPeoplePasteIsAsThePageSays(Pasted pasted, SparkSession spark) throws IOException {
        String value = pasted.option().equals("accessions_path")
                ? Files.writeString(directory.resolve("ids"), pasted.text()).toString()
                : pasted.text();
        DataFrameReader genes = reader(spark).option(pasted.option(), value);
        if (pasted.outcome().startsWith("error: ")) {
            assertThatThrownBy(() -> genes.load())
                    .hasMessageStartingWith("[NCBI_GENE_INVALID_IDENTIFIER] ")
                    .hasMessageContaining(pasted.outcome().substring("error: ".length()));
            assertThat(SERVICE.requests()).isEmpty();
            return;
        }
        List<MatchResult> outcomes = Stream.of(pasted.outcome().split("<br>"))
                .flatMap(one -> OUTCOME.matcher(unescaped(one)).results())
                .toList();
        String key = pasted.option().equals("gene_ids") ? "gene_id" : "accession";
        List<Row> rows = genes.load()
                .selectExpr(key, "symbol", "warnings[0].code", "warnings[0].message")
                .collectAsList();
        assertThat(rows).hasSameSizeAs(outcomes);
        for (MatchResult outcome : outcomes) {
            Row row = rows.stream()
                    .filter(one -> String.valueOf(one.get(0)).equals(outcome.group(1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no row " + outcome.group(1) + " in " + rows));
            assertThat(row.isNullAt(1) ? row.getString(2) : row.getString(1)).isEqualTo(outcome.group(2));
            assertThat(String.valueOf(row.getString(3))).contains(outcome.group(3) == null ? "" : outcome.group(3));
        }
        boolean sent = outcomes.stream().anyMatch(outcome -> !outcome.group(2).startsWith("INVALID_"));
        assertThat(SERVICE.requests()).hasSize(sent ? 1 : 0);
    }

    private static List<String> accessions(int count) {
        return IntStream.range(0, count).mapToObj(SyntheticGenes::accession).toList();
    }

    private static List<String> malformed(int count) {
        List<String> forms =
                List.of("NM_%06d.1:c.1A>G", "%d", "chr1:%d-900", "NM_%06d (TP53)", "a;%d", "[%d", "\u00e9%d");
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(forms.get(i % forms.size()), i + 1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"0, 1000, false", "1, 100, false", "2, 1000, true", "3, 100, true", "4, 7, true"})
    void malformedEntriesCostNoRequests(int seed, int batchSize, boolean refused, SparkSession spark)
            throws IOException {
        List<String> malformed = malformed(300);
        List<String> all = new ArrayList<>(accessions(300));
        all.addAll(malformed);
        Collections.shuffle(all, new Random(seed));
        if (refused) {
            Set<String> bad = Set.copyOf(malformed);
            SERVICE.faults()
                    .when(request -> request.ids().stream().anyMatch(bad::contains), Fault.badRequest("No, thank you"));
        }
        Path file = Files.write(directory.resolve("ids.txt"), all);

        List<String> rows = rows(
                reader(spark).option("batch_size", batchSize).load(file.toString()),
                "accession",
                "coalesce(warnings[0].code, 'found')");

        List<String> expected = new ArrayList<>();
        accessions(300).forEach(accession -> expected.add(accession + "|found"));
        malformed.forEach(entry -> expected.add(entry + "|INVALID_ACCESSION"));
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(SERVICE.requests()).hasSize((300 + batchSize - 1) / batchSize);
    }

    /** Without a name in the message, each request tells yes or no: 78 are the least for ten of 1000 (ADR 0018). */
    @ParameterizedTest
    @CsvSource({
        "first, true, 9, 60",
        "last, true, 9, 60",
        "spread, true, 9, 60",
        "first, false, 9, 60",
        "last, false, 9, 60",
        "first, false, 7, 60",
        "last, false, 7, 60",
        "spread, false, 7, 60",
        "spread, false, 9, 105",
        "random, false, 9, 105"
    })
    void tenThatAreRefusedThoughTheyLookWellFormed(
            String where, boolean named, int digits, int most, SparkSession spark) {
        List<String> good = accessions(990);
        List<String> sorted = new ArrayList<>(new TreeSet<>(good));
        List<Integer> places = where.equals("random")
                ? new Random(13).ints(0, 990).distinct().limit(10).boxed().toList()
                : IntStream.range(0, 10).mapToObj(i -> i * 99).toList();
        List<String> bad = IntStream.range(0, 10)
                .mapToObj(i -> switch (where) {
                    case "first" -> "NM_" + "0".repeat(digits - 1) + i;
                    case "last" -> "XR_" + "9".repeat(digits - 1) + i;
                    default ->
                        named
                                ? sorted.get(places.get(i)).replaceAll("\\.\\d+$", ".9" + i)
                                : sorted.get(places.get(i)).substring(0, 3 + digits);
                })
                .distinct()
                .toList();
        Set<String> refused = Set.copyOf(bad);
        if (named) {
            SERVICE.configure(behaviour -> behaviour.refuse(refused::contains));
        } else {
            SERVICE.faults()
                    .when(request -> request.ids().stream().anyMatch(refused::contains), Fault.badRequest("No"));
        }
        List<String> all = new ArrayList<>(good);
        all.addAll(bad);

        Dataset<Row> genes =
                reader(spark).option("accessions", String.join(",", all)).load();
        List<String> missing = rows(genes.where("gene_id IS NULL"), "accession", "warnings[0].code");

        assertThat(missing)
                .containsExactlyElementsOf(
                        bad.stream().map(id -> id + "|NOT_FOUND").sorted().toList());
        assertThat(SERVICE.requests()).hasSizeLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({"AA_00000, 1000", "AA_00000, 2", "ZZ_00000, 1000", "ZZ_00000, 2"})
    void threeThatAreRefusedEndNoRead(String start, int batchSize, SparkSession spark) {
        List<String> bad = List.of(start + 1, start + 2, start + 3);
        SERVICE.faults().when(request -> request.ids().stream().anyMatch(bad::contains), Fault.badRequest("No"));

        List<String> rows = rows(
                reader(spark)
                        .option("accessions", String.join(",", bad) + ",NM_021803.4,NP_068575.1")
                        .option("batch_size", batchSize)
                        .option("max_partitions", 1)
                        .load(),
                "accession",
                "coalesce(symbol, warnings[0].code)");

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        bad.get(0) + "|NOT_FOUND",
                        bad.get(1) + "|NOT_FOUND",
                        bad.get(2) + "|NOT_FOUND",
                        "NM_021803.4|IL21",
                        "NP_068575.1|IL21");
    }

    @Test
    void malformedEntriesAreRowsOfCountsFiltersAndLimits(SparkSession spark) {
        Dataset<Row> genes = reader(spark)
                .option("accessions", "NM_021803.4, 59067, NM_1:c.1A>G, None")
                .load();

        assertThat(genes.where("accession = '59067'")
                        .selectExpr("warnings[0].message")
                        .as(Encoders.STRING())
                        .collectAsList())
                .containsExactly(
                        "'59067' (entry 2 of accessions) cannot be an accession and was not sent. It looks like"
                                + " a GeneID. Use gene_ids.");
        assertThat(genes.where("accession IN ('59067', 'None')").count()).isEqualTo(2);
        assertThat(SERVICE.requests()).isEmpty();
        assertThat(genes.count()).isEqualTo(4);
        assertThat(SERVICE.requests()).hasSize(1);
        assertThat(genes.limit(2).count()).isEqualTo(2);
        assertThat(genes.where("gene_id IS NOT NULL").count()).isEqualTo(1);
        assertThat(rows(
                        reader(spark).load().where("accession IN ('NM_021803.4', ' x y ')"),
                        "accession",
                        "warnings[0].code"))
                .containsExactly(" x y |INVALID_ACCESSION", "NM_021803.4|null");
    }

    @Test
    void modeHoldsForMalformedEntries(SparkSession spark) {
        DataFrameReader genes = reader(spark).option("accessions", "NM_021803.4,NM_000546.6:c.215C>G");

        assertThat(rows(genes.option("mode", "DROPMALFORMED").load(), "accession"))
                .containsExactly("NM_021803.4");
        SERVICE.clearRequests();
        assertThatThrownBy(() -> genes.option("mode", "FAILFAST").load().collectAsList())
                .hasMessage("[NCBI_GENE_INVALID_IDENTIFIER] 'NM_000546.6:c.215C>G' (entry 2 of accessions) cannot be an"
                        + " accession and was not sent. It is HGVS. Give the part before the colon: NM_000546.6. Mode is"
                        + " FAILFAST: correct the entry, or read with mode PERMISSIVE to get a row that says so, or"
                        + " DROPMALFORMED to get none.");
        assertThat(SERVICE.requests()).isEmpty();
    }

    @Test
    void otherKindsOfIdentifiersToo(SparkSession spark) {
        assertThat(rows(
                        reader(spark)
                                .option("gene_ids", "[59067.0, 'TP53', None]")
                                .load(),
                        "gene_id",
                        "symbol",
                        "warnings[0].code",
                        "warnings[0].invalid_identifiers[0]"))
                .containsExactly(
                        "59067|IL21|null|null", "null|null|INVALID_GENE_ID|None", "null|null|INVALID_GENE_ID|TP53");
        assertThat(rows(
                        reader(spark)
                                .option("locus_tags", "['b0001', 'b 1', nan]")
                                .load(),
                        "locus_tag",
                        "symbol",
                        "warnings[0].code"))
                .containsExactly("b 1|null|INVALID_LOCUS_TAG", "b0001|thrL|null", "nan|null|INVALID_LOCUS_TAG");
        SERVICE.clearRequests();
        assertThat(rows(
                        reader(spark)
                                .option("symbols", "l(2)gl,E(z),nan,None")
                                .option("taxon", "7227")
                                .load(),
                        "symbol",
                        "warnings[0].code"))
                .containsExactly("E(z)|NOT_FOUND", "None|INVALID_SYMBOL", "l(2)gl|NOT_FOUND", "nan|NOT_FOUND");
        assertThat(SERVICE.requests()).singleElement().satisfies(request -> assertThat(request.ids())
                .contains("l(2)gl", "E(z)", "nan")
                .doesNotContain("None"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r", "\n", "\r\n", "\t", " ", "\u00a0", "\u0085", "\u2028", "\u2029", "\u3000", "\ufeff", "\u200b",
                "\u000b"
            })
    void whiteSpaceAroundAnAccessionIsTheSameByEveryDoor(String blank, SparkSession spark) throws IOException {
        String key = blank + "NM_021803.4" + blank;
        spark.conf().set("spark.datasource.ncbi-gene.base_url", SERVICE.baseUrl());
        try {
            Dataset<Row> variants = spark.createDataset(Arrays.asList(key, null, "", blank), Encoders.STRING())
                    .toDF("transcript");

            assertThat(rows(NcbiGeneLookup.of(variants, "transcript").left(), "symbol", "transcript"))
                    .as("look-up")
                    .contains("IL21|" + key)
                    .hasSize(4);
            assertThat(rows(NcbiGeneLookup.of(variants, "transcript").inner().where("gene_id > 0"), "symbol"))
                    .as("look-up behind a filter")
                    .containsExactly("IL21");
            assertThat(SERVICE.requests()).hasSize(2).allSatisfy(request -> assertThat(request.ids())
                    .containsExactly("NM_021803.4"));
        } finally {
            spark.conf().unset("spark.datasource.ncbi-gene.base_url");
        }
        assertThat(rows(reader(spark).option("accessions", key).load(), "accession", "symbol"))
                .as("option")
                .containsExactly("NM_021803.4|IL21");
        Path file = Files.writeString(directory.resolve("a.txt"), "\"" + key + "\"\n");
        Files.writeString(file, key + "\nNP_068575.1");
        assertThat(rows(reader(spark).load(file.toString()), "accession", "symbol"))
                .as("file")
                .containsExactly("NM_021803.4|IL21", "NP_068575.1|IL21");
        Dataset<Row> filtered = reader(spark)
                .load()
                .where(org.apache.spark.sql.functions.col("accession").equalTo(key));
        assertThat(rows(filtered, "accession", "symbol")).as("filter").containsExactly(key + "|IL21");
    }

    private static final List<String> BLANKS = List.of(
            "\r", "\n", "\r\n", "\t", " ", "\u00a0", "\u0085", "\u2028", "\u2029", "\u3000", "\ufeff", "\u200b",
            "\u000b");

    /** All sorts of keys in one join, by both ways to join: the same rows, and the same request for each. */
    @ParameterizedTest
    @ValueSource(strings = {"LEFT", "INNER"})
    void theHelperAndTheExtensionReadKeysAlike(String type, SparkSession spark) {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String blank : BLANKS) {
            for (String key : List.of("NM_021803.4" + blank, blank + "NM_021803.4", blank + "NM_021803.4" + blank)) {
                expected.put(key, "59067|IL21|null");
            }
        }
        expected.put("NM_021803.4", "59067|IL21|null");
        expected.put("NP_068575.1\r", "59067|IL21|null");
        expected.put("NM_000000000.1\u2028", "null|null|NOT_FOUND");
        for (String malformed : List.of(
                "NM_021803.4:c.1A>G\r", "a, b", "59067\n1", "59067", "nan", "None", "(NM_021803.4)", "NM_021803\t.4")) {
            expected.put(malformed, "null|null|INVALID_ACCESSION");
        }
        List<String> keys = new ArrayList<>(expected.keySet());
        List<String> nothing = Arrays.asList(null, "", " ", "\u3000\r\n");
        keys.addAll(nothing);
        if (type.equals("LEFT")) {
            nothing.forEach(none -> expected.put(none, "null|null|null"));
        }
        List<String> rows = expected.entrySet().stream()
                .map(row -> row.getKey() + "|" + row.getValue())
                .toList();
        List<String> found =
                rows.stream().filter(row -> row.endsWith("|59067|IL21|null")).toList();
        SparkSession extended = LookupTables.extended(new NcbiGeneExtensions());
        extended.createDataset(keys, Encoders.STRING()).toDF("transcript").createOrReplaceTempView("variants");
        reader(extended).load().createOrReplaceTempView("genes");

        Dataset<Row> byExtension =
                extended.sql("SELECT * FROM variants " + type + " JOIN genes ON transcript = accession");
        check("extension", byExtension, rows, found);
        NcbiGeneLookup lookup = NcbiGeneLookup.of(extended.table("variants"), "transcript")
                .option("base_url", SERVICE.baseUrl())
                .option("max_retries", 0);
        check("helper", type.equals("LEFT") ? lookup.left() : lookup.inner(), rows, found);
    }

    private static void check(String way, Dataset<Row> joined, List<String> rows, List<String> found) {
        SERVICE.clearRequests();
        String[] columns = {"transcript", "gene_id", "symbol", "warnings[0].code"};
        assertThat(rows(joined, columns)).as(way).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(rows(joined.where("gene_id > 0"), columns))
                .as(way + " behind a filter that rejects null")
                .containsExactlyInAnyOrderElementsOf(found);
        assertThat(SERVICE.requests()).as(way).hasSize(2).allSatisfy(request -> assertThat(request.ids())
                .containsExactlyInAnyOrder("NM_021803.4", "NP_068575.1", "NM_000000000.1"));
    }

    @Test
    void aLookUpOfWhatCannotBeAnAccessionSaysSo(SparkSession spark) {
        spark.conf().set("spark.datasource.ncbi-gene.base_url", SERVICE.baseUrl());
        try {
            Dataset<Row> variants = spark.createDataset(
                            List.of("NM_021803.4:c.1A>G", "a, b", "59067\n1", "NM_021803.4"), Encoders.STRING())
                    .toDF("transcript");

            assertThat(rows(
                            NcbiGeneLookup.of(variants, "transcript").left(),
                            "transcript",
                            "coalesce(symbol, warnings[0].code)"))
                    .containsExactly(
                            "59067\n1|INVALID_ACCESSION",
                            "NM_021803.4:c.1A>G|INVALID_ACCESSION",
                            "NM_021803.4|IL21",
                            "a, b|INVALID_ACCESSION");
            assertThat(SERVICE.requests()).hasSize(1);
        } finally {
            spark.conf().unset("spark.datasource.ncbi-gene.base_url");
        }
    }

    @Test
    void anAccessionInPlaceOfAPathIsTold(SparkSession spark) {
        assertThatThrownBy(() -> reader(spark).load("NM_021803.4").collectAsList())
                .hasMessage("[NCBI_GENE_FILE_UNREADABLE] Accessions cannot be read from 'NM_021803.4': the file does"
                        + " not exist. It looks like an accession, not a path: give it with"
                        + " option(\"accessions\", \"NM_021803.4\").load().");
    }

    @Test
    void theSourceHasASecondNameThatNeedsNoQuotes(SparkSession spark) {
        assertThat(rows(
                        spark.read()
                                .format("ncbi_gene")
                                .option("base_url", SERVICE.baseUrl())
                                .option("accessions", "NM_021803.4")
                                .load(),
                        "symbol"))
                .containsExactly("IL21");
    }

    @ParameterizedTest
    @CsvSource({"ncbi-gene, append", "ncbi-gene, error", "ncbi_gene, overwrite", "ncbi-gene, ignore"})
    void writingIsAnErrorThatSaysSo(String format, String mode, SparkSession spark) {
        assertThatThrownBy(() -> spark.range(1)
                        .write()
                        .format(format)
                        .mode(mode)
                        .option("accessions", "NM_1.1")
                        .save())
                .hasMessage("[NCBI_GENE_READ_ONLY] The data source ncbi-gene is read-only: NCBI's gene records can be"
                        + " read, not written. Write to another format, such as df.write.parquet(\"path\").");
    }
}
