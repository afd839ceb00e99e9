package io.github.sparkncbigene.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkncbigene.decode.NcbiWarning;
import io.github.sparkncbigene.decode.ReportValues;
import io.github.sparkncbigene.identifier.Identifier;
import io.github.sparkncbigene.identifier.IdentifierKind;
import io.github.sparkncbigene.identifier.KeyDomains;
import io.github.sparkncbigene.report.Provenance;
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.testing.Recorded;
import io.github.sparkncbigene.testing.SparkValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NestedLayoutTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final StructType GENE = ReportSchema.of(Report.GENE);
    private static final StructType PRODUCT = ReportSchema.of(Report.PRODUCT);

    private static StructType only(StructType schema, String... columns) {
        return new StructType(Arrays.stream(columns).map(schema::apply).toArray(StructField[]::new));
    }

    private static long leaves(JsonNode node) {
        long leaves = node.isValueNode() ? 1 : 0;
        for (JsonNode child : node) {
            leaves += leaves(child);
        }
        return leaves;
    }

    @Test
    void everyLeafOfAGeneReportIsInItsRow() throws IOException {
        Leaves leaves = new Leaves();
        leaves.compareGene(MAPPER.readTree(Samples.GENE), Decoding.geneRow(Samples.GENE));

        assertThat(leaves.lost()).isEmpty();
        assertThat(leaves.found()).isEqualTo((int) leaves(MAPPER.readTree(Samples.GENE)));
    }

    @Test
    void everyLeafOfAProductReportIsInItsRows() throws IOException {
        Leaves leaves = new Leaves();
        leaves.compareProduct(
                MAPPER.readTree(Samples.PRODUCT),
                Decoding.nestedRows(Report.PRODUCT, PRODUCT, Samples.page("product", Samples.PRODUCT)));

        assertThat(leaves.lost()).isEmpty();
        assertThat(leaves.found()).isGreaterThan(60);
    }

    @Test
    void everyLeafOfEveryRecordedGeneReportIsInItsRow() throws IOException {
        Leaves leaves = new Leaves();
        int recordedLeaves = 0;
        for (Path file : Recorded.json("dataset_report")) {
            String body = Files.readString(file);
            List<Map<String, Object>> rows = Decoding.nestedRows(Report.GENE, GENE, body);
            JsonNode recorded = MAPPER.readTree(body).path("reports");
            assertThat(rows).as(file.toString()).hasSize(recorded.size());
            for (int i = 0; i < rows.size(); i++) {
                leaves.compareGene(recorded.get(i).path("gene"), rows.get(i));
                recordedLeaves += (int) leaves(recorded.get(i).path("gene"));
            }
        }
        assertThat(leaves.lost()).isEmpty();
        assertThat(leaves.found()).isEqualTo(recordedLeaves).isPositive();
    }

    @Test
    void everyLeafOfEveryRecordedProductReportIsInItsRows() throws IOException {
        Leaves leaves = new Leaves();
        int recordedLeaves = 0;
        for (Path file : Recorded.json("product_report")) {
            for (JsonNode report : MAPPER.readTree(file.toFile()).path("reports")) {
                recordedLeaves += (int) leaves(report.path("product"));
                String page = "{\"reports\":[" + report + "]}";
                leaves.compareProduct(report.path("product"), Decoding.nestedRows(Report.PRODUCT, PRODUCT, page));
            }
        }
        assertThat(leaves.lost()).isEmpty();
        // The gene's own members stand in the row of each transcript.
        assertThat(leaves.found()).isGreaterThanOrEqualTo(recordedLeaves).isPositive();
    }

    @Test
    void everyLeafOfARecordedPackageIsInItsRowThoughItsKeysAreCamelCase() throws IOException {
        String line = Files.readString(Recorded.file("package-data_report-BCL11A.jsonl"));
        NestedLayout layout = Decoding.nested(Report.GENE, GENE);
        List<Map<String, Object>> rows = Decoding.rows(layout, GENE, Decoding.reports(layout, line, true));
        Leaves leaves = new Leaves();

        assertThat(rows).hasSize(1);
        leaves.compareGene(MAPPER.readTree(line), rows.get(0));
        assertThat(leaves.lost()).isEmpty();
        assertThat(leaves.found()).isEqualTo((int) leaves(MAPPER.readTree(line)));
    }

    @Test
    void camelCaseKeysReadTheSame() throws IOException {
        assertThat(Decoding.geneRow(camelCase(MAPPER.readTree(Samples.GENE)).toString()))
                .isEqualTo(Decoding.geneRow(Samples.GENE));
        assertThat(Decoding.nestedRows(
                        Report.PRODUCT,
                        PRODUCT,
                        Samples.page(
                                "product",
                                camelCase(MAPPER.readTree(Samples.PRODUCT)).toString())))
                .isEqualTo(Decoding.nestedRows(Report.PRODUCT, PRODUCT, Samples.page("product", Samples.PRODUCT)));
    }

    private static JsonNode camelCase(JsonNode node) {
        if (node.isObject()) {
            ObjectNode renamed = MAPPER.createObjectNode();
            node.properties().forEach(member -> {
                StringBuilder name = new StringBuilder();
                for (String word : member.getKey().split("_", -1)) {
                    name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
                }
                renamed.set(name.toString(), camelCase(member.getValue()));
            });
            return renamed;
        }
        if (node.isArray()) {
            ArrayNode renamed = MAPPER.createArrayNode();
            node.forEach(element -> renamed.add(camelCase(element)));
            return renamed;
        }
        return node;
    }

    @Test
    void theAccessionIsTheOneAskedForAndNothingElse() throws IOException {
        assertThat(Decoding.geneRow("{\"symbol\":\"A\"}")).containsEntry("accession", "NM_1.1");
        NestedLayout layout = Decoding.nested(Report.GENE, GENE, IdentifierKind.SYMBOL, Decoding.NO_FILTER);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ReportValues report : Decoding.reports(layout, Samples.page("gene", "{\"symbol\":\"A\"}"), false)) {
            layout.rows(
                    report,
                    List.of(new Identifier(IdentifierKind.SYMBOL, "a")),
                    new EmittedRows(),
                    row -> rows.add(SparkValues.row(row, GENE)));
        }
        assertThat(rows).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("accession", null)
                .containsEntry("symbol", "A"));
    }

    @Test
    void aReportIsARowForEveryIdentifierThatHitsIt() throws IOException {
        StructType schema = only(GENE, "accession", "gene_id");
        NestedLayout layout = Decoding.nested(Report.GENE, schema);
        List<Object> rows = new ArrayList<>();
        ReportValues report = Decoding.reports(layout, Samples.page("gene", "{\"gene_id\":\"1\"}"), false)
                .get(0);
        List<Identifier> hits = List.of(
                new Identifier(IdentifierKind.ACCESSION, "NM_1"), new Identifier(IdentifierKind.ACCESSION, "NP_1"));
        layout.rows(
                report,
                hits,
                new EmittedRows(),
                row -> rows.add(SparkValues.row(row, schema).values().toString()));

        assertThat(rows).containsExactly("[NM_1, 1]", "[NP_1, 1]");
    }

    @Test
    void whatComesAgainMakesNoRow() throws IOException {
        String gene = "{\"gene_id\":\"1\",\"symbol\":\"A\"}";
        String other = "{\"gene_id\":\"2\",\"symbol\":\"A\"}";
        StructType schema = only(GENE, "accession", "symbol");

        assertThat(Decoding.nestedRows(Report.GENE, schema, Samples.page("gene", gene, other, gene)))
                .hasSize(2);
        assertThat(Decoding.nestedRows(
                        Report.PRODUCT,
                        only(PRODUCT, "symbol"),
                        Samples.page("product", Samples.PRODUCT, Samples.PRODUCT)))
                .hasSize(2);
    }

    @Test
    void transcriptsThatOnlyDifferInColumnsNobodyReadsAreRowsOfTheirOwn() throws IOException {
        String product = """
                {"gene_id":"1","transcripts":[{"accession_version":"NM_1.1"},{"accession_version":"NM_2.1"},
                {"accession_version":"NM_3.1"}]}""";

        assertThat(Decoding.nestedRows(Report.PRODUCT, only(PRODUCT, "gene_id"), Samples.page("product", product)))
                .hasSize(3);
        assertThat(Decoding.nestedRows(Report.PRODUCT, new StructType(), Samples.page("product", product)))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"transcripts\":[]", ",\"transcripts\":null", ",\"transcripts\":[null]"})
    void aGeneWithoutTranscriptsIsARow(String transcripts) throws IOException {
        String product = "{\"gene_id\":\"1\",\"symbol\":\"A\"" + transcripts + "}";

        assertThat(Decoding.nestedRows(
                        Report.PRODUCT,
                        only(PRODUCT, "symbol", "transcript_accession", "cds"),
                        Samples.page("product", product)))
                .singleElement()
                .satisfies(row -> assertThat(row.values()).containsExactly("A", null, null));
    }

    @Property(tries = 150)
    void whatIsNotAskedForIsLeftOutAndTheRestStaysTheSame(@ForAll Random random) throws IOException {
        for (Report report : Report.values()) {
            StructType full = ReportSchema.of(report);
            StructType pruned = prune(full, random, true);
            String page = Samples.page(report.word(), report == Report.GENE ? Samples.GENE : Samples.PRODUCT);

            List<Map<String, Object>> all = Decoding.nestedRows(report, full, page);
            assertThat(Decoding.nestedRows(report, pruned, page))
                    .isEqualTo(all.stream().map(row -> project(row, pruned)).toList());
        }
    }

    /** Some of the fields, in any order; inside columns at least one, as Spark prunes. */
    private static StructType prune(StructType schema, Random random, boolean mayBeEmpty) {
        List<StructField> kept = new ArrayList<>();
        for (StructField field : schema.fields()) {
            if (random.nextInt(3) == 0) {
                kept.add(new StructField(
                        field.name(), prune(field.dataType(), random), field.nullable(), field.metadata()));
            }
        }
        if (kept.isEmpty() && !mayBeEmpty) {
            StructField one = schema.fields()[random.nextInt(schema.length())];
            kept.add(new StructField(one.name(), prune(one.dataType(), random), one.nullable(), one.metadata()));
        }
        if (mayBeEmpty) {
            Collections.shuffle(kept, random);
        }
        return new StructType(kept.toArray(StructField[]::new));
    }

    private static DataType prune(DataType type, Random random) {
        if (type instanceof StructType struct) {
            return prune(struct, random, false);
        }
        return type instanceof ArrayType array ? DataTypes.createArrayType(prune(array.elementType(), random)) : type;
    }

    private static Map<String, Object> project(Map<?, ?> row, StructType schema) {
        Map<String, Object> projected = new LinkedHashMap<>();
        for (StructField field : schema.fields()) {
            projected.put(field.name(), project(row.get(field.name()), field.dataType()));
        }
        return projected;
    }

    private static Object project(Object value, DataType type) {
        if (value instanceof Map<?, ?> struct) {
            return project(struct, (StructType) type);
        }
        if (value instanceof List<?> list) {
            List<Object> projected = new ArrayList<>();
            list.forEach(element -> projected.add(project(element, ((ArrayType) type).elementType())));
            return projected;
        }
        return value;
    }

    @Property(tries = 100)
    void theOrderOfKeysAndWhiteSpaceDoNotMatter(@ForAll Random random) throws IOException {
        for (Report report : Report.values()) {
            StructType schema = ReportSchema.of(report);
            String page = """
                    {"reports":[{"%1$s":%2$s,"query":["NM_1.1","NM_1"],"warnings":[{"gene_warning_code":
                    "ACCESSION_VERSION_MISMATCH","reason":"r","message":"m","replaced_id":
                    {"requested":"a","returned":"b"}}]},{"query":["x"],"%1$s":{"gene_id":"7"}}],"total_count":2}""".formatted(report.word(), report == Report.GENE ? Samples.GENE : Samples.PRODUCT);
            JsonNode shuffled = shuffle(MAPPER.readTree(page), random);
            String text = random.nextBoolean()
                    ? shuffled.toString()
                    : MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(shuffled);
            NestedLayout layout = Decoding.nested(report, schema);
            List<ReportValues> plain = Decoding.reports(layout, page, false);
            List<ReportValues> read = Decoding.reports(layout, text, false);

            assertThat(Decoding.rows(layout, schema, read)).isEqualTo(Decoding.rows(layout, schema, plain));
            assertThat(read.get(0).query()).containsExactly("NM_1.1", "NM_1");
            assertThat(read.get(1).query()).containsExactly("x");
            assertThat(read.get(0).warnings())
                    .isEqualTo(plain.get(0).warnings())
                    .hasSize(1);
        }
    }

    private static JsonNode shuffle(JsonNode node, Random random) {
        if (node.isObject()) {
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
            Collections.shuffle(members, random);
            ObjectNode shuffled = MAPPER.createObjectNode();
            members.forEach(member -> shuffled.set(member.getKey(), shuffle(member.getValue(), random)));
            return shuffled;
        }
        if (node.isArray()) {
            ArrayNode same = MAPPER.createArrayNode();
            node.forEach(element -> same.add(shuffle(element, random)));
            return same;
        }
        return node;
    }

    @Test
    void unknownMembersArePassedOverWhateverTheyHold() throws IOException {
        String gene = """
                {"new":{"gene_id":"9","a":[1,{"symbol":"no"}]},"gene_id":"1","newer":[[],[[{}]]],"symbol":"A",
                "annotations":[{"what":{"assembly_name":"no"},"assembly_name":"yes"}],"newest":1e99,"n":null}""";

        Map<String, Object> row = Decoding.geneRow(gene);
        assertThat(row)
                .containsEntry("gene_id", 1L)
                .containsEntry("symbol", "A")
                .containsEntry("warnings", null);
        assertThat(row.get("annotations").toString()).contains("assembly_name=yes");
    }

    @Test
    void nullsReadAsNullWithoutARemark() throws IOException {
        Map<String, Object> row = Decoding.geneRow("""
                {"gene_id":null,"symbol":null,"synonyms":null,"annotations":null,"gene_ontology":null,
                "transcript_count":null,"nomenclature_authority":null,
                "genomic_regions":[null,{"gene_range":null,"type":null}],
                "summary":[{"date":null}]}""");

        assertThat(row)
                .containsEntry("gene_id", null)
                .containsEntry("synonyms", null)
                .containsEntry("warnings", null);
        assertThat(row.get("genomic_regions").toString()).isEqualTo("[null, {gene_range=null, type=null}]");
    }

    @Test
    void anEmptyObjectAndAnEmptyListAreNotNull() throws IOException {
        Map<String, Object> row = Decoding.geneRow("{\"gene_ontology\":{},\"synonyms\":[],\"annotations\":[]}");

        assertThat(row.get("gene_ontology").toString())
                .isEqualTo("{assigned_by=null, molecular_functions=null, biological_processes=null,"
                        + " cellular_components=null}");
        assertThat(row.get("synonyms")).isEqualTo(List.of());
        assertThat(row.get("annotations")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "gene_id|\"abc\"|gene_id is 'abc', which is not a 64-bit number; it reads as null",
                "gene_id|1.5|gene_id is '1.5', which is not a 64-bit number; it reads as null",
                "gene_id|true|gene_id is 'true', which is not a 64-bit number; it reads as null",
                "gene_id|\"\"|gene_id is '', which is not a 64-bit number; it reads as null",
                "gene_id|\"18446744073709551615\"|gene_id is '18446744073709551615', which is not a 64-bit number; it"
                        + " reads as null",
                "gene_id|{\"a\":[1]}|gene_id is '{', which is not a 64-bit number; it reads as null",
                "gene_id|[[7]]|gene_id is '[', which is not a 64-bit number; it reads as null",
                "transcript_count|\"many\"|transcript_count is 'many', which is not a 32-bit number; it reads as null",
                "transcript_count|2147483648|transcript_count is '2147483648', which is not a 32-bit number; it reads"
                        + " as null",
                "transcript_count|1.0|transcript_count is '1.0', which is not a 32-bit number; it reads as null",
                "symbol|{\"x\":1}|symbol is '{', which is not text; it reads as null",
                "gene_type|[\"PSEUDO\"]|type is '[', which is not a word; it reads as null",
                "name_id|\"HGNC:1\"|nomenclature_authority is 'HGNC:1', which is not an object; it reads as null",
                "gene_ontology|\"GO\"|gene_ontology is 'GO', which is not an object; it reads as null",
            })
    void aValueOfAnotherTypeReadsAsNullWithARemark(String column, String json, String remark) throws IOException {
        String member =
                Map.of("gene_type", "type", "name_id", "nomenclature_authority").getOrDefault(column, column);
        Map<String, Object> row = Decoding.geneRow("{\"" + member + "\":" + json + ",\"description\":\"after\"}");

        assertThat(row).containsEntry(column, null).containsEntry("description", "after");
        assertThat((List<?>) row.get("warnings")).singleElement().satisfies(warning -> {
            Map<?, ?> fields = (Map<?, ?>) warning;
            assertThat((Object) fields.get("code")).isEqualTo("MALFORMED_VALUE");
            assertThat((Object) fields.get("message")).isEqualTo(remark);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"2025-13-01\"", "\"yesterday\"", "\"\"", "20250801", "\"2025-8-1\"", "\"2025-02-30\"", "{}"})
    void aDateThatIsNoneReadsAsNullWithARemark(String json) throws IOException {
        Map<String, Object> row = Decoding.geneRow(
                "{\"annotations\":[{\"annotation_release_date\":" + json + ",\"assembly_name\":\"after\"}]}");

        assertThat(row.get("annotations").toString())
                .contains("annotation_release_date=null")
                .contains("assembly_name=after");
        assertThat(row.get("warnings").toString())
                .contains("code=MALFORMED_VALUE", "annotations[].annotation_release_date is '", "which is not a date");
    }

    @Test
    void aDateBeyondAllCalendarsReadsAsNullWithARemark() throws IOException {
        Map<String, Object> row =
                Decoding.geneRow("{\"annotations\":[{\"annotation_release_date\":\"+999999999-12-31\"}]}");

        assertThat(row.get("annotations").toString()).contains("annotation_release_date=null");
        assertThat(row.get("warnings").toString()).contains("code=MALFORMED_VALUE");
    }

    @Test
    void malformedElementsReadAsNullInTheirPlace() throws IOException {
        Map<String, Object> row = Decoding.geneRow(
                "{\"synonyms\":[\"a\",{},\"b\",null,7],\"annotations\":[{\"assembly_name\":\"x\"},\"y\",[{}]]}");

        assertThat(row.get("synonyms").toString()).isEqualTo("[a, null, b, null, 7]");
        assertThat(((List<?>) row.get("annotations")).get(0).toString()).contains("assembly_name=x");
        assertThat((Object) ((List<?>) row.get("annotations")).get(1)).isNull();
        assertThat((Object) ((List<?>) row.get("annotations")).get(2)).isNull();
        assertThat((List<?>) row.get("warnings")).hasSize(3);
    }

    @Test
    void aLoneValueWhereAListShouldBeIsAListOfOne() throws IOException {
        Map<String, Object> row =
                Decoding.geneRow("{\"synonyms\":\"a\",\"gene_groups\":{\"id\":\"1\",\"method\":\"m\"}}");

        assertThat(row.get("synonyms")).isEqualTo(List.of("a"));
        assertThat(row.get("gene_groups").toString()).isEqualTo("[{id=1, method=m}]");
        assertThat(Decoding.nestedRows(
                        Report.PRODUCT,
                        only(PRODUCT, "transcript_accession"),
                        Samples.page("product", "{\"transcripts\":{\"accession_version\":\"NM_1.1\"}}")))
                .containsExactly(Map.of("transcript_accession", "NM_1.1"));
    }

    @Test
    void whatIsMalformedInColumnsNobodyReadsDoesNotMatter() throws IOException {
        assertThat(Decoding.nestedRows(
                        Report.GENE,
                        only(GENE, "symbol", "warnings"),
                        Samples.page("gene", "{\"gene_id\":\"1\",\"tax_id\":\"x\",\"symbol\":\"A\",\"synonyms\":{}}")))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("symbol", "A").containsEntry("warnings", null));
    }

    @Test
    void numbersReadWhetherTextOrNot() throws IOException {
        Map<String, Object> row = Decoding.geneRow(
                "{\"gene_id\":59067,\"tax_id\":\"9223372036854775807\",\"transcript_count\":\"3\",\"symbol\":7,"
                        + "\"replaced_gene_id\":\"0\",\"protein_count\":0,\"description\":true}");

        assertThat(row)
                .containsEntry("gene_id", 59067L)
                .containsEntry("tax_id", Long.MAX_VALUE)
                .containsEntry("transcript_count", 3)
                .containsEntry("symbol", "7")
                .containsEntry("replaced_gene_id", 0L)
                .containsEntry("protein_count", 0)
                .containsEntry("description", "true")
                .containsEntry("warnings", null);
    }

    @Test
    void textsOfAnyScriptReadUnchanged() throws IOException {
        String text = "\u03b2\u6f22\uD83E\uDDEC \t\n\"\\/\u0001 end";
        Map<String, Object> row = Decoding.geneRow("{\"symbol\":" + MAPPER.writeValueAsString(text) + "}");

        assertThat(row).containsEntry("symbol", text);
        assertThat(Decoding.geneRow("{\"symbol\":\"\\u03b2\\ud83e\\uddec\"}"))
                .containsEntry("symbol", "\u03b2\uD83E\uDDEC");
        String huge = "x\u00e9".repeat(500_000);
        assertThat(Decoding.geneRow("{\"description\":\"" + huge + "\"}")).containsEntry("description", huge);
    }

    @Test
    void ncbisWarningsAreInTheWarningsColumn() throws IOException {
        String page = """
                {"reports":[{"gene":{"gene_id":"1"},"query":["NM_1.1"],
                "warnings":[{"gene_warning_code":"ACCESSION_VERSION_MISMATCH","reason":"old","message":"is old",
                             "replaced_id":{"requested":"NM_1.1","returned":"NM_1.2"}}],
                "warning":{"gene_warning_code":"REPLACED_GENE_ID","unrecognized_identifier":"u"},
                "errors":[{"gene_error_code":"E","message":"m","invalid_identifiers":["x","y"]}]}]}""";
        Map<String, Object> row =
                Decoding.nestedRows(Report.GENE, only(GENE, "warnings"), page).get(0);

        assertThat(row.get("warnings").toString())
                .isEqualTo("[{code=ACCESSION_VERSION_MISMATCH, reason=old, message=is old, requested=NM_1.1,"
                        + " returned=NM_1.2, unrecognized_identifier=null, invalid_identifiers=null},"
                        + " {code=REPLACED_GENE_ID, reason=null, message=null, requested=null, returned=null,"
                        + " unrecognized_identifier=u, invalid_identifiers=null},"
                        + " {code=E, reason=null, message=m, requested=null, returned=null,"
                        + " unrecognized_identifier=null, invalid_identifiers=[x, y]}]");
    }

    @ParameterizedTest
    @CsvSource({
        "ACCESSION, accession, NM_9.9, NM_9.9",
        "GENE_ID, gene_id, 59067, 59067",
        "LOCUS_TAG, locus_tag, b0001, b0001",
        "SYMBOL, symbol, TP53, TP53"
    })
    void whatIsMissingIsARowThatNamesItAndSaysWhy(IdentifierKind kind, String column, String text, String shown) {
        NestedLayout layout = Decoding.nested(Report.GENE, GENE, kind, Decoding.NO_FILTER);
        List<Map<String, Object>> rows = new ArrayList<>();
        layout.missing(
                new Identifier(kind, text),
                List.of(NcbiWarning.own("NOT_FOUND", "nothing")),
                new Retrieval("PHID", Instant.EPOCH),
                row -> rows.add(SparkValues.row(row, GENE)));

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.get(column)).hasToString(shown);
            assertThat(row.get("warnings").toString()).contains("code=NOT_FOUND", "message=nothing");
            assertThat(row.entrySet().stream().filter(entry -> entry.getValue() != null))
                    .hasSize(2);
        });
    }

    @Test
    void whatIsMissingIsARowEvenWithoutColumns() {
        List<Object[]> rows = new ArrayList<>();
        Decoding.nested(Report.PRODUCT, new StructType())
                .missing(Decoding.ASKED, List.of(NcbiWarning.own("NOT_FOUND", "nothing")), Retrieval.NONE, rows::add);

        assertThat(rows).singleElement().satisfies(row -> assertThat(row).isEmpty());
    }

    @Test
    void aFilterKeepsTheTranscriptsOfItsAccessions() throws IOException {
        StructType schema = only(PRODUCT, "transcript_name", "transcript_length");
        String page = Samples.page("product", Samples.PRODUCT);
        for (String accession : List.of("NM_021803.4", "NM_021803", "NP_068575.1", "NP_068575")) {
            NestedLayout layout = Decoding.nested(
                    Report.PRODUCT, schema, IdentifierKind.ACCESSION, new AccessionFilter(List.of(accession, "X")));

            assertThat(Decoding.rows(layout, schema, Decoding.reports(layout, page, false)))
                    .as(accession)
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("transcript_length", 642));
        }
        for (String accession : List.of("NM_021803.3", "NM_02180", "ENST00000648588.1")) {
            NestedLayout layout = Decoding.nested(
                    Report.PRODUCT, schema, IdentifierKind.ACCESSION, new AccessionFilter(List.of(accession)));

            assertThat(Decoding.rows(layout, schema, Decoding.reports(layout, page, false)))
                    .as(accession)
                    .isEmpty();
        }
    }

    @Test
    void aReportShowsByWhatItMayHaveBeenFound() throws IOException {
        assertThat(selfNames(Report.GENE, IdentifierKind.GENE_ID, "gene", Samples.GENE))
                .containsExactly("59067");
        assertThat(selfNames(Report.GENE, IdentifierKind.LOCUS_TAG, "gene", Samples.GENE))
                .containsExactly("LT_0001");
        assertThat(selfNames(Report.GENE, IdentifierKind.SYMBOL, "gene", Samples.GENE))
                .containsExactly("IL21", "Za11", "IL-21");
        assertThat(selfNames(Report.GENE, IdentifierKind.ACCESSION, "gene", Samples.GENE))
                .isEmpty();
        assertThat(selfNames(Report.PRODUCT, IdentifierKind.ACCESSION, "product", Samples.PRODUCT))
                .containsExactlyInAnyOrder("NM_021803.4", "NP_068575.1", "NR_000001.1");
        NestedLayout ofTaxon = new NestedLayout(
                Report.GENE, new StructType(), Optional.empty(), Decoding.NO_FILTER, KeyDomains.ALL, OwnRows.ALL);
        assertThat(selfNames(ofTaxon, "gene", Samples.GENE)).isEmpty();
    }

    private static List<Map<String, Object>> filtered(KeyDomains filters, boolean ownRowsOnly, String... columns)
            throws IOException {
        StructType schema = only(PRODUCT, columns);
        NestedLayout layout = new NestedLayout(
                Report.PRODUCT,
                schema,
                Optional.of(IdentifierKind.ACCESSION),
                Decoding.NO_FILTER,
                filters,
                ownRowsOnly ? OwnRows.named(filters) : OwnRows.ALL);
        List<Map<String, Object>> rows = new ArrayList<>();
        EmittedRows once = new EmittedRows();
        for (ReportValues report : Decoding.reports(layout, Samples.page("product", Samples.PRODUCT), false)) {
            layout.rows(
                    report,
                    List.of(
                            new Identifier(IdentifierKind.ACCESSION, "NM_021803.4"),
                            new Identifier(IdentifierKind.ACCESSION, "NR_000001")),
                    once,
                    row -> rows.add(SparkValues.row(row, schema)));
        }
        layout.missing(
                new Identifier(IdentifierKind.ACCESSION, "NM_9"),
                List.of(NcbiWarning.own("NOT_FOUND", "m")),
                Retrieval.NONE,
                row -> rows.add(SparkValues.row(row, schema)));
        return rows;
    }

    @Test
    void aRowSaysWhereItComesFromWhereThatIsAskedFor() throws IOException {
        StructType schema = new StructType(new StructField[] {
            Provenance.columns().apply(Provenance.QUERY),
            GENE.apply("symbol"),
            Provenance.columns().apply(Provenance.REQUEST_ID),
            Provenance.columns().apply(Provenance.REQUESTED),
            Provenance.columns().apply(Provenance.RETRIEVED_AT)
        });
        NestedLayout layout = Decoding.nested(Report.GENE, schema);
        List<String> rows = new ArrayList<>();
        String page = "{\"reports\":[{\"gene\":{\"symbol\":\"A\"},\"query\":[\"x\",\"y\"]},"
                + "{\"gene\":{\"symbol\":\"B\"}}]}";
        for (ReportValues report : Decoding.reports(layout, page, false)) {
            report.from(new Retrieval("PHID", Instant.ofEpochMilli(1)));
            layout.rows(
                    report.copy(),
                    List.of(Decoding.ASKED),
                    new EmittedRows(),
                    row -> rows.add(SparkValues.row(row, schema).toString()));
        }
        layout.missing(
                Decoding.ASKED,
                List.of(NcbiWarning.own("NOT_FOUND", "m")),
                new Retrieval("PHID2", Instant.ofEpochSecond(2)),
                row -> rows.add(SparkValues.row(row, schema).toString()));

        assertThat(rows)
                .containsExactly(
                        "{_query=[x, y], symbol=A, _request_id=PHID, _requested=NM_1.1, _retrieved_at=1000}",
                        "{_query=null, symbol=B, _request_id=PHID, _requested=NM_1.1, _retrieved_at=1000}",
                        "{_query=null, symbol=null, _request_id=PHID2, _requested=NM_1.1, _retrieved_at=2000000}");
    }

    @Test
    void rowsPassTheFiltersWhetherTheirColumnsAreReadOrNot() throws IOException {
        for (String[] columns : new String[][] {{"transcript_length"}, {"transcript_length", "symbol", "gene_id"}}) {
            assertThat(filtered(KeyDomains.ALL, false, columns)).hasSize(5);
            assertThat(filtered(KeyDomains.ALL.and("accession", List.of("NM_021803.4")), false, columns))
                    .hasSize(2);
            assertThat(filtered(KeyDomains.ALL.and("accession", List.of("NM_9")), false, columns))
                    .hasSize(1);
            assertThat(filtered(KeyDomains.ALL.and("gene_id", List.of("59067", "1")), false, columns))
                    .hasSize(4);
            assertThat(filtered(KeyDomains.ALL.and("gene_id", List.of("5906")), false, columns))
                    .isEmpty();
            assertThat(filtered(KeyDomains.ALL.and("symbol", List.of("il21")), false, columns))
                    .isEmpty();
            assertThat(filtered(KeyDomains.ALL.and("transcript_accession", List.of("NR_000001.1")), false, columns))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row).containsEntry("transcript_length", 100));
            assertThat(filtered(KeyDomains.ALL.and("protein_accession", List.of("NP_068575.1")), false, columns))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row).containsEntry("transcript_length", 642));
            assertThat(filtered(KeyDomains.ALL.and("protein_accession", List.of()), false, columns))
                    .isEmpty();
        }
    }

    @Test
    void anAccessionThatWasFilteredByGivesItsOwnRowsOnly() throws IOException {
        KeyDomains filters = KeyDomains.ALL.and("transcript_accession", List.of("NM_021803.4", "NR_000001.1"));

        assertThat(filtered(filters, true, "accession", "transcript_accession"))
                .containsExactly(Map.of("accession", "NM_021803.4", "transcript_accession", "NM_021803.4"));
    }

    @Test
    void aReportOfAWholeTaxonIsOfNoIdentifier() throws IOException {
        StructType schema =
                only(GENE, "accession", "symbol").add(Provenance.columns().apply("_requested"));
        NestedLayout layout = new NestedLayout(
                Report.GENE, schema, Optional.empty(), Decoding.NO_FILTER, KeyDomains.ALL, OwnRows.ALL);
        EmittedRows once = new EmittedRows();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ReportValues report : Decoding.reports(layout, Samples.page("gene", Samples.GENE), false)) {
            layout.rowsOfTaxon(report, once, row -> rows.add(SparkValues.row(row, schema)));
            layout.rowsOfTaxon(report, once, row -> rows.add(SparkValues.row(row, schema)));
        }

        assertThat(rows).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("symbol", "IL21")
                .containsEntry("accession", null)
                .containsEntry("_requested", null));
    }

    private static List<String> selfNames(Report report, IdentifierKind kind, String member, String json)
            throws IOException {
        return selfNames(Decoding.nested(report, new StructType(), kind, Decoding.NO_FILTER), member, json);
    }

    private static List<String> selfNames(NestedLayout layout, String member, String json) throws IOException {
        return layout.selfNames(
                Decoding.reports(layout, Samples.page(member, json), false).get(0));
    }
}
