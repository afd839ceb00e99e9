package io.github.sparkncbigene.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    @RegisterExtension
    static final NcbiGeneServiceExtension service =
            NcbiGeneServiceExtension.of(NcbiGeneService.builder().synthetic(1000));

    private final Client client = new Client(service::baseUrl);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/gene/accession/NM_021803.4,NP_851564.1 | {'accessions':['NM_021803.4','NP_851564.1']}",
                "/gene/accession/NM_021803.4%2CNP_851564.1 | {'accessions':['NM_021803.4','NP_851564.1']}",
                "/gene/id/59067,50615 | {'gene_ids':[59067,50615]}",
                "/gene/symbol/il21,IL21R/taxon/human | {'symbols_for_taxon':{'symbols':['il21','IL21R'],'taxon':'human'}}",
                "/gene/symbol/IL21,IL21R/taxon/9606 | {'symbols_for_taxon':{'symbols':['IL21','IL21R'],'taxon':'9606'}}",
            })
    void selectorsFindTheSameByGetAndPost(String path, String body) {
        String json = body.replace('\'', '"');
        for (String report : List.of("", "/dataset_report", "/product_report")) {
            JsonNode got = client.get(path + report).json();
            assertThat(Client.without(got, "reports"))
                    .isEqualTo(
                            Client.without(client.post("/gene" + report, json).json(), "reports"));
            assertThat(client.get(path + report).geneIds()).containsExactlyInAnyOrder(59067L, 50615L);
            assertThat(client.post("/gene" + report, json).reports())
                    .containsExactlyInAnyOrderElementsOf(got.path("reports"));
        }
    }

    @Test
    void locusTagsFindGenes() {
        for (String report : List.of("dataset_report", "product_report")) {
            assertThat(client.get("/gene/locus_tag/b0001,YER095W,YML032C/" + report)
                            .geneIds())
                    .containsExactlyInAnyOrder(944742L, 856831L, 854976L);
        }
        assertThat(client.post("/gene/dataset_report", "{\"locus_tags\":[\"b0344\"]}")
                        .geneIds())
                .containsExactly(945006L);
    }

    @Test
    void reportsAreOfTheKindAskedFor() {
        JsonNode dataset =
                client.get("/gene/accession/NM_000518/dataset_report").reports().path(0);
        JsonNode product =
                client.get("/gene/accession/NM_000518/product_report").reports().path(0);
        assertThat(dataset.has("gene")).isTrue();
        assertThat(dataset.findValue("exons")).isNull();
        assertThat(product.has("product")).isTrue();
        assertThat(product.findValue("exons").path(0).path("order").isInt()).isTrue();
        assertThat(product.findValue("exons").path(0).path("begin").isTextual()).isTrue();
    }

    @Test
    void queryHoldsTheIdentifiersAsRequested() {
        Client.Reply reply = client.get("/gene/accession/NM_003002,NP_002993.1,NM_003002.2,ENST00000375549");
        assertThat(reply.geneIds()).containsExactly(6392L);
        assertThat(reply.query(0))
                .containsExactlyInAnyOrder("NM_003002", "NP_002993.1", "NM_003002.2", "ENST00000375549");
        assertThat(client.get("/gene/symbol/p53/taxon/human").query(0)).containsExactly("p53");
    }

    @Test
    void unknownIdentifiersAreMissing() {
        Client.Reply some = client.get("/gene/accession/NM_999999999,NM_000546.6,NM_000546.7");
        assertThat(some.geneIds()).containsExactly(7157L);
        assertThat(some.query(0)).containsExactly("NM_000546.6");
        assertThat(some.header("X-Ncbi-Total-Count")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gene/accession/NM_999999999", "/gene/accession/WP_000241662.1/dataset_report",
                        "/gene/id/1/product_report",
                "/gene/locus_tag/b9999/dataset_report", "/gene/symbol/NOSUCHGENE/taxon/human",
                        "/gene/symbol/TP53/taxon/klingon",
                "/gene/taxon/7955", "/gene/accession/NG_005905.2",
            })
    void nothingFoundIsAnEmptyObject(String path) {
        Client.Reply reply = client.get(path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{}");
        assertThat(reply.header("X-Ncbi-Total-Count")).isEmpty();
        assertThat(reply.token()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "9606, false, 17",
        "human, false, 17",
        "Homo%20sapiens, false, 17",
        "40674, false, 0",
        "40674, true, 19",
        "mammals, true, 19",
        "562, false, 0",
        "562, true, 30",
        "4932, true, 9",
        "559292, false, 9",
        "1, true, 58",
    })
    void taxonHoldsItsGenes(String taxon, boolean subtree, int genes) {
        try (NcbiGeneService wellKnown = NcbiGeneService.builder().build().start()) {
            Client.Reply reply = new Client(wellKnown::baseUrl)
                    .get("/gene/taxon/" + taxon + "/dataset_report?page_size=1000&tax_search_subtree=" + subtree);
            assertThat(reply.reports()).hasSize(genes);
            assertThat(reply.json().path("total_count").asInt()).isEqualTo(genes);
        }
    }

    @Test
    void symbolsAreLookedForInTheTaxonOnly() {
        assertThat(client.get("/gene/symbol/SDHD/taxon/10090").geneIds()).containsExactly(66925L);
        assertThat(client.get("/gene/symbol/SDHD/taxon/40674").text()).isEqualTo("{}");
        assertThat(client.get("/gene/symbol/SDHD/taxon/40674?tax_search_subtree=true")
                        .geneIds())
                .containsExactlyInAnyOrder(66925L, 6392L);
    }

    @Test
    void filtersNarrowTheAnswer() {
        assertThat(client.get("/gene/taxon/9606/dataset_report?types=ncRNA&query=inactive")
                        .geneIds())
                .containsExactly(7503L);
        assertThat(client.get("/gene/taxon/511145/dataset_report?query=homoserine%20KINASE")
                        .geneIds())
                .containsExactlyInAnyOrder(947498L, 945803L);
        assertThat(client.get("/gene/id/7157,7503,3044/dataset_report?types=PSEUDO&types=ncRNA")
                        .geneIds())
                .containsExactlyInAnyOrder(7503L, 3044L);
        assertThat(client.get("/gene/taxon/10090/product_report?types=PSEUDO&page_size=1000")
                        .reports())
                .isNotEmpty()
                .allMatch(match -> match.path("product").path("type").asText().equals("PSEUDO"));
    }

    @Test
    void abbreviatedReportsHoldLess() {
        JsonNode ids =
                client.get("/gene/id/7157?returned_content=IDS_ONLY").reports().path(0);
        assertThat(ids).isEqualTo(Client.parse("{\"gene\":{\"gene_id\":\"7157\"},\"query\":[\"7157\"]}"));
        JsonNode counts = client.post("/gene", "{\"gene_ids\":[7157],\"returned_content\":\"COUNTS_ONLY\"}")
                .reports()
                .path(0);
        assertThat(counts.path("gene"))
                .isEqualTo(Client.parse("{\"gene_id\":\"7157\",\"transcript_count\":2,\"protein_count\":2}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gene/accession/NM_1?sort=gene_id",
                "/gene/accession/NM_1?unknown=1",
                "/gene/accession/NM_1/dataset_report?locus_tags=b0001",
                "/gene/accession/NM_1?table_format=summary",
                "/gene/accession/NM_1/product_report?returned_content=IDS_ONLY",
                "/gene/locus_tag/b0001/dataset_report?sort.direction=SORT_DIRECTION_ASCENDING",
                "/gene/taxon/9606/dataset_report?sort.field=gene_id",
                "/gene/symbol/TP53/taxon/9606/product_report?accession_filter=NM_1",
                "/gene/accession/NM_1?returned_content=EVERYTHING",
                "/gene/accession/NM_1?include_tabular_header=ALWAYS",
                "/gene/accession/NM_1?sort.direction=UP",
                "/gene/accession/NM_1?sort.field=nothing",
                "/gene/accession/NM_1?page_size=many",
                "/gene/accession/NM_1?tax_search_subtree=yes",
                "/gene/id/NM_1/dataset_report",
                "/gene/taxon/9606/dataset_report?types=GENE",
            })
    void invalidParametersAreRefused(String path) {
        Client.Reply reply = client.get(path);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.json().path("error").asText()).isEqualTo("Bad Request");
        assertThat(reply.json().path("code").asInt()).isEqualTo(400);
        assertThat(reply.message()).startsWith("Invalid argument provided: '");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "nonsense",
                "{}",
                "{\"accessions\":\"NM_1\"}",
                "{\"accessions\":[1]}",
                "{\"unknown\":[]}",
                "{\"gene_ids\":[\"x\"]}",
                "{\"gene_ids\":[1],\"page_size\":\"x\"}",
                "{\"gene_ids\":[1]}{}",
                "{\"symbols_for_taxon\":{\"symbols\":[\"TP53\"]}}",
                "{\"taxon\":\"9606\",\"types\":[\"GENE\"]}",
                "{\"gene_ids\":[1],\"sort\":{\"field\":\"gene_id\"}}",
                "{\"gene_ids\":[1],\"tax_search_subtree\":\"x\"}",
            })
    void invalidBodiesAreRefused(String body) {
        assertThat(client.post("/gene/dataset_report", body).status()).isEqualTo(400);
        assertThat(client.post("/gene", body).message()).startsWith("Invalid argument provided: '");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gene", "/gene/accession", "/gene/accession/", "/gene/accession/NM_1/reports", "/gene/locus_tag/b0001",
                "/gene/symbol/TP53", "/gene/symbol/TP53/taxon", "/gene/name/TP53", "/genome/accession/GCF_1",
                        "/gene/accession/,",
                "/gene/accession/NM_1/dataset_report/more",
            })
    void unknownPathsAreNotFound(String path) {
        Client.Reply reply = client.get(path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").asText()).isEqualTo("Not Found");
    }

    @Test
    void tooLongUrlsAreRefused() {
        String ids = "NM_000546.6,".repeat(700);
        assertThat(client.get("/gene/accession/" + ids).status()).isEqualTo(431);
        service.configure(behaviour -> behaviour.maxUrlLength(20_000));
        assertThat(client.get("/gene/accession/" + ids).geneIds()).containsExactly(7157L);
    }

    @Test
    void everyResponseHasTheServicesHeaders() {
        for (Client.Reply reply : List.of(
                client.get("/gene/id/7157"),
                client.get("/gene/id/0"),
                client.get("/gene/nothing"),
                client.get("/gene/id/x"))) {
            assertThat(reply.header("Ncbi-Phid").orElseThrow()).matches("[0-9A-F]{32}\\.1\\.1");
            assertThat(reply.header("X-Datasets-Version")).contains("18.23.0");
            assertThat(reply.header("Server")).contains("Finatra");
            assertThat(reply.header("Content-Type")).contains("application/json");
            assertThat(reply.header("Keep-Alive").orElseThrow()).matches("timeout=4, max=[0-9]+");
        }
    }

    @Test
    void compressesWhatTheClientAccepts() {
        Client.Reply plain = client.get("/gene/id/7157,900000001");
        Client.Reply gzipped = client.get("/gene/id/7157,900000001", Client.GZIP);
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(gzipped.header("Content-Encoding")).contains("gzip");
        assertThat(gzipped.text()).isEqualTo(plain.text());
        assertThat(gzipped.bytes()).hasSizeLessThan(plain.bytes().length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "text/html | application/json",
                "application/x-ndjson | application/x-ndjson",
                "application/json, text/tab-separated-values;q=0.5 | application/json",
                "application/json;q=0.1, text/tab-separated-values | text/tab-separated-values",
            })
    void formatIsTheOneAccepted(String accept, String type) {
        assertThat(client.get("/gene/id/7157", Map.of("Accept", accept)).header("Content-Type"))
                .contains(type);
    }
}
