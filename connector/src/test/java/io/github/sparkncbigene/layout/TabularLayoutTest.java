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
import io.github.sparkncbigene.report.Report;
import io.github.sparkncbigene.report.ReportNode;
import io.github.sparkncbigene.report.ReportSchema;
import io.github.sparkncbigene.service.Retrieval;
import io.github.sparkncbigene.testing.SparkValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TabularLayoutTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String GENE = """
            {"gene_id":"7","symbol":"A","synonyms":["B","C"],
             "annotations":[
               {"assembly_name":"G1","genomic_locations":[
                 {"sequence_name":"1","exons":[{"order":1},{"order":2}]},
                 {"sequence_name":"2","exons":[{"order":3}]}]},
               {"assembly_name":"G2","genomic_locations":[{"sequence_name":"3"}]},
               {"assembly_name":"G3"}],
             "gene_groups":[{"id":"g1"},{"id":"g2"}],
             "genomic_regions":[]}""";

    /** The rows of a report, each with its cells joined by {@code |}; an empty cell is empty. */
    private static List<String> rows(Report report, String json, String... fields) throws IOException {
        return rows(report, json, List.of(Decoding.ASKED), Decoding.NO_FILTER, fields);
    }

    private static List<String> rows(
            Report report, String json, List<Identifier> hits, AccessionFilter filter, String... fields)
            throws IOException {
        TabularLayout layout = new TabularLayout(report, List.of(fields), filter, KeyDomains.ALL);
        StructType schema = ReportSchema.tabular(report, List.of(fields));
        List<String> rows = new ArrayList<>();
        EmittedRows once = new EmittedRows();
        for (ReportValues values : Decoding.reports(layout, Samples.page(report.word(), json), false)) {
            layout.rows(values, hits, once, row -> rows.add(text(SparkValues.row(row, schema))));
        }
        return rows;
    }

    private static String text(Map<String, Object> row) {
        return row.values().stream().map(value -> Objects.toString(value, "")).collect(Collectors.joining("|"));
    }

    @Test
    void scalarsAloneAreOneRow() throws IOException {
        assertThat(rows(Report.GENE, GENE, "symbol", "gene-id", "synonyms", "omim-ids", "name-id"))
                .containsExactly("A|7|B,C||");
    }

    @Test
    void columnsOfOneListShareItsCursor() throws IOException {
        assertThat(rows(Report.GENE, GENE, "group-id", "gene-id", "group-method"))
                .containsExactly("g1|7|", "g2|7|");
    }

    @Test
    void nestedListsNest() throws IOException {
        assertThat(rows(
                        Report.GENE,
                        GENE,
                        "annotation-assembly-name",
                        "annotation-genomic-range-seq-name",
                        "annotation-genomic-range-exon-order"))
                .containsExactly("G1|1|1", "G1|1|2", "G1|2|3", "G2|3|", "G3||");
    }

    @Test
    void theInnermostColumnAloneOpensAllListsOnItsWay() throws IOException {
        assertThat(rows(Report.GENE, GENE, "annotation-genomic-range-exon-order"))
                .containsExactly("1", "2", "3", "", "");
    }

    @Test
    void independentListsMultiply() throws IOException {
        assertThat(rows(Report.GENE, GENE, "annotation-assembly-name", "group-id"))
                .containsExactly("G1|g1", "G1|g2", "G2|g1", "G2|g2", "G3|g1", "G3|g2");
    }

    @Test
    void theColumnThatTouchesAListFirstDecidesWhichTurnsSlowest() throws IOException {
        assertThat(rows(Report.GENE, GENE, "group-id", "annotation-assembly-name"))
                .containsExactly("g1|G1", "g1|G2", "g1|G3", "g2|G1", "g2|G2", "g2|G3");
        // The lists are opened in the order annotations, groups, locations.
        assertThat(rows(Report.GENE, GENE, "annotation-assembly-name", "group-id", "annotation-genomic-range-seq-name"))
                .containsExactly("G1|g1|1", "G1|g1|2", "G1|g2|1", "G1|g2|2", "G2|g1|3", "G2|g2|3", "G3|g1|", "G3|g2|");
    }

    @Test
    void aListThatIsEmptyOrMissingStandsAtAnEmptyRecord() throws IOException {
        assertThat(rows(Report.GENE, GENE, "symbol", "genomic-region-gene-range-accession", "group-id"))
                .containsExactly("A||g1", "A||g2");
        assertThat(rows(Report.GENE, "{}", "go-bp-id", "annotation-assembly-name", "symbol"))
                .containsExactly("||");
    }

    @Test
    void whatNcbiLeavesEmptyIsNull() throws IOException {
        String gene = """
                {"gene_id":"0","symbol":"","type":"UNKNOWN","orientation":"none","rna_type":"rna_UNKNOWN",
                "transcript_count":0,"synonyms":[],"tax_id":"1","protein_count":3}""";

        assertThat(rows(
                        Report.GENE,
                        gene,
                        "gene-id",
                        "symbol",
                        "gene-type",
                        "orientation",
                        "rna-type",
                        "transcript-count",
                        "synonyms",
                        "tax-id",
                        "protein-count"))
                .containsExactly("|||||||1|3");
    }

    @Test
    void listsInsideTermsAreJoined() throws IOException {
        String gene = """
                {"gene_ontology":{"biological_processes":[
                {"go_id":"GO:1","reference":{"pmids":["11","12"]}},{"go_id":"GO:2"},
                {"go_id":"GO:1","reference":{"pmids":["11","12"]}}]}}""";

        assertThat(rows(Report.GENE, gene, "go-bp-reference-pmid", "go-bp-id"))
                .containsExactly("11,12|GO:1", "|GO:2", "11,12|GO:1");
    }

    @Test
    void productRowsAreByTranscriptUnlessExonsAreAskedFor() throws IOException {
        assertThat(rows(Report.PRODUCT, Samples.PRODUCT, "gene-id", "transcript-accession", "transcript-protein-name"))
                .containsExactly("59067|NM_021803.4|interleukin-21 isoform 1 precursor", "59067|NR_000001.1|");
        assertThat(rows(
                        Report.PRODUCT,
                        Samples.PRODUCT,
                        "transcript-accession",
                        "transcript-genomic-location-exon-start",
                        "transcript-genomic-location-range-order"))
                .containsExactly("NM_021803.4|122620900|7", "NM_021803.4|122612628|7", "NR_000001.1||");
        assertThat(rows(
                        Report.PRODUCT,
                        Samples.PRODUCT,
                        "transcript-protein-mat-peptide-name",
                        "transcript-cds-range-start",
                        "transcript-cds-accession"))
                .containsExactly("interleukin-21|48|NM_021803.4", "second|48|NM_021803.4", "||");
        assertThat(rows(Report.PRODUCT, Samples.PRODUCT, "symbol")).containsExactly("IL21");
    }

    @Test
    void theAccessionIsNamedWhereItIsAskedFor() throws IOException {
        List<Identifier> hits = List.of(
                new Identifier(IdentifierKind.ACCESSION, "NM_1"), new Identifier(IdentifierKind.LOCUS_TAG, "t"));

        assertThat(rows(Report.GENE, GENE, hits, Decoding.NO_FILTER, "group-id", "accession"))
                .containsExactly("g1|NM_1", "g2|NM_1", "g1|", "g2|");
        assertThat(rows(Report.GENE, GENE, hits, Decoding.NO_FILTER, "group-id"))
                .containsExactly("g1", "g2");
    }

    @Test
    void aReportThatComesAgainMakesNoRows() throws IOException {
        TabularLayout layout = new TabularLayout(Report.GENE, List.of("symbol"), Decoding.NO_FILTER, KeyDomains.ALL);
        List<Object[]> rows = new ArrayList<>();
        EmittedRows once = new EmittedRows();
        String page = Samples.page(
                "gene",
                "{\"gene_id\":\"1\",\"symbol\":\"A\"}",
                "{\"gene_id\":\"2\",\"symbol\":\"A\"}",
                "{\"gene_id\":\"1\",\"symbol\":\"A\"}");
        for (ReportValues report : Decoding.reports(layout, page, false)) {
            layout.rows(report, List.of(Decoding.ASKED), once, rows::add);
        }
        assertThat(rows).hasSize(2);
    }

    @Test
    void aMissingIdentifierIsARowOnlyWhereItCanBeNamed() {
        List<Object[]> rows = new ArrayList<>();
        new TabularLayout(Report.GENE, List.of("symbol"), Decoding.NO_FILTER, KeyDomains.ALL)
                .missing(Decoding.ASKED, List.of(NcbiWarning.own("NOT_FOUND", "m")), Retrieval.NONE, rows::add);
        assertThat(rows).isEmpty();

        new TabularLayout(Report.GENE, List.of("symbol", "accession", "group-id"), Decoding.NO_FILTER, KeyDomains.ALL)
                .missing(Decoding.ASKED, List.of(NcbiWarning.own("NOT_FOUND", "m")), Retrieval.NONE, rows::add);
        assertThat(rows).singleElement().satisfies(row -> assertThat(Arrays.asList(row))
                .hasToString("[null, NM_1.1, null]"));
    }

    @Test
    void aFilterKeepsTheTranscriptsOfItsAccessions() throws IOException {
        AccessionFilter filter = new AccessionFilter(List.of("NP_068575.1"));
        List<Identifier> hits = List.of(Decoding.ASKED);

        assertThat(rows(Report.PRODUCT, Samples.PRODUCT, hits, filter, "transcript-length"))
                .containsExactly("642");
        assertThat(rows(Report.PRODUCT, Samples.PRODUCT, hits, filter, "transcript-genomic-location-exon-order"))
                .containsExactly("1", "2");
        assertThat(rows(Report.PRODUCT, Samples.PRODUCT, hits, filter, "symbol"))
                .containsExactly("IL21");
    }

    @ParameterizedTest
    @CsvSource({"NP_068575.1, false", "NM_021803, false", "NM_1.1, true"})
    void aGeneIsFilteredOutIfNoneOfItsTranscriptsIsKept(String kept, boolean expected) throws IOException {
        AccessionFilter filter = new AccessionFilter(List.of(kept));
        String withoutTranscripts = "{\"gene_id\":\"1\",\"symbol\":\"A\"}";
        for (String field : List.of("symbol", "transcript-length", "transcript-cds-range-start", "transcript-count")) {
            TabularLayout layout = new TabularLayout(Report.PRODUCT, List.of(field), filter, KeyDomains.ALL);

            assertThat(Decoding.reports(layout, Samples.page("product", Samples.PRODUCT), false))
                    .as(field)
                    .singleElement()
                    .satisfies(
                            report -> assertThat(layout.isFilteredOut(report)).isEqualTo(expected));
            assertThat(Decoding.reports(layout, Samples.page("product", withoutTranscripts), false))
                    .as(field)
                    .singleElement()
                    .satisfies(
                            report -> assertThat(layout.isFilteredOut(report)).isTrue());
        }
    }

    @Property(tries = 400)
    void rowsAreThoseOfTheRuleWrittenPlainly(@ForAll Random random) throws IOException {
        for (Report report : Report.values()) {
            List<String> all = new ArrayList<>(report.tableFields().keySet());
            Collections.shuffle(all, random);
            List<String> fields = all.subList(0, 1 + random.nextInt(4));
            JsonNode json = invent(report.root(), random);

            assertThat(rows(report, json.toString(), fields.toArray(String[]::new)))
                    .as("%s of %s", fields, json)
                    .isEqualTo(Plain.rows(report, json, fields));
        }
    }

    /** A report with some of the members, arrays of up to two elements, and every kind of value NCBI leaves empty. */
    private static JsonNode invent(ReportNode group, Random random) {
        ObjectNode object = MAPPER.createObjectNode();
        for (ReportNode member : group.children()) {
            if (random.nextInt(5) == 0) {
                continue;
            }
            if (member.repeated()) {
                ArrayNode array = object.putArray(member.name());
                for (int i = random.nextInt(3); i > 0; i--) {
                    array.add(member.isGroup() ? invent(member, random) : value(member, random));
                }
            } else {
                object.set(member.name(), member.isGroup() ? invent(member, random) : value(member, random));
            }
        }
        return object;
    }

    private static JsonNode value(ReportNode member, Random random) {
        boolean blank = random.nextInt(4) == 0 && !member.repeated();
        int number = blank ? 0 : 1 + random.nextInt(50);
        return switch (member.type()) {
            case STRING -> MAPPER.getNodeFactory().textNode(blank ? "" : "s" + number);
            case ENUM ->
                MAPPER.getNodeFactory()
                        .textNode(
                                blank
                                        ? List.of("UNKNOWN", "none", "rna_UNKNOWN")
                                                .get(random.nextInt(3))
                                        : "W" + number);
            case UINT64 -> MAPPER.getNodeFactory().textNode(Integer.toString(number));
            case INT -> MAPPER.getNodeFactory().numberNode(number);
            case DATE -> MAPPER.getNodeFactory().textNode(String.format("2025-01-%02d", 1 + random.nextInt(28)));
            case GROUP -> throw new AssertionError(member);
        };
    }

    /** NCBI's rule by plain recursion over JSON trees and paths as text. */
    private static final class Plain {
        private static final Set<String> EMPTY = Set.of("", "0", "UNKNOWN", "none", "rna_UNKNOWN");

        static List<String> rows(Report report, JsonNode json, List<String> fields) {
            List<String> paths = fields.stream()
                    .map(field -> report.tableField(field).orElseThrow().path())
                    .toList();
            List<String> lists = new ArrayList<>();
            for (String path : paths) {
                // Every [] but one at the very end, which is a list of scalars.
                for (int at = path.indexOf("[]."); at >= 0; at = path.indexOf("[].", at + 1)) {
                    String list = path.substring(0, at + 2);
                    if (!lists.contains(list)) {
                        lists.add(list);
                    }
                }
            }
            List<String> rows = new ArrayList<>();
            permit(json, paths, lists, 0, new HashMap<>(), rows);
            return rows;
        }

        private static void permit(
                JsonNode json,
                List<String> paths,
                List<String> lists,
                int next,
                Map<String, JsonNode> records,
                List<String> rows) {
            if (next == lists.size()) {
                rows.add(paths.stream().map(path -> cell(json, records, path)).collect(Collectors.joining("|")));
                return;
            }
            String list = lists.get(next);
            String way = list.substring(0, list.length() - 2);
            JsonNode array = find(json, records, way);
            for (int i = 0; i < Math.max(1, array.size()); i++) {
                records.put(list, array.path(i));
                permit(json, paths, lists, next + 1, records, rows);
            }
            records.remove(list);
        }

        private static String cell(JsonNode json, Map<String, JsonNode> records, String path) {
            if (path.endsWith("[]")) {
                List<String> elements = new ArrayList<>();
                find(json, records, path.substring(0, path.length() - 2))
                        .forEach(element -> elements.add(element.asText()));
                return String.join(",", elements);
            }
            String text = find(json, records, path).asText();
            return EMPTY.contains(text) ? "" : text;
        }

        /** The node at a path, from the record of the innermost list on its way. */
        private static JsonNode find(JsonNode json, Map<String, JsonNode> records, String path) {
            int list = path.lastIndexOf("[].");
            JsonNode at = list < 0 ? json : records.get(path.substring(0, list + 2));
            for (String name : path.substring(list < 0 ? 0 : list + 3).split("\\.", -1)) {
                at = at.path(name);
            }
            return at;
        }
    }
}
