package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkncbigene.testkit.Behaviour.JsonLayout;
import io.github.sparkncbigene.testkit.Behaviour.KeyOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FormatsTest {
    private static final String ROWS = "/gene/accession/NM_007294.4/product_report?table_fields=symbol"
            + "&table_fields=transcript-accession&table_fields=transcript-protein-accession";

    @RegisterExtension
    static final NcbiGeneServiceExtension service =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(1000));

    private final Client client = new Client(service::baseUrl);

    @Test
    void tableHoldsTheFieldsAskedForInThatOrder() {
        Client.Reply reply = client.get(
                "/gene/accession/NM_000546.6?table_fields=symbol&table_fields=gene-id&table_fields=go-cc-name",
                Client.TSV);
        assertThat(reply.header("Content-Type")).contains("text/tab-separated-values");
        assertThat(reply.text()).isEqualTo("""
                        Symbol\tNCBI GeneID\tGene Ontology Cellular Component Name
                        TP53\t7157\tnucleus
                        TP53\t7157\tnucleoplasm
                        TP53\t7157\tcytoplasm
                        """);
    }

    @Test
    void productTableHasARowForEachTranscript() {
        assertThat(client.get(ROWS, Client.TSV).text()).isEqualTo("""
                        Symbol\tTranscript Accession\tTranscript Protein Accession
                        BRCA1\tNM_001407959.1\t
                        BRCA1\tNM_001408458.1\t
                        BRCA1\tNM_007294.4\tNP_009225.1
                        """);
    }

    @Test
    void accessionFilterKeepsTranscriptsOfTables() {
        assertThat(client.get(ROWS + "&accession_filter=NM_001407959.1&accession_filter=NP_009225", Client.TSV)
                        .lines())
                .containsExactly(
                        "Symbol\tTranscript Accession\tTranscript Protein Accession",
                        "BRCA1\tNM_001407959.1\t",
                        "BRCA1\tNM_007294.4\tNP_009225.1");
        assertThat(client.get(ROWS + "&accession_filter=NM_007294.3", Client.TSV)
                        .lines())
                .hasSize(1);
        service.configure(behaviour -> behaviour.rowsWithoutMatch(true));
        assertThat(client.get(ROWS + "&accession_filter=NM_007294.3", Client.TSV)
                        .lines())
                .hasSize(2)
                .endsWith("BRCA1\t\t");
    }

    @Test
    void accessionFilterWorksOnJsonIfToldSo() {
        String path = "/gene/accession/NM_007294.4/product_report?accession_filter=NM_007294";
        assertThat(client.get(path).reports().path(0).path("product").path("transcripts"))
                .hasSize(3);
        service.configure(behaviour -> behaviour.accessionFilterOnJson(true));
        assertThat(client.get(path).reports().path(0).path("product").path("transcripts"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "INCLUDE_TABULAR_HEADER_FIRST_PAGE_ONLY, true, false",
        "INCLUDE_TABULAR_HEADER_ALWAYS, true, true",
        "INCLUDE_TABULAR_HEADER_NEVER, false, false",
    })
    void headerIsOnThePagesAskedFor(String include, boolean first, boolean second) {
        String path =
                "/gene/id/7157,672/dataset_report?table_fields=gene-id&page_size=1&include_tabular_header=" + include;
        Client.Reply page = client.get(path, Client.TSV);
        assertThat(page.lines().contains("NCBI GeneID")).isEqualTo(first);
        Client.Reply next = client.get(path + "&page_token=" + page.token().orElseThrow(), Client.TSV);
        assertThat(next.lines().contains("NCBI GeneID")).isEqualTo(second);
    }

    @Test
    void tableFieldsMustExist() {
        assertThat(client.get("/gene/id/7157?table_fields=gene", Client.TSV).status())
                .isEqualTo(400);
        assertThat(client.get("/gene/id/7157/dataset_report?table_fields=transcript-accession", Client.TSV)
                        .status())
                .isEqualTo(400);
        // Without that format they are without effect.
        assertThat(client.get("/gene/id/7157?table_fields=gene").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "dataset_report, summary, 200",
        "product_report, summary, 200",
        "dataset_report, gene-ontology, 200",
        "product_report, gene-ontology, 400",
        "dataset_report, everything, 400",
    })
    void tableFormatsAreSetsOfFields(String report, String format, int status) {
        Client.Reply reply = client.get("/gene/id/7157/" + report + "?table_format=" + format, Client.TSV);
        assertThat(reply.status()).isEqualTo(status);
        if (status == 200) {
            assertThat(reply.lines().get(0)).startsWith("NCBI GeneID\tSymbol\t");
        }
    }

    @Test
    void productTableHasAllFieldsByDefault() {
        List<String> header = List.of(client.get("/gene/id/3043/product_report", Client.TSV)
                .lines()
                .get(0)
                .split("\t", -1));
        assertThat(header).startsWith("Common Name", "Description", "NCBI GeneID", "Gene Type", "Protein Count");
        assertThat(header)
                .hasSize(TableFields.of(Report.PRODUCT)
                        .columns(allProductFields())
                        .size());
    }

    @Test
    void emptyTableIsItsHeaderOrNothing() {
        String path = "/gene/id/1?table_fields=gene-id";
        assertThat(client.get(path, Client.TSV).text()).isEqualTo("NCBI GeneID\n");
        service.configure(behaviour -> behaviour.emptyTable(Behaviour.EmptyTable.EMPTY));
        assertThat(client.get(path, Client.TSV).text()).isEmpty();
        assertThat(client.get(path, Client.NDJSON).text()).isEmpty();
    }

    @Test
    void headerLabelsMayDiffer() {
        service.configure(behaviour -> behaviour.headerLabels(Behaviour.HeaderLabels.OTHER));
        assertThat(client.get("/gene/id/7157?table_fields=gene-id&table_fields=symbol", Client.TSV)
                        .lines())
                .containsExactly("GENE_ID\tSYMBOL", "7157\tTP53");
    }

    @Test
    void abbreviatedTablesHaveEmptyCells() {
        assertThat(client.get(
                                "/gene/id/7157?returned_content=IDS_ONLY&table_fields=gene-id&table_fields=symbol",
                                Client.TSV)
                        .lines())
                .endsWith("7157\t");
    }

    @Test
    void linesAreMatchesPagesOrDescriptors() {
        String path = "/gene/id/7157,672";
        List<JsonNode> reports = new ArrayList<>();
        client.get(path).reports().forEach(reports::add);
        assertThat(lines(path)).containsExactlyElementsOf(reports);
        service.configure(behaviour -> behaviour.ndjsonShape(Behaviour.NdjsonShape.PAGE));
        assertThat(lines(path)).extracting(line -> line.path("reports").path(0)).containsExactlyElementsOf(reports);
        service.configure(behaviour -> behaviour.ndjsonShape(Behaviour.NdjsonShape.DESCRIPTOR));
        assertThat(lines(path))
                .containsExactlyElementsOf(
                        reports.stream().map(Client::descriptor).toList());
        service.configure(behaviour -> behaviour.ndjsonShape(Behaviour.NdjsonShape.CONCATENATED));
        Client.Reply concatenated = client.get(path, Client.NDJSON);
        assertThat(concatenated.lines()).hasSize(1);
        assertThat(concatenated.text()).contains("}{");
    }

    @Test
    void keysMayBeInCamelCase() {
        service.configure(behaviour -> behaviour.keyCase(Behaviour.KeyCase.CAMEL));
        JsonNode page = client.get("/gene/id/7157").json();
        assertThat(page.has("totalCount")).isTrue();
        JsonNode gene = page.path("reports").path(0).path("gene");
        assertThat(gene.path("geneId").asText()).isEqualTo("7157");
        assertThat(gene.findValue("genomicAccessionVersion").asText()).startsWith("NC_0000");
    }

    @ParameterizedTest
    @EnumSource(JsonLayout.class)
    void layoutIsOnlyWhiteSpace(JsonLayout layout) {
        service.configure(behaviour -> behaviour.jsonLayout(layout).keyOrder(KeyOrder.RECORDED));
        String text = client.get("/gene/id/7157,900000003/dataset_report").text();
        assertThat(Client.parse(text).path("reports")).hasSize(2);
        switch (layout) {
            case COMPACT -> assertThat(text).startsWith("{\"reports\":[{\"gene\":{\"gene_id\":\"");
            case SPACED ->
                assertThat(text)
                        .startsWith("{\"reports\": [{\"gene\": {\"gene_id\": \"")
                        .doesNotContain("\n");
            case PRETTY -> assertThat(text).startsWith("{\n  \"reports\": [\n    {\n      \"gene\": {\n");
            case RANDOM -> assertThat(text).startsWith("{");
        }
    }

    @Test
    void layoutAndOrderOfKeysVaryFromRequestToRequest() {
        Set<String> starts = new HashSet<>();
        for (int id = 900_000_000; id < 900_000_060; id++) {
            String text =
                    client.get("/gene/id/" + id + "?returned_content=IDS_ONLY").text();
            assertThat(client.get("/gene/id/" + id + "?returned_content=IDS_ONLY")
                            .text())
                    .isEqualTo(text);
            starts.add(text.substring(0, 14));
        }
        assertThat(starts).hasSizeGreaterThan(4);
    }

    private List<JsonNode> lines(String path) {
        return client.get(path, Client.NDJSON).lines().stream()
                .map(Client::parse)
                .toList();
    }

    private static List<String> allProductFields() {
        return TableFields.of(Report.PRODUCT).mnemonics();
    }
}
